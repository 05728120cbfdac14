"""What the endpoints' policies and the tokens remember, for all processes where the caller's store is shared.

Values are of JSON's types alone. Whoever reads one checks it: what has another shape, or names a moment that the
portal itself would never have named, counts as absent.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from typing import Any, Protocol, TypeGuard

# Longer than any deadline that the settings allow.
_MAX_LEASE_SECONDS = 130.0


class Store(Protocol):
    """A cache whose keys end by themselves. One that cannot be reached remembers nothing and keeps nobody out."""

    def get(self, key: str) -> Any:
        """The stored value, or None."""

    def get_many(self, keys: Sequence[str]) -> dict[str, Any]:
        """Those of the values that are stored."""

    def set(self, key: str, value: Any, timeout: float | None) -> None:
        """Store a value for `timeout` seconds."""

    def add(self, key: str, value: Any, timeout: float) -> bool:
        """Store a value where there is none; whether it was stored, or nobody can tell."""

    def delete(self, key: str) -> Any:
        """Forget a value."""


def digest(resource: str) -> str:
    """Stands for a resource in keys and values, and tells nothing of the ids in it."""
    return hashlib.sha256(resource.encode("utf-8", "replace")).hexdigest()


def is_timestamp(value: Any, latest: float) -> TypeGuard[float]:
    """Whether a stored value is a moment since 1970, at the latest `latest`."""
    # Compared, not computed with: an integer without bounds fits into no float.
    return type(value) in (int, float) and 0 < value <= latest


def is_ahead(value: Any, longest: float) -> TypeGuard[float]:
    """Whether a stored value is a moment to come, at most `longest` seconds from now."""
    now = time.time()
    return is_timestamp(value, now + longest) and value > now


def take_lease(store: Store, key: str, seconds: float) -> bool:
    """Take what one caller at a time may have, for `seconds` at most; whether nobody else has it.

    A lease ends by its own moment as well as with its key, so that one whose key never ends, or that is no
    moment at all, keeps nobody out for ever.
    """
    until = time.time() + seconds
    if store.add(key, until, seconds):
        return True
    held = store.get(key)
    if held is None:
        return store.add(key, until, seconds)
    if is_ahead(held, _MAX_LEASE_SECONDS):
        return False
    store.set(key, until, seconds)
    return True
