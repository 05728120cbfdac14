"""Hosts of our own kind, which sign launch tokens, as the settings list them."""

from __future__ import annotations

import msgspec
from django.conf import settings

from orders.embed.host_keys import KeyEntry, read_keys
from orders.embed.hosts import EmbedHost, require_origins


class HostEntry(msgspec.Struct, forbid_unknown_fields=True):
    """A host, as the settings list it."""

    issuer: str
    origins: list[str]
    keys: list[KeyEntry]
    name: str = ""
    enabled: bool = True
    revoked_agents: list[str] = []

    def read(self, *, allow_plain: bool) -> EmbedHost:
        """Read the host. Raises ValueError with what to correct, without key material."""
        if not self.issuer.strip() or not self.issuer.isprintable():
            raise ValueError("issuer must name the host, as in the iss claim of its tokens")
        if not settings.EMBED_AUDIENCE:
            raise ValueError("EMBED_AUDIENCE must name this portal, as in the aud claim of launch tokens")
        require_origins(self.origins, allow_plain=allow_plain)
        return EmbedHost(
            issuer=self.issuer,
            name=self.name or self.issuer,
            origins=tuple(self.origins),
            keys=read_keys(self.keys),
            is_enabled=self.enabled,
            revoked_agents=frozenset(self.revoked_agents),
        )
