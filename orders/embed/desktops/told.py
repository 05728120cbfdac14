"""Desktops whose own script tells the customer, and that have no key: their agents sign in to the portal."""

from __future__ import annotations

from orders.embed.desktops.entry import DesktopEntry
from orders.embed.hosts import EmbedHost, Kind

_ROOTS = {
    Kind.AMAZON_CONNECT: ("attributes.", "phone"),
    Kind.CHATWOOT: ("contact.", "conversation."),
    Kind.ADDRESS: ("query.",),
}


class ToldEntry(DesktopEntry, kw_only=True):
    """A desktop of such a kind, as the settings list it."""

    def read(self, *, allow_plain: bool) -> EmbedHost:
        """Read the desktop. Raises ValueError with what to correct."""
        return EmbedHost(**self.common(_ROOTS[Kind(self.kind)], allow_plain=allow_plain))
