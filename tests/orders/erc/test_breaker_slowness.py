"""How a breaker deals with an endpoint that answers well, but late."""

from __future__ import annotations

from orders.erc.breaker import Breaker
from orders.erc.errors import NotFound, TimedOut
from tests.support.breakers import Clock, MakeBreaker, answer_after, fail, fail_after, guarded, is_open


def test_answers_that_are_slow_for_many_open_the_breaker(clock: Clock, make: MakeBreaker) -> None:
    breaker = make(failures=3, probe_seconds=2, slow_seconds=5)

    answer_after(breaker, clock, 5.5, "ABC")

    assert is_open(breaker, "D")


def test_answers_just_in_good_time_open_nothing(clock: Clock, make: MakeBreaker) -> None:
    breaker = make(failures=3, probe_seconds=2, slow_seconds=5)

    answer_after(breaker, clock, 5, "ABCDEF")

    assert not is_open(breaker, "G")


def test_slowness_counts_only_where_it_is_told_to(clock: Clock, make: MakeBreaker) -> None:
    breaker = make(failures=3, probe_seconds=2)

    answer_after(breaker, clock, 9, "ABCDEF")

    assert not is_open(breaker, "G")


def test_refusals_that_are_slow_are_as_slow_as_answers(clock: Clock, make: MakeBreaker) -> None:
    breaker = make(failures=3, probe_seconds=2, slow_seconds=5)
    answer_after(breaker, clock, 6, "AB")

    fail_after(breaker, clock, 6, "C", NotFound("no"))

    assert is_open(breaker, "D")


def test_few_callers_are_served_slowly(clock: Clock, make: MakeBreaker) -> None:
    breaker = make(failures=5, probe_seconds=2, slow_seconds=5)

    for number in range(100, 140, 2):
        answer_after(breaker, clock, 6, chr(number) + chr(number + 1))

    assert not is_open(breaker, "last")


def opened_by_slowness(make: MakeBreaker, clock: Clock) -> Breaker:
    """Open, with a probe due at once."""
    breaker = make(failures=3, probe_seconds=2, slow_seconds=5)
    answer_after(breaker, clock, 6, "ABC")
    clock.now += 2
    return breaker


def test_quick_probe_closes_what_slowness_opened(clock: Clock, make: MakeBreaker) -> None:
    breaker = opened_by_slowness(make, clock)

    answer_after(breaker, clock, 5, "D")

    with guarded(breaker, resource="E"):
        assert not is_open(breaker, "F")


def test_quick_refusal_closes_what_slowness_opened(clock: Clock, make: MakeBreaker) -> None:
    breaker = opened_by_slowness(make, clock)

    fail(breaker, NotFound("planted"), resource="D")

    with guarded(breaker, resource="E"):
        assert not is_open(breaker, "F")


def test_slow_probe_keeps_open_what_slowness_opened(clock: Clock, make: MakeBreaker) -> None:
    breaker = opened_by_slowness(make, clock)

    with guarded(breaker, resource="D"):
        refused_at_once = is_open(breaker, "E")
        clock.now += 6

    with guarded(breaker, resource="F"):
        assert is_open(breaker, "G")
    assert refused_at_once


def test_probes_of_a_slow_endpoint_begin_in_turn_although_others_are_under_way(
    clock: Clock, make: MakeBreaker
) -> None:
    breaker = opened_by_slowness(make, clock)

    with guarded(breaker, resource="D"):
        clock.now += 2
        with guarded(breaker, resource="E"):
            clock.now += 1.5
            too_early = is_open(breaker, "F")
            clock.now += 0.5
            answer_after(breaker, clock, 6, "F")

    assert too_early


def test_slow_probe_brings_no_news_to_what_a_quick_one_closed(clock: Clock, make: MakeBreaker) -> None:
    breaker = opened_by_slowness(make, clock)

    late = guarded(breaker, resource="D")
    late.__enter__()
    clock.now += 2
    answer_after(breaker, clock, 1, "E")
    clock.now += 6
    late.__exit__(TimedOut, TimedOut("late"), None)

    assert not is_open(breaker, "F")


def test_probe_of_a_slow_endpoint_is_not_for_the_resource_of_the_last_one(clock: Clock, make: MakeBreaker) -> None:
    breaker = opened_by_slowness(make, clock)
    last_to_be_slow = is_open(breaker, "C")
    with guarded(breaker, resource="D"):
        clock.now += 6

    assert last_to_be_slow
    assert is_open(breaker, "D")
    assert not is_open(breaker, "E")


def test_slow_probe_after_failures_makes_the_endpoint_slow_and_the_next_one_due(
    clock: Clock, make: MakeBreaker
) -> None:
    breaker = make(failures=1, probe_seconds=2, slow_seconds=5)
    fail(breaker, resource="A")
    clock.now += 2
    answer_after(breaker, clock, 6, "B")

    with guarded(breaker, resource="C"):
        clock.now += 2
        assert not is_open(breaker, "D")
