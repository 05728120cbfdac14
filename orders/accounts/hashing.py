"""How many passwords are looked at at once: each takes a core for a good part of a second, on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

RETRY_SECONDS = 2
"""When whoever found all places taken may try again."""

_AT_ONCE = 2
_WAIT_SECONDS = 0.5

_places = BoundedSemaphore(_AT_ONCE)


class TooManySignIns(Exception):
    """No place came free in time. The password was not looked at."""


@contextmanager
def place() -> Iterator[None]:
    """One of the process's few places. Raises TooManySignIns after half a second without."""
    if not _places.acquire(timeout=_WAIT_SECONDS):
        raise TooManySignIns
    try:
        yield
    finally:
        _places.release()
