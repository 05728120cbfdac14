from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from orders.erc.breaker import Breaker
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, NotFound, RateLimited, TimedOut, Unavailable
from orders.erc.memory import Memory
from tests.orders.erc.conftest import DictCache, LostCache

MakeBreaker = Callable[..., Breaker]


@pytest.fixture(params=[DictCache, LostCache], ids=["shared", "cache lost"])
def make(request: pytest.FixtureRequest) -> MakeBreaker:
    """Makes breakers, with a memory or without: one process notices no difference."""
    memory: Memory = request.param()

    def made(*, failures: int, probe_seconds: float) -> Breaker:
        return Breaker(failures=failures, probe_seconds=probe_seconds, memory=memory, name="items")

    return made


def guarded(breaker: Breaker, correlation_id: str = "c") -> AbstractContextManager[None]:
    return breaker.guarding(breaker._memory.get(breaker.key), "", Deadline(3), correlation_id)


def fail(breaker: Breaker, error: ErcError | None = None) -> None:
    with pytest.raises(ErcError), guarded(breaker):
        raise error or Unavailable("down")


def is_open(breaker: Breaker) -> bool:
    try:
        with guarded(breaker):
            pass
    except Unavailable as error:
        return "not asked" in str(error)
    return False


def test_breaker_opens_after_failures_in_a_row_only(make: MakeBreaker) -> None:
    breaker = make(failures=3, probe_seconds=60)

    fail(breaker)
    fail(breaker, TimedOut("late"))
    still_closed = not is_open(breaker)
    for _ in range(3):
        fail(breaker)

    assert still_closed
    assert is_open(breaker)


@pytest.mark.parametrize("error", [NotFound("no"), RateLimited("wait")])
def test_breaker_takes_any_other_answer_for_a_sign_of_life(make: MakeBreaker, error: ErcError) -> None:
    breaker = make(failures=2, probe_seconds=60)

    fail(breaker)
    fail(breaker, error)
    fail(breaker)

    assert not is_open(breaker)


def test_breaker_forgets_failures_that_lie_far_apart(make: MakeBreaker, monkeypatch: pytest.MonkeyPatch) -> None:
    breaker = make(failures=2, probe_seconds=60)
    fail(breaker)
    later = time.monotonic() + 11

    monkeypatch.setattr("orders.erc.breaker.time.monotonic", lambda: later)
    fail(breaker)

    assert not is_open(breaker)


def test_open_breaker_says_when_to_come_back(make: MakeBreaker) -> None:
    breaker = make(failures=1, probe_seconds=7)
    fail(breaker)

    with pytest.raises(Unavailable) as caught, guarded(breaker, "c-9"):
        pytest.fail("the call went through")

    assert (caught.value.retry_after, caught.value.correlation_id) == (7, "c-9")


def test_one_probe_at_a_time_tests_recovery(make: MakeBreaker) -> None:
    breaker = make(failures=1, probe_seconds=0.05)
    fail(breaker)
    time.sleep(0.1)
    under_way, may_end = threading.Event(), threading.Event()

    def probe() -> None:
        with guarded(breaker):
            under_way.set()
            may_end.wait(5)

    thread = threading.Thread(target=probe)
    thread.start()
    under_way.wait(5)
    meanwhile = is_open(breaker)
    may_end.set()
    thread.join()

    assert meanwhile
    assert not is_open(breaker)


def test_probe_that_fails_keeps_the_breaker_open(make: MakeBreaker) -> None:
    breaker = make(failures=1, probe_seconds=0.05)
    fail(breaker)
    time.sleep(0.1)

    fail(breaker)

    assert is_open(breaker)


def test_probe_that_is_refused_closes_the_breaker_and_tells(make: MakeBreaker) -> None:
    breaker = make(failures=1, probe_seconds=0.05)
    fail(breaker)
    time.sleep(0.1)

    with pytest.raises(NotFound), guarded(breaker):
        raise NotFound("no")

    assert not is_open(breaker)


def test_breaker_that_has_closed_counts_from_nothing(make: MakeBreaker) -> None:
    breaker = make(failures=2, probe_seconds=0.05)
    fail(breaker)
    fail(breaker)
    time.sleep(0.1)
    closed_by_probe = not is_open(breaker)

    fail(breaker)
    after_one = is_open(breaker)
    fail(breaker)
    fail(breaker)

    assert closed_by_probe
    assert not after_one
    assert is_open(breaker)


def test_calls_run_side_by_side(make: MakeBreaker) -> None:
    breaker = make(failures=3, probe_seconds=1)
    together = threading.Barrier(4)

    def call() -> None:
        with guarded(breaker):
            together.wait(5)

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not together.broken


def test_late_failure_of_a_call_from_before_does_not_keep_it_open(make: MakeBreaker) -> None:
    breaker = make(failures=1, probe_seconds=0.2)
    late = guarded(breaker)
    late.__enter__()
    fail(breaker)
    time.sleep(0.15)

    late.__exit__(Unavailable, Unavailable("late"), None)
    time.sleep(0.1)

    assert not is_open(breaker)
