"""Texts above the panel's search where the desktop's own system did not tell the customer."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orders.embed.errors import ConversationCode

_AGAIN = _("Try again in a few seconds, or search for the customer.")
_TELL = _("Search for the customer, and give your administrator the code.")


class _Words(NamedTuple):
    """What the panel says of a code, in the language of its time."""

    title: Promise
    text: Promise
    next_step: Promise


_WORDS = {
    ConversationCode.UNFILLED: _Words(
        _("Your agent desktop has not said which conversation this is"),
        _("The panel’s address has no conversation filled in."),
        _TELL,
    ),
    ConversationCode.MALFORMED: _Words(
        _("Your agent desktop has not said which conversation this is"),
        _("What the panel’s address names is no conversation."),
        _TELL,
    ),
    ConversationCode.UNKNOWN: _Words(
        _("This conversation is not known"),
        _("Your contact center’s system does not have this conversation, or keeps it no longer."),
        _("Search for the customer."),
    ),
    ConversationCode.NOT_ALLOWED: _Words(
        _("The portal may not read this conversation"),
        _("Your contact center’s system does not accept the portal’s access."),
        _TELL,
    ),
    ConversationCode.BUSY: _Words(
        _("Too many conversations were opened at once"),
        _("Your contact center’s system asks the portal to wait."),
        _AGAIN,
    ),
    ConversationCode.UNREACHABLE: _Words(
        _("The conversation could not be read in time"),
        _("Your contact center’s system did not respond to the portal."),
        _AGAIN,
    ),
    ConversationCode.UNREADABLE: _Words(
        _("The conversation could not be read"),
        _("The portal does not understand the response of your contact center’s system."),
        _TELL,
    ),
}
_TRANSIENT = {ConversationCode.BUSY, ConversationCode.UNREACHABLE}


class NoticeView(NamedTuple):
    """A notice for the panel. `is_transient` says that asking again may help."""

    code: str
    title: str
    text: str
    next_step: str
    is_transient: bool
    reference: str


def notice(code: ConversationCode, reference: str) -> NoticeView:
    """Give the texts for a code; `reference` is the correlation id of the request."""
    words = _WORDS[code]
    return NoticeView(
        code=code.value,
        title=str(words.title),
        text=str(words.text),
        next_step=str(words.next_step),
        is_transient=code in _TRANSIENT,
        reference=reference,
    )
