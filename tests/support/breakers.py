"""Makes breakers in tests, and calls through them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from orders.erc.breaker import Breaker
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, Unavailable

MakeBreaker = Callable[..., Breaker]


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def guarded(breaker: Breaker, resource: str = "") -> AbstractContextManager[None]:
    """Around a call, as an endpoint makes it."""
    return breaker.guard(breaker._store.get(breaker.key), resource, Deadline(3))


def fail(breaker: Breaker, error: ErcError | None = None, resource: str = "") -> None:
    """A call that goes through and fails."""
    with pytest.raises(ErcError, match="planted"), guarded(breaker, resource=resource):
        raise error or Unavailable("planted")


def is_open(breaker: Breaker, resource: str = "") -> bool:
    """Whether a call is refused; else it is made, and answered."""
    try:
        with guarded(breaker, resource=resource):
            pass
    except Unavailable as error:
        return "not asked" in str(error)
    return False


def fail_after(breaker: Breaker, clock: Clock, seconds: float, resource: str, error: ErcError) -> None:
    """A call that goes through and fails after so long."""
    call = guarded(breaker, resource=resource)
    call.__enter__()
    clock.now += seconds
    call.__exit__(type(error), error, None)


def answer_after(breaker: Breaker, clock: Clock, seconds: float, resources: str) -> None:
    """Calls under way at the same time, one for each letter, all of which are answered after so long."""
    calls = [guarded(breaker, resource=resource) for resource in resources]
    for call in calls:
        call.__enter__()
    clock.now += seconds
    for call in calls:
        call.__exit__(None, None, None)
