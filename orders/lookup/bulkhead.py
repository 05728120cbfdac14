"""Keeps look-ups that wait for the ERC API from taking every thread of the process.

A slow API holds each look-up for seconds, so a few dozen agents could block health checks, sign-ins and files. So
only a limited number of look-ups waits, and the next is refused at once: a wait here would hold a thread, too.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from orders.erc.errors import Crowded


class Bulkhead:
    """Bounds how many look-ups wait at once; thread-safe."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._free = threading.BoundedSemaphore(places)

    @contextmanager
    def place(self, correlation_id: str) -> Iterator[None]:
        """Hold a place while waiting for the API. Raises Crowded at once where none is free."""
        if not self._free.acquire(blocking=False):
            raise Crowded(
                f"not asked: {self._places} look-ups of this process wait already", correlation_id=correlation_id
            )
        try:
            _give_connection_back()
            yield
        finally:
            self._free.release()


@functools.cache
def bulkhead() -> Bulkhead:
    """Give the process's bulkhead, made from the settings."""
    return Bulkhead(settings.LOOKUPS_AT_ONCE)


def _give_connection_back() -> None:
    """Return the database connection to its pool, which a slow API would otherwise use up."""
    if "pool" in connection.settings_dict.get("OPTIONS", {}) and not connection.in_atomic_block:
        connection.close()
