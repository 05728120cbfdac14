"""One budget of seconds for everything that an agent's request waits for."""

from __future__ import annotations

import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Deadline:
    """A moment on the monotonic clock after which nobody waits any more."""

    __slots__ = ("_at",)

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left; zero or less once the deadline has passed."""
        return self._at - time.monotonic()

    @property
    def has_passed(self) -> bool:
        """Whether nothing is left."""
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
    """The smaller of `seconds` and what the current deadline leaves; None means that nothing bounds the wait.

    Raises TimeoutError when nothing is left, as a socket would.
    """
    deadline = _current.get()
    if deadline is None:
        return seconds
    left = deadline.remaining()
    if left <= 0:
        raise TimeoutError("the deadline has passed")
    return left if seconds is None else min(left, seconds)
