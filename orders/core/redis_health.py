"""What a process knows of the Redis that it shares with others: whether it can be used, and how full it is."""

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

# After this pause one caller tries a lost server again, so that not every request waits for its time-out.
_PAUSE_SECONDS = 2.0

NEARLY_FULL_SHARE = 0.85
"""Above this share of its memory, a Redis that evicts nothing stores only what calls of the API need."""

# A measurement holds for this long, or until the process has stored this share of the memory.
_MEASUREMENT_SECONDS = 10.0
_MEASUREMENT_SHARE = 0.02
_WARNING_SECONDS = 300.0


class RedisHealth:
    """Stands between a process and one Redis server; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_lost = False
        self._paused_until = 0.0
        self._warned_at: dict[str, float] = {}
        self._share: float | None = None
        self._bytes_left = 0.0
        self._measure_at = 0.0

    def try_to(self, use: Callable[[], Result], default: Result) -> Result:
        """The result of `use`; `default` where the server is lost, was so a moment ago, or refuses the command."""
        if not self._may_use():
            return default
        try:
            result = use()
        except ResponseError as error:
            # The server works and refuses: one refused write is no reason to go on without the cache.
            self._note_success()
            self._warn("refusal", "the shared cache refused a command (%s)", type(error).__name__)
            return default
        except (RedisError, OSError) as error:
            self._note_loss(type(error).__name__)
            return default
        self._note_success()
        return result

    def memory_share(self, client: Redis) -> float | None:
        """The share of its memory that is used, from 0 to 1, as measured within the last seconds.

        None where it has no limit, makes room by itself, or does not tell.
        """
        if time.monotonic() >= self._measure_at or self._bytes_left <= 0:
            self._measure(client)
        return self._share

    def note_write(self, size: int) -> None:
        """Count what was stored since memory was measured last."""
        self._bytes_left -= size

    def _measure(self, client: Redis) -> None:
        self._measure_at = time.monotonic() + _MEASUREMENT_SECONDS
        self._bytes_left = float("inf")
        info: dict[str, Any] = self.try_to(lambda: client.info("memory"), {})
        limit = info.get("maxmemory") or 0
        if not limit or info.get("maxmemory_policy", "noeviction") != "noeviction":
            self._share = None
            return
        self._bytes_left = limit * _MEASUREMENT_SHARE
        self._share = min(1.0, info.get("used_memory", 0) / limit)
        metrics.cache_memory_share.set(self._share)
        if self._share > NEARLY_FULL_SHARE:
            self._warn(
                "memory", "the shared cache is nearly full (%s %%); answers are not kept", round(self._share * 100)
            )

    def _may_use(self) -> bool:
        if time.monotonic() < self._paused_until:
            return False
        if self._is_lost:
            with self._lock:
                if time.monotonic() < self._paused_until:
                    return False
                # The others go on without it while this caller tries whether it is back.
                self._paused_until = time.monotonic() + _PAUSE_SECONDS
        return True

    def _note_success(self) -> None:
        if self._is_lost:
            self._is_lost, self._paused_until = False, 0.0
            logger.info("the shared cache is there again")

    def _note_loss(self, reason: str) -> None:
        self._is_lost, self._paused_until = True, time.monotonic() + _PAUSE_SECONDS
        logger.warning("the shared cache cannot be reached (%s); going on without it", reason)

    def _warn(self, what: str, message: str, detail: object) -> None:
        now = time.monotonic()
        if now - self._warned_at.get(what, -_WARNING_SECONDS) >= _WARNING_SECONDS:
            self._warned_at[what] = now
            logger.warning(message, detail)


@functools.cache
def health(_server: str) -> RedisHealth:
    """The health of a server, shared by all threads: Django makes a cache object for each."""
    return RedisHealth()
