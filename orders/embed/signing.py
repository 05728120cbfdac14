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
    seconds: int = 120,
    **more: str,
) -> str:
    """Sign a launch token for `seconds`; `more` are the claims of docs/embedding.md; empty ones are left out."""
    now = int(time.time())
    claims = {
        "iss": issuer,
        "aud": audience,
        "sub": agent,
        "iat": now,
        "exp": now + seconds,
        "jti": uuid.uuid4().hex,
        **{name: value for name, value in more.items() if value},
    }
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid})
