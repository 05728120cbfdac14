"""What the settings say of each desktop, whatever its kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from orders.embed.hosts import Kind, require_origins
from orders.embed.sources import read_sources

# The panel's own addresses lie beside those of the desktops: see orders/embed/urls.py.
RESERVED_SLUGS = frozenset({"launch", "found", "find", "customers", "orders", "message"})
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


class DesktopEntry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A desktop of another kind than our own, as the settings list it. docs/embedding.md explains each key."""

    slug: str
    kind: str
    origins: list[str]
    name: str = ""
    enabled: bool = True
    revoked_agents: list[str] = []
    customer_from: list[str] = []
    order_from: list[str] = []
    order_number_from: list[str] = []
    email_from: list[str] = []
    phone_from: list[str] = []

    def common(self, roots: Sequence[str], *, allow_plain: bool) -> dict[str, Any]:
        """Read what all kinds have, as the fields of EmbedHost; `roots` are those of its paths.

        Raises ValueError with what to correct.
        """
        if not _SLUG.fullmatch(self.slug) or self.slug in RESERVED_SLUGS:
            raise ValueError(
                "slug must be at most 40 small letters, digits and hyphens, and none of the panel's own addresses "
                f"({', '.join(sorted(RESERVED_SLUGS))})"
            )
        require_origins(self.origins, allow_plain=allow_plain)
        paths = {
            "customer_id": self.customer_from,
            "order_id": self.order_from,
            "order_number": self.order_number_from,
            "email": self.email_from,
            "phone": self.phone_from,
        }
        return {
            "issuer": self.slug,
            "kind": Kind(self.kind),
            "name": self.name or self.slug,
            "origins": tuple(self.origins),
            "sources": read_sources(paths, roots),
            "is_enabled": self.enabled,
            "revoked_agents": frozenset(self.revoked_agents),
        }
