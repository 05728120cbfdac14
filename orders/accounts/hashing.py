"""Limits parallel password checks: each takes a core for a good part of a second, on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

RETRY_SECONDS = 2
"""After how long an agent without a place may try again."""

_MAX_HASHES = 2
_MAX_WAIT_SECONDS = 0.5

_free_places = BoundedSemaphore(_MAX_HASHES)


class TooManySignIns(Exception):
    """No place was free in time, so the password was not checked."""


@contextmanager
def take_place() -> Iterator[None]:
    """Hold one of the process's few places. Raises TooManySignIns after waiting half a second."""
    if not _free_places.acquire(timeout=_MAX_WAIT_SECONDS):
        raise TooManySignIns
    try:
        yield
    finally:
        _free_places.release()
