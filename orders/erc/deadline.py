"""One time budget for all waits of an agent's request."""

from __future__ import annotations

import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Deadline:
    """A time on the monotonic clock at which every wait ends."""

    __slots__ = ("_at",)

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left; zero or less once the deadline has passed."""
        return self._at - time.monotonic()

    @property
    def has_passed(self) -> bool:
        return self.remaining() <= 0

    @contextmanager
    def enforce(self) -> Iterator[None]:
        """Bound every socket operation of this thread by this deadline (see `sockets`)."""
        reset = _current.set(self)
        try:
            yield
        finally:
            _current.reset(reset)


_current: ContextVar[Deadline | None] = ContextVar("erc_deadline", default=None)


def bound(seconds: float | None) -> float | None:
    """Give the smaller of `seconds` and the rest of the current deadline; None where neither bounds the wait.

    Raises TimeoutError when the deadline has passed, as a socket would.
    """
    deadline = _current.get()
    if deadline is None:
        return seconds
    left = deadline.remaining()
    if left <= 0:
        raise TimeoutError("the deadline has passed")
    return left if seconds is None else min(left, seconds)
