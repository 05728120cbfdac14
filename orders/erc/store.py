"""The state of tokens and policies, which all processes share through the caller's store.

Values have JSON types only. Readers check them: a value of another shape, or with an implausible time, counts as
absent.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from typing import Any, Protocol, TypeGuard

# Longer than any deadline that the settings allow.
_MAX_LEASE_SECONDS = 130.0


class Store(Protocol):
    """A cache whose keys expire. Where it cannot be reached, it reads as empty and `add` succeeds."""

    def get(self, key: str) -> Any:
        """Give the stored value, or None."""

    def get_many(self, keys: Sequence[str]) -> dict[str, Any]:
        """Give those of the values that are stored."""

    def set(self, key: str, value: Any, timeout: float | None) -> None:
        """Store a value for `timeout` seconds."""

    def add(self, key: str, value: Any, timeout: float) -> bool:
        """Store a value where there is none; False where there is one."""

    def delete(self, key: str) -> Any:
        """Delete a value."""


def digest(resource: str) -> str:
    """Digest a resource for keys and values, so that they reveal no ids."""
    return hashlib.sha256(resource.encode("utf-8", "replace")).hexdigest()


def is_timestamp(value: Any, latest: float) -> TypeGuard[float]:
    """Whether a stored value is a time in seconds since 1970, no later than `latest`."""
    # Only compare: a huge integer fits into no float.
    return type(value) in (int, float) and 0 < value <= latest


def is_ahead(value: Any, longest: float) -> TypeGuard[float]:
    """Whether a stored value is a time in the future, at most `longest` seconds from now."""
    now = time.time()
    return is_timestamp(value, now + longest) and value > now


def take_lease(store: Store, key: str, seconds: float) -> bool:
    """Take a lease, which one caller at a time holds, for `seconds` at most; False while another holds it.

    The value is the lease's end, so that a key that never expires, or holds garbage, does not block it for ever.
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
