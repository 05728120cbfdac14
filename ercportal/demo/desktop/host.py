"""Who the demo's desktop is as a host of the panel, and its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ercportal.demo.desktop.kinds import KINDS


@dataclass(frozen=True)
class Host:
    """A host that signs with HS256. `origin` is where its pages come from."""

    issuer: str
    kid: str
    secret: str
    origin: str

    def registrations(self) -> list[dict[str, Any]]:
        """The desktop as the portal's EMBED_HOSTS lists it, and each other kind of desktop that it plays."""
        return [self.registration(), *(kind.registration(self.origin) for kind in KINDS)]

    def registration(self) -> dict[str, Any]:
        """The host as the portal's EMBED_HOSTS lists it."""
        return {
            "issuer": self.issuer,
            "name": "Demo desktop",
            "origins": [self.origin],
            "keys": [{"kid": self.kid, "algorithm": "HS256", "secret": self.secret}],
        }


DEMO_DESKTOP = Host(
    issuer="demo-desktop",
    kid="demo-1",
    secret="everybody-may-know-this-key-of-the-demo",  # noqa: S106 - registered under DEBUG only
    origin="http://localhost:8002",
)
"""The host that a portal under DEBUG knows without being told."""
