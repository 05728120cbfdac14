"""What a host needs to launch the panel: who it is, its key, and a signed token for each launch."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import Any

import jwt


@dataclass(frozen=True)
class Host:
    """A host that signs with HS256. `origin` is where its pages come from."""

    issuer: str
    kid: str
    secret: str
    origin: str

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


def launch_token(
    key: Any,
    *,
    issuer: str,
    kid: str,
    algorithm: str,
    audience: str,
    agent: str,
    customer_id: str,
    order_id: str = "",
    seconds: int = 120,
    **optional: str,
) -> str:
    """A signed launch token that lives for `seconds`.

    `optional` are the claims name, locale, zone, customer_zone and theme.
    """
    now = int(time.time())
    claims = {
        "iss": issuer,
        "aud": audience,
        "sub": agent,
        "customer_id": customer_id,
        "iat": now,
        "exp": now + seconds,
        "jti": uuid.uuid4().hex,
        **{name: value for name, value in {"order_id": order_id, **optional}.items() if value},
    }
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid})
