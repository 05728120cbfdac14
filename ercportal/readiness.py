"""Whether the portal can work: its database and its shared cache, asked as a look-up would use them."""

from __future__ import annotations

import functools
import time
from typing import NamedTuple

from django.core.cache import caches
from django.db import Error as DatabaseError
from django.db import connection, transaction

from orders.core.redis_cache import RedisCache
from orders.core.redis_health import NEARLY_FULL
from orders.erc.single_flight import SingleFlight

# Anybody may ask, as often as he likes: what was found serves everybody for a second.
_KEPT_SECONDS = 1.0
# A database that does not answer is not to hold more threads than the one that asks it.
_PATIENCE_SECONDS = 1.0


class Readiness(NamedTuple):
    """What does not work, by name, and what will not for long, in sentences."""

    troubles: tuple[str, ...]
    warnings: tuple[str, ...]


class _Findings:
    """What was found last, and the one who is looking just now."""

    def __init__(self) -> None:
        self._flight: SingleFlight[Readiness] = SingleFlight()
        self._latest = Readiness((), ())
        self._good_until = 0.0

    def current(self) -> Readiness:
        if time.monotonic() < self._good_until:
            return self._latest
        return self._flight.run("readiness", self._look, _PATIENCE_SECONDS)

    def _look(self) -> Readiness:
        works = {"database": _database_works(), "cache": _cache_works()}
        self._latest = Readiness(tuple(name for name, is_well in works.items() if not is_well), cache_warnings())
        self._good_until = time.monotonic() + _KEPT_SECONDS
        return self._latest


@functools.cache
def findings() -> _Findings:
    """Those of this process."""
    return _Findings()


def readiness() -> Readiness:
    """How things stand, at most a second ago. Raises TimeoutError where somebody is still waiting to know."""
    return findings().current()


def cache_warnings() -> tuple[str, ...]:
    """What whoever runs the shared cache should know before it fails."""
    cache = caches["default"]
    share = cache.memory_share() if isinstance(cache, RedisCache) else None
    if share is None or share <= NEARLY_FULL:
        return ()
    return (
        f"The shared cache is {share:.0%} full, so that answers of the API are not kept. Give it more memory.",
    )


def _database_works() -> bool:
    """Whether a view could be recorded: a database that can only be read is of no use."""
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SHOW transaction_read_only")
                return bool(cursor.fetchone() == ("off",))
        # With SQLite this takes the lock for writing, and writes nothing.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _cache_works() -> bool:
    cache = caches["default"]
    return cache.answers() if isinstance(cache, RedisCache) else True
