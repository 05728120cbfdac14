"""Genesys Cloud: its address names a conversation, and its API tells the customer (docs/desktops/genesys.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.crypto import salted_hmac

from orders.embed.desktops.entry import DesktopEntry
from orders.embed.hosts import EmbedHost

_ROOTS = ("participant.attributes.", "participant.address")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_REGION = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.[a-z]{{2,63}}")
# A region that one plays on the same machine, where development allows it.
_STAND_IN = re.compile(r"(?:localhost|127\.0\.0\.1):[1-9]\d{0,4}(?:/[a-z]+)?")


@dataclass(frozen=True)
class GenesysDesktop(EmbedHost):
    """An organization in a region, such as mypurecloud.de, and the client that may read its conversations."""

    region: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)

    @property
    def token_url(self) -> str:
        return f"{self._base('login')}/oauth/token"

    @property
    def conversations_url(self) -> str:
        return f"{self._base('api')}/api/v2/conversations/"

    @property
    def client_mark(self) -> str:
        """Give a digest, keyed by SECRET_KEY, that tells this client's secret from another."""
        return salted_hmac("orders.embed.client", self.client_secret, algorithm="sha256").hexdigest()

    def _base(self, service: str) -> str:
        if _STAND_IN.fullmatch(self.region):
            return f"http://{self.region}"
        return f"https://{service}.{self.region}"


class GenesysEntry(DesktopEntry, kw_only=True):
    """An organization, as the settings list it."""

    region: str
    client_id: str
    client_secret: str

    def read(self, *, allow_plain: bool) -> GenesysDesktop:
        """Read the desktop; `allow_plain` takes a stand-in for the region.

        Raises ValueError with what to correct, without the secret.
        """
        if not _REGION.fullmatch(self.region) and not (allow_plain and _STAND_IN.fullmatch(self.region)):
            raise ValueError("region must be the domain of the Genesys region, such as mypurecloud.de")
        for name in ("client_id", "client_secret"):
            if not getattr(self, name).strip():
                raise ValueError(f"{name} must be that of a client with client credentials")
        return GenesysDesktop(
            **self.common(_ROOTS, allow_plain=allow_plain),
            region=self.region,
            client_id=self.client_id.strip(),
            client_secret=self.client_secret.strip(),
        )
