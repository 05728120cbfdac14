"""Tries the database and the shared cache in the way that a look-up uses them."""

from __future__ import annotations

import functools
import time
from typing import NamedTuple

from django.core.cache import caches
from django.db import Error as DatabaseError
from django.db import connection, transaction

from orders.core.redis_cache import RedisCache
from orders.core.redis_health import NEARLY_FULL_SHARE
from orders.erc.single_flight import SingleFlight

# The address is public, so a result is cached for a second.
_CACHE_SECONDS = 1.0
# Only one thread waits for an unresponsive database; the others wait no longer than this.
_MAX_WAIT_SECONDS = 1.0


class Readiness(NamedTuple):
    """The names of what does not work, and warnings of what soon will not."""

    troubles: tuple[str, ...]
    warnings: tuple[str, ...]


class _Findings:
    """The last result, and the thread that is finding the next."""

    def __init__(self) -> None:
        self._flight: SingleFlight[Readiness] = SingleFlight()
        self._latest = Readiness((), ())
        self._expires_at = 0.0

    def current(self) -> Readiness:
        if time.monotonic() < self._expires_at:
            return self._latest
        return self._flight.run("readiness", self._find_out, _MAX_WAIT_SECONDS)

    def _find_out(self) -> Readiness:
        works = {"database": _database_works(), "cache": _cache_works()}
        self._latest = Readiness(tuple(name for name, is_well in works.items() if not is_well), cache_warnings())
        self._expires_at = time.monotonic() + _CACHE_SECONDS
        return self._latest


@functools.cache
def findings() -> _Findings:
    return _Findings()


def readiness() -> Readiness:
    """Give the state of at most a second ago. Raises TimeoutError while another thread still tries."""
    return findings().current()


def cache_warnings() -> tuple[str, ...]:
    """Give warnings for operators before the shared cache fails."""
    cache = caches["default"]
    share = cache.memory_share() if isinstance(cache, RedisCache) else None
    if share is None or share <= NEARLY_FULL_SHARE:
        return ()
    return (
        f"The shared cache is {share:.0%} full, so that answers of the API are not kept. Give it more memory.",
    )


def _database_works() -> bool:
    """Whether the database accepts writes: an access could not be recorded otherwise."""
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SHOW transaction_read_only")
                return bool(cursor.fetchone() == ("off",))
        # With SQLite this only takes the lock for writing.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _cache_works() -> bool:
    cache = caches["default"]
    return cache.is_working() if isinstance(cache, RedisCache) else True
