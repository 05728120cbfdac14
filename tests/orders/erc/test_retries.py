from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from orders.erc.deadline import Deadline
from orders.erc.errors import (
    BadRequest,
    CutShort,
    ErcError,
    InvalidResponse,
    NotAllowed,
    NotFound,
    RateLimited,
    Unavailable,
)
from orders.erc.retries import RetryBudget, with_retries


def failing(times: int, error: ErcError) -> tuple[Callable[[int], str], list[int]]:
    """An attempt that fails so many times, and the numbers of the attempts made."""
    made: list[int] = []

    def attempt(number: int) -> str:
        made.append(number)
        if len(made) <= times:
            raise error
        return "fine"

    return attempt, made


@pytest.mark.parametrize(
    ("error", "attempts"),
    [
        (Unavailable("no connection"), 3),
        (Unavailable("gateway", status=502), 3),
        (Unavailable("gateway", status=503), 3),
        (Unavailable("gateway", status=504), 3),
        (CutShort("cut", status=200), 3),
        (RateLimited("wait", retry_after=0.01), 3),
        (RateLimited("wait"), 1),
        (RateLimited("wait", retry_after=60), 1),
        (Unavailable("fault", status=500), 1),
        (InvalidResponse("html", status=200), 1),
        (BadRequest("no", status=400), 1),
        (NotFound("no", status=404), 1),
        (NotAllowed("no", status=401), 1),
    ],
)
def test_attempts_are_made_as_often_as_they_can_help(error: ErcError, attempts: int) -> None:
    attempt, made = failing(99, error)

    with pytest.raises(type(error)):
        with_retries(attempt, deadline=Deadline(8), budget=RetryBudget())

    assert made == list(range(1, attempts + 1))


def test_attempt_that_succeeds_ends_it() -> None:
    attempt, made = failing(2, Unavailable("down"))

    result = with_retries(attempt, deadline=Deadline(8), budget=RetryBudget())

    assert (result, made) == ("fine", [1, 2, 3])


def test_no_attempt_is_made_past_the_deadline() -> None:
    attempt, made = failing(99, RateLimited("wait", retry_after=0.3))
    started = time.monotonic()

    with pytest.raises(RateLimited):
        with_retries(attempt, deadline=Deadline(0.5), budget=RetryBudget())

    assert made == [1, 2] or made == [1]
    assert time.monotonic() - started < 0.6


def test_wait_that_was_asked_for_is_kept() -> None:
    attempt, _ = failing(1, RateLimited("wait", retry_after=0.2))
    started = time.monotonic()

    with_retries(attempt, deadline=Deadline(8), budget=RetryBudget())

    assert 0.2 <= time.monotonic() - started < 0.7


def test_budget_runs_dry_while_nothing_succeeds() -> None:
    budget = RetryBudget(capacity=3, per_second=0)
    counts = []

    for _ in range(4):
        attempt, made = failing(99, Unavailable("down"))
        with pytest.raises(Unavailable):
            with_retries(attempt, deadline=Deadline(8), budget=budget)
        counts.append(len(made))

    assert counts == [3, 2, 1, 1]


def test_budget_is_earned_back_by_retries_that_help() -> None:
    budget = RetryBudget(capacity=2, per_second=0)

    for _ in range(5):
        attempt, made = failing(2, Unavailable("down"))
        with_retries(attempt, deadline=Deadline(8), budget=budget)

    assert made == [1, 2, 3]


def test_budget_comes_back_with_time() -> None:
    budget = RetryBudget(capacity=1, per_second=50)
    budget.take()

    time.sleep(0.05)

    assert budget.take()
