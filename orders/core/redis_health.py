"""A process's knowledge of the shared Redis: whether it is usable, and how full it is."""

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

# After this pause one thread tries a lost server again, so that not every request waits for its time-out.
_PAUSE_SECONDS = 2.0

NEARLY_FULL_SHARE = 0.85
"""Above this share of its memory, a Redis that evicts nothing stores only the API client's state."""

# A measurement is valid for so long, or until the process has stored this share of the memory.
_MEASUREMENT_SECONDS = 10.0
_MEASUREMENT_SHARE = 0.02
_WARNING_SECONDS = 300.0


class RedisHealth:
    """Guards a process's use of one Redis server; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_lost = False
        self._paused_until = 0.0
        self._warned_at: dict[str, float] = {}
        self._share: float | None = None
        self._bytes_left = 0.0
        self._measure_at = 0.0

    def try_to(self, use: Callable[[], Result], default: Result) -> Result:
        """Give the result of `use`; `default` while the server is lost, and where it refuses the command."""
        if not self._may_use():
            return default
        try:
            result = use()
        except ResponseError as error:
            # The server works: one refused command is no reason to do without the cache.
            self._note_success()
            self._warn("refusal", "the shared cache refused a command (%s)", type(error).__name__)
            return default
        except (RedisError, OSError) as error:
            self._note_loss(type(error).__name__)
            return default
        self._note_success()
        return result

    def memory_share(self, client: Redis) -> float | None:
        """Give the used share of the memory, at most some seconds old; None without a limit or with eviction."""
        if time.monotonic() >= self._measure_at or self._bytes_left <= 0:
            self._measure(client)
        return self._share

    def note_write(self, size: int) -> None:
        """Count the bytes stored since the last measurement."""
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
                # The others do without the server while this thread tries it.
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
    """Give the health of a server, which all threads share: Django makes a cache object for each."""
    return RedisHealth()
