"""Access tokens: issued, remembered until they expire, and forgotten."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True)
class Grant:
    """What a token allows, and until when on the monotonic clock (seconds)."""

    scopes: frozenset[str]
    expires_at: float


class TokenStore:
    """All living tokens of one server. `life` is in seconds (600 by docs/api-reference.md#tokens)."""

    def __init__(self, life: int) -> None:
        self.life = life
        self._grants: dict[str, Grant] = {}
        self._lock = Lock()

    def issue(self, scopes: frozenset[str]) -> str:
        """A fresh random token for these scopes."""
        token = secrets.token_urlsafe(32)
        now = time.monotonic()
        with self._lock:
            self._grants = {old: grant for old, grant in self._grants.items() if grant.expires_at > now}
            self._grants[token] = Grant(scopes, now + self.life)
        return token

    def scopes_of(self, token: str) -> frozenset[str] | None:
        """The scopes of a living token; None for one that is unknown or has expired."""
        with self._lock:
            grant = self._grants.get(token)
        if grant is None or grant.expires_at <= time.monotonic():
            return None
        return grant.scopes

    def expire_all(self) -> None:
        """Forget every token, as a service may do before their time (a token can be refused earlier)."""
        with self._lock:
            self._grants.clear()
