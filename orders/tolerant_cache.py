"""The shared cache as the portal uses it: its loss makes the portal slower, never wrong or silent."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core.cache import BaseCache, cache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

# A lost server is asked again after this long, so that its time-outs are not paid by every request.
_PAUSE_SECONDS = 2.0


class TolerantCache:
    """Django's cache, or nothing while it cannot be reached; comes back by itself."""

    def __init__(self, backend: BaseCache) -> None:
        self._backend = backend
        self._paused_until = 0.0

    def get(self, key: str) -> Any:
        """The stored value; None where there is none, or no cache."""
        return self._tried(lambda: self._backend.get(key), None)

    def get_many(self, keys: Sequence[str]) -> dict[str, Any]:
        """Those of the values that are stored, asked for at once."""
        return self._tried(lambda: dict(self._backend.get_many(keys)), {})

    def set(self, key: str, value: Any, timeout: float | None) -> None:
        """Store a value for `timeout` seconds, where there is a cache."""
        # Whole seconds are all that Redis takes through Django; a value gone a little early does no harm.
        seconds = None if timeout is None else max(1, int(timeout))
        self._tried(lambda: self._backend.set(key, value, seconds), None)

    def add(self, key: str, value: Any, timeout: float) -> bool:
        """Store a value where there is none yet; True also without a cache, when nobody else can be waited for."""
        return self._tried(lambda: self._backend.add(key, value, max(1, int(timeout))), default=True)

    def delete(self, key: str) -> None:
        """Forget a value, where there is a cache."""
        self._tried(lambda: self._backend.delete(key), None)

    @property
    def is_reachable(self) -> bool:
        """Whether the cache takes a value and gives it back, asked just now."""
        self._paused_until = 0.0
        self.set("reachable", 1, 10)
        return bool(self.get("reachable") == 1)

    def _tried(self, use: Callable[[], Result], default: Result) -> Result:
        if time.monotonic() < self._paused_until:
            return default
        try:
            return use()
        except (RedisError, OSError) as error:
            self._paused_until = time.monotonic() + _PAUSE_SECONDS
            logger.warning("the shared cache cannot be reached (%s); going on without it", type(error).__name__)
            return default


shared_cache = TolerantCache(cache)
