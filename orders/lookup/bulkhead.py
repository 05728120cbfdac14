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
from django.db import connections

from orders.erc.errors import Crowded


class Bulkhead:
    """Bounds how many calls wait at once; thread-safe."""

    def __init__(self, places: int) -> None:
        self.places = places
        self._free = threading.BoundedSemaphore(places)

    @contextmanager
    def place(self, correlation_id: str) -> Iterator[None]:
        """Hold a place while waiting for the API. Raises Crowded at once where none is free."""
        if not self._free.acquire(blocking=False):
            raise Crowded(
                f"not asked: {self.places} calls of this process wait already", correlation_id=correlation_id
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


@functools.cache
def beside_bulkhead() -> Bulkhead:
    """Give the process's places for calls beside a look-up, which have threads of their own.

    They are apart from the look-ups' places, so that an addition never takes one from the items: it gives way
    first. There are two for each look-up that may wait, since that is how many an order's head needs.
    """
    return Bulkhead(2 * settings.LOOKUPS_AT_ONCE)


def _give_connection_back() -> None:
    """Return the thread's database connection, if it has one, to its pool, which a slow API would use up."""
    for connection in connections.all(initialized_only=True):
        if "pool" in connection.settings_dict.get("OPTIONS", {}) and not connection.in_atomic_block:
            connection.close()
