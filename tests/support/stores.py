"""Stores that tokens, rate limits and breakers are shared through, within a test's own process."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from typing import Any

from django.core.cache.backends.dummy import DummyCache

from orders.erc.store import Store


class DictCache:
    """The smallest cache that tokens, rate limits and breakers can be shared through; what it keeps is JSON."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        self.timeouts: dict[str, float | None] = {}
        self._lock = threading.Lock()

    def get(self, key: str) -> Any:
        return self.values.get(key)

    def get_many(self, keys: Sequence[str]) -> dict[str, Any]:
        return {key: self.values[key] for key in keys if key in self.values}

    def set(self, key: str, value: object, timeout: float | None) -> None:
        self.timeouts[key] = timeout
        self.values[key] = json.loads(json.dumps(value))

    def add(self, key: str, value: object, timeout: float) -> bool:
        with self._lock:
            is_new = key not in self.values
            self.values.setdefault(key, json.loads(json.dumps(value)))
            return is_new

    def delete(self, key: str) -> None:
        self.values.pop(key, None)


def lost_cache() -> Store:
    """A cache that cannot be reached: it remembers nothing, as the portal's own does then."""
    return DummyCache("", {})
