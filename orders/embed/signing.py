"""Signs launch tokens as a host does, for `manage.py embed_token` and the demo's desktop."""

from __future__ import annotations

import time
import uuid
from typing import Any

import jwt


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
    """Sign a launch token for `seconds`; `optional` are the claims name, locale, zone, customer_zone and theme."""
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
