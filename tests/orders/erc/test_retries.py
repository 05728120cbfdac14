from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

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
from orders.erc.retries import RetryBudget, attempts
from tests.support.breakers import Clock

Result = TypeVar("Result")


def failing(times: int, error: ErcError) -> tuple[Callable[[int], str], list[int]]:
    """An attempt that fails so many times, and the numbers of the attempts made."""
    made: list[int] = []

    def attempt(number: int) -> str:
        made.append(number)
        if len(made) <= times:
            raise error
        return "fine"

    return attempt, made


def run(attempt: Callable[[int], Result], *, deadline: Deadline, budget: RetryBudget) -> Result:
    """Make the attempts, as an endpoint does."""
    for one in attempts(deadline=deadline, budget=budget):
        with one as number:
            return attempt(number)
    raise AssertionError("the attempts end with a result or an error")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Unavailable("no connection"), 3),
        (Unavailable("gateway", status=502), 3),
        (Unavailable("gateway", status=503), 3),
        (Unavailable("gateway", status=504), 3),
        (Unavailable("gateway", status=503, retry_after=60), 3),
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
def test_attempts_are_made_as_often_as_they_can_help(error: ErcError, expected: int) -> None:
    attempt, made = failing(99, error)

    with pytest.raises(type(error)):
        run(attempt, deadline=Deadline(8), budget=RetryBudget())

    assert made == list(range(1, expected + 1))


def test_attempt_that_succeeds_ends_it() -> None:
    attempt, made = failing(2, Unavailable("down"))

    result = run(attempt, deadline=Deadline(8), budget=RetryBudget())

    assert (result, made) == ("fine", [1, 2, 3])


def test_no_attempt_is_made_past_the_deadline() -> None:
    attempt, made = failing(99, RateLimited("wait", retry_after=0.3))

    with pytest.raises(RateLimited):
        run(attempt, deadline=Deadline(0.5), budget=RetryBudget())

    assert made == [1, 2] or made == [1]


def test_wait_that_would_end_past_the_deadline_is_not_begun() -> None:
    attempt, made = failing(99, RateLimited("wait", retry_after=20))
    started = time.monotonic()

    with pytest.raises(RateLimited):
        run(attempt, deadline=Deadline(10), budget=RetryBudget())

    assert made == [1]
    assert time.monotonic() - started < 5


def test_wait_that_was_asked_for_is_kept() -> None:
    attempt, _ = failing(1, RateLimited("wait", retry_after=0.2))
    started = time.monotonic()

    run(attempt, deadline=Deadline(8), budget=RetryBudget())

    assert time.monotonic() - started >= 0.2


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> list[float]:
    """How long each wait was, at its longest; none is waited for."""
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(round(seconds, 3))
        clock.now += seconds

    monkeypatch.setattr("time.sleep", sleep)
    monkeypatch.setattr("random.uniform", max)
    return waited


def outcome(error: ErcError, *, seconds: float = 60, budget: RetryBudget | None = None) -> int:
    """How many attempts are made at what always fails so."""
    attempt, made = failing(99, error)
    with pytest.raises(type(error)):
        run(attempt, deadline=Deadline(seconds), budget=budget or RetryBudget())
    return len(made)


def test_waits_grow_and_are_random_from_nothing(waits: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    longest = outcome(Unavailable("down")) and waits[:]
    monkeypatch.setattr("random.uniform", min)

    outcome(Unavailable("down"))

    assert (longest, waits[2:]) == ([0.2, 0.4], [0, 0])


def test_wait_that_was_asked_for_is_never_shorter_and_little_longer(
    waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome(RateLimited("wait", retry_after=3))
    monkeypatch.setattr("random.uniform", min)
    outcome(RateLimited("wait", retry_after=3))

    assert waits == [3.2, 3.2, 3, 3]


@pytest.mark.parametrize(("seconds", "expected"), [(3.29, 1), (3.31, 2)])
def test_attempt_is_made_where_a_tenth_of_a_second_is_left_for_it(
    waits: list[float], seconds: float, expected: int
) -> None:
    assert outcome(RateLimited("wait", retry_after=3), seconds=seconds) == expected


def test_attempt_is_made_where_exactly_its_shortest_time_is_left(
    waits: list[float], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("random.uniform", min)
    clock.now = 0

    assert outcome(RateLimited("wait", retry_after=3), seconds=3.1) == 2


def test_fault_of_the_portal_is_no_reason_for_another_attempt() -> None:
    def attempt(number: int) -> None:
        raise ValueError(number)

    with pytest.raises(ValueError, match="1"):
        run(attempt, deadline=Deadline(8), budget=RetryBudget())


def test_budget_is_twenty_retries_from_the_start(clock: Clock) -> None:
    budget = RetryBudget()

    assert [budget.take() for _ in range(21)] == [True] * 20 + [False]


def test_budget_comes_back_one_in_five_seconds(clock: Clock) -> None:
    budget = RetryBudget(capacity=1)
    budget.take()

    clock.now += 4.9
    too_early = budget.take()
    clock.now += 0.2

    assert (too_early, budget.take(), budget.take()) == (False, True, False)


def test_success_without_retries_earns_a_tenth() -> None:
    budget = RetryBudget(capacity=1, per_second=0)
    budget.take()

    for _ in range(9):
        budget.earn(retries=0)
    too_early = budget.take()
    budget.earn(retries=0)
    budget.earn(retries=0)

    assert (too_early, budget.take()) == (False, True)


def test_attempt_earns_for_the_retries_before_it(waits: list[float]) -> None:
    budget = RetryBudget(capacity=9, per_success=0, per_second=0)
    attempt, _ = failing(2, Unavailable("down"))

    run(attempt, deadline=Deadline(60), budget=budget)

    assert [budget.take() for _ in range(10)] == [True] * 9 + [False]


def test_budget_never_exceeds_its_capacity(clock: Clock) -> None:
    budget = RetryBudget(capacity=1)

    for _ in range(30):
        budget.earn(retries=1)
    clock.now += 1000

    assert (budget.take(), budget.take()) == (True, False)


def test_retry_takes_one_from_the_budget_and_an_attempt_that_is_not_worth_it_none(waits: list[float]) -> None:
    budget = RetryBudget(capacity=3, per_second=0)

    outcome(NotFound("no", status=404), budget=budget)
    outcome(Unavailable("down"), budget=budget)

    assert [budget.take() for _ in range(2)] == [True, False]


def test_budget_runs_dry_while_nothing_succeeds() -> None:
    budget = RetryBudget(capacity=3, per_second=0)
    counts = []

    for _ in range(4):
        attempt, made = failing(99, Unavailable("down"))
        with pytest.raises(Unavailable):
            run(attempt, deadline=Deadline(8), budget=budget)
        counts.append(len(made))

    assert counts == [3, 2, 1, 1]


def test_budget_is_earned_back_by_retries_that_help() -> None:
    budget = RetryBudget(capacity=2, per_second=0)

    for _ in range(5):
        attempt, made = failing(2, Unavailable("down"))
        run(attempt, deadline=Deadline(8), budget=budget)

    assert made == [1, 2, 3]


def test_budget_comes_back_with_time() -> None:
    budget = RetryBudget(capacity=1, per_second=50)
    budget.take()

    time.sleep(0.05)

    assert budget.take()
