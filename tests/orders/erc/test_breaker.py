from __future__ import annotations

import threading
import time

import pytest

from orders.erc.errors import ErcError, NotFound, RateLimited, TimedOut, Unavailable
from tests.support.breakers import Clock, MakeBreaker, answer_after, fail, guarded, is_open
from tests.support.log_lines import Lines


def test_breaker_opens_after_failures_in_a_row_only(make: MakeBreaker) -> None:
    breaker = make(failures=3, probe_seconds=60)

    fail(breaker)
    fail(breaker, TimedOut("planted"))
    still_closed = not is_open(breaker)
    for _ in range(3):
        fail(breaker)

    assert still_closed
    assert is_open(breaker)


@pytest.mark.parametrize("error", [NotFound("planted"), RateLimited("planted")])
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

    monkeypatch.setattr("orders.erc.tally.time.monotonic", lambda: later)
    fail(breaker)

    assert not is_open(breaker)


def test_open_breaker_says_when_to_come_back(make: MakeBreaker) -> None:
    breaker = make(failures=1, probe_seconds=7)
    fail(breaker)

    with (
        pytest.raises(Unavailable, match=r"^not asked: the endpoint has failed repeatedly$") as caught,
        guarded(breaker),
    ):
        pytest.fail("the call went through")

    error = caught.value
    assert (error.retry_after, error.status) == (7, None)


def test_one_probe_at_a_time_tests_recovery(make: MakeBreaker, clock: Clock) -> None:
    breaker = make(failures=1, probe_seconds=0.05)
    fail(breaker)
    clock.now += 0.1
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


def test_probe_that_fails_keeps_the_breaker_open(make: MakeBreaker, clock: Clock) -> None:
    breaker = make(failures=1, probe_seconds=0.05)
    fail(breaker)
    clock.now += 0.1

    fail(breaker)

    assert is_open(breaker)


def test_probe_that_is_refused_closes_the_breaker_and_tells(make: MakeBreaker, clock: Clock) -> None:
    breaker = make(failures=1, probe_seconds=0.05)
    fail(breaker)
    clock.now += 0.1

    with pytest.raises(NotFound), guarded(breaker):
        raise NotFound("planted")

    assert not is_open(breaker)


def test_breaker_that_has_closed_counts_from_nothing(make: MakeBreaker, clock: Clock) -> None:
    breaker = make(failures=2, probe_seconds=0.05)
    fail(breaker)
    fail(breaker)
    clock.now += 0.1
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


def test_late_failure_of_a_call_from_before_does_not_keep_it_open(make: MakeBreaker, clock: Clock) -> None:
    breaker = make(failures=1, probe_seconds=0.2)
    late = guarded(breaker)
    late.__enter__()
    fail(breaker)
    clock.now += 0.15

    late.__exit__(Unavailable, Unavailable("late"), None)
    clock.now += 0.1

    assert not is_open(breaker)


def test_one_resource_that_fails_for_ever_opens_nothing(make: MakeBreaker) -> None:
    breaker = make(failures=2, probe_seconds=60)

    for _ in range(20):
        fail(breaker, Unavailable("planted", status=500), resource="bad")

    assert not is_open(breaker, "good")


def test_breaker_that_is_closed_by_hand_lets_calls_through(make: MakeBreaker) -> None:
    breaker = make(failures=1, probe_seconds=60)
    fail(breaker)

    breaker.close()

    assert not is_open(breaker)


def test_opening_is_logged_with_the_route_and_its_reason(clock: Clock, make: MakeBreaker, log: Lines) -> None:
    fail(make(failures=1, probe_seconds=2), resource="A")
    clock.now += 2
    answer_after(make(failures=1, probe_seconds=2, slow_seconds=5), clock, 1, "B")
    answer_after(make(failures=1, probe_seconds=2, slow_seconds=5), clock, 6, "C")

    lines = log.entries("the endpoint is not asked for now")
    assert [(line["route"], line["is_slow"]) for line in lines] == [("items", False), ("items", True)]


def test_breaker_tells_whether_it_is_open_by_what_is_remembered_and_by_what_it_knows(make: MakeBreaker) -> None:
    breaker = make(failures=1, probe_seconds=60)
    before = breaker.is_open(None)
    told_by_others = breaker.is_open([True, time.time()])
    breaker.close()
    closed = breaker.is_open(None)
    fail(breaker)

    assert (before, told_by_others, closed, breaker.is_open(None)) == (False, True, False, True)


def test_clock_that_is_put_back_blocks_no_caller(clock: Clock, make: MakeBreaker) -> None:
    breaker = make(failures=1, probe_seconds=2)
    fail(breaker)

    clock.now -= 3600

    assert not is_open(breaker)
