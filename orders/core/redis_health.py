"""What a process knows of the Redis that it shares with others: whether it may be asked, and how full it is."""

from __future__ import annotations

import functools
import logging
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from redis import Redis
from redis.exceptions import RedisError, ResponseError

from orders.core import metrics

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

# A lost server is asked again after this long, by one caller, so that its time-outs are not paid by every request.
_PAUSE_SECONDS = 2.0

NEARLY_FULL = 0.85
"""From this share of its memory on, a Redis that evicts nothing is kept for what is small."""

_MEASURED_FOR_SECONDS = 10.0
# Of all its memory: what a process may store before it measures again.
_MEASURED_FOR_SHARE = 0.02
_TOLD_AGAIN_SECONDS = 300.0


class RedisHealth:
    """Stands between a process and one Redis server; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_lost = False
        self._paused_until = 0.0
        self._told: dict[str, float] = {}
        self._share: float | None = None
        self._bytes_left = 0.0
        self._measure_at = 0.0

    def try_to(self, use: Callable[[], Result], default: Result) -> Result:
        """What `use` gives; `default` where the server cannot be reached, did not answer of late, or refuses."""
        if not self._may_ask():
            return default
        try:
            result = use()
        except ResponseError as error:
            # It lives, and says no: one refused write is no reason to go without the cache.
            self._find()
            self._tell("refusal", "the shared cache refused a command (%s)", type(error).__name__)
            return default
        except (RedisError, OSError) as error:
            self._lose(type(error).__name__)
            return default
        self._find()
        return result

    def memory_share(self, client: Redis) -> float | None:
        """How much of its memory is used, from 0 to 1, as measured within the last seconds.

        None where it has no limit, makes room by itself, or does not say.
        """
        if time.monotonic() >= self._measure_at or self._bytes_left <= 0:
            self._measure(client)
        return self._share

    def note_stored(self, size: int) -> None:
        """Count what was stored since memory was measured last."""
        self._bytes_left -= size

    def _measure(self, client: Redis) -> None:
        self._measure_at = time.monotonic() + _MEASURED_FOR_SECONDS
        self._bytes_left = float("inf")
        info: dict[str, Any] = self.try_to(lambda: client.info("memory"), {})
        limit = info.get("maxmemory") or 0
        if not limit or info.get("maxmemory_policy", "noeviction") != "noeviction":
            self._share = None
            return
        self._bytes_left = limit * _MEASURED_FOR_SHARE
        self._share = min(1.0, info.get("used_memory", 0) / limit)
        metrics.cache_memory_share.set(self._share)
        if self._share > NEARLY_FULL:
            self._tell(
                "memory", "the shared cache is nearly full (%s %%); answers are not kept", round(self._share * 100)
            )

    def _may_ask(self) -> bool:
        if time.monotonic() < self._paused_until:
            return False
        if self._is_lost:
            with self._lock:
                if time.monotonic() < self._paused_until:
                    return False
                # The others go on without it while this caller sees whether it is back.
                self._paused_until = time.monotonic() + _PAUSE_SECONDS
        return True

    def _find(self) -> None:
        if self._is_lost:
            self._is_lost, self._paused_until = False, 0.0
            logger.info("the shared cache is there again")

    def _lose(self, reason: str) -> None:
        self._is_lost, self._paused_until = True, time.monotonic() + _PAUSE_SECONDS
        logger.warning("the shared cache cannot be reached (%s); going on without it", reason)

    def _tell(self, what: str, message: str, detail: object) -> None:
        now = time.monotonic()
        if now - self._told.get(what, -_TOLD_AGAIN_SECONDS) >= _TOLD_AGAIN_SECONDS:
            self._told[what] = now
            logger.warning(message, detail)


@functools.cache
def health(_server: str) -> RedisHealth:
    """The one of a server; Django makes a cache for each thread."""
    return RedisHealth()
