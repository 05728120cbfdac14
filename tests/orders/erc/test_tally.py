from __future__ import annotations

import pytest

from orders.erc.errors import TimedOut, Unavailable
from orders.erc.tally import Tally


class Clock:
    """The monotonic clock as the module sees it; moves when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("orders.erc.tally.time.monotonic", clock)
    return clock


PLAIN = Unavailable("no", status=500)
FAILED = Unavailable("gateway", status=503)


def refused() -> Unavailable:
    error = Unavailable("refused")
    error.had_connection = False
    return error


def fail(tally: Tally, *resources: str, error: Unavailable = FAILED) -> list[bool]:
    return [tally.count_failure(resource, error) for resource in resources]


def answer(tally: Tally, *resources: str, is_slow: bool = False) -> list[bool]:
    return [tally.count_response(resource, is_slow=is_slow) for resource in resources]


@pytest.mark.parametrize("error", [PLAIN, FAILED, Unavailable("reset"), TimedOut("late")])
def test_failures_of_different_resources_in_a_row_are_an_outage(error: Unavailable) -> None:
    assert fail(Tally(3), "A", "B", "C", error=error) == [False, False, True]


@pytest.mark.parametrize("error", [PLAIN, FAILED, Unavailable("reset"), TimedOut("late")])
def test_failures_of_one_resource_are_no_outage(error: Unavailable) -> None:
    assert not any(fail(Tally(3), *["A"] * 50, error=error))


def test_failures_for_want_of_a_connection_are_an_outage_whatever_was_asked_for() -> None:
    assert fail(Tally(3), "A", "A", "A", error=refused()) == [False, False, True]


def test_failures_of_an_endpoint_without_resources_each_count() -> None:
    assert fail(Tally(3), "", "", "") == [False, False, True]


def test_failures_of_both_kinds_count_together() -> None:
    tally = Tally(3)

    assert fail(tally, "A", "B") + fail(tally, "B", error=refused()) == [False, False, True]


@pytest.mark.parametrize("is_slow", [False, True])
def test_answer_ends_a_row_of_failures(is_slow: bool) -> None:
    tally = Tally(3)
    fail(tally, "A")
    fail(tally, "A", error=refused())
    answer(tally, "X", is_slow=is_slow)

    assert fail(tally, "B", "C", "D") == [False, False, True]


def test_counting_begins_anew_after_an_outage() -> None:
    tally = Tally(2)
    fail(tally, "A", "B")

    assert fail(tally, "A", "B") == [False, True]


def test_failures_far_apart_are_no_outage(clock: Clock) -> None:
    tally = Tally(2)
    fail(tally, "A")
    clock.now += 10.1

    assert fail(tally, "B") == [False]


def test_failures_are_in_a_row_while_each_is_near_the_last(clock: Clock) -> None:
    tally = Tally(3)
    fail(tally, "A")
    clock.now += 10
    fail(tally, "B")
    clock.now += 10

    assert fail(tally, "C") == [True]


def test_resources_that_failed_while_others_were_answered_do_not_count_again(clock: Clock) -> None:
    tally = Tally(3)
    fail(tally, "A", "B")
    answer(tally, "X")
    clock.now += 9

    assert not any(fail(tally, "A", "B", "A", "B", "C"))
    assert fail(tally, "D", "E") == [False, True]


def test_trouble_of_ones_own_lasts_while_it_fails_again_within_a_minute(clock: Clock) -> None:
    tally = Tally(1)
    tally._own_trouble["A"] = clock.now
    for _ in range(3):
        clock.now += 60
        answer(tally, "X")
        assert fail(tally, "A") == [False]

    clock.now += 60.1
    answer(tally, "X")

    assert fail(tally, "A") == [True]


def test_trouble_of_ones_own_is_remembered_for_a_minute_only(clock: Clock) -> None:
    tally = Tally(9)
    fail(tally, "A")
    answer(tally, "X")
    clock.now += 30
    fail(tally, "B")
    answer(tally, "X")
    both = set(tally._own_trouble)
    clock.now += 30.1
    fail(tally, "C")
    answer(tally, "X")

    assert (both, set(tally._own_trouble)) == ({"A", "B"}, {"B", "C"})


def test_trouble_of_ones_own_ends_with_an_answer(clock: Clock) -> None:
    tally = Tally(2)
    fail(tally, "A")
    answer(tally, "X", "A")

    assert fail(tally, "A", "B") == [False, True]


def test_answer_for_the_one_that_failed_is_no_trouble_of_its_own() -> None:
    tally = Tally(2)
    fail(tally, "A")
    answer(tally, "A")

    assert fail(tally, "A", "B") == [False, True]


def test_trouble_is_everybodys_where_nothing_was_answered_for_a_while(clock: Clock) -> None:
    tally = Tally(2)
    fail(tally, "A")
    answer(tally, "X")
    clock.now += 10
    excused = fail(tally, "A", "C")
    clock.now += 0.1

    assert (excused, fail(tally, "A")) == ([False, False], [True])


def test_plain_failures_of_many_at_once_are_no_outage_where_another_was_just_answered(clock: Clock) -> None:
    tally = Tally(3)
    answer(tally, "X")
    clock.now += 1

    at_once = fail(tally, *"ABCD", error=PLAIN)
    clock.now += 5
    again = fail(tally, *"ABCD", error=PLAIN)

    assert not any(at_once + again)


@pytest.mark.parametrize("error", [FAILED, Unavailable("reset"), TimedOut("late")])
def test_failures_that_may_be_the_endpoints_are_an_outage_although_another_was_just_answered(
    error: Unavailable,
) -> None:
    tally = Tally(3)
    answer(tally, "X")

    assert fail(tally, "A", "B", "C", error=error) == [False, False, True]


def test_plain_failures_of_others_are_an_outage_once_nothing_is_answered_for_a_second(clock: Clock) -> None:
    tally = Tally(3)
    answer(tally, "X")
    fail(tally, "A", "B", error=PLAIN)
    clock.now += 1.01

    assert fail(tally, "C", "D", "E", error=PLAIN) == [False, False, True]


def test_slow_answers_for_many_at_once_are_an_outage() -> None:
    assert answer(Tally(3), "A", "B", "C", is_slow=True) == [False, False, True]


def test_slow_answers_for_one_resource_are_no_outage() -> None:
    assert not any(answer(Tally(3), *["A"] * 50, is_slow=True))


def test_quick_answers_are_no_outage() -> None:
    assert not any(answer(Tally(1), *"ABCDEF"))


@pytest.mark.parametrize(("quick", "is_outage"), [("XYZ", True), ("VXYZ", False)])
def test_slow_answers_are_an_outage_where_they_are_at_least_half(quick: str, is_outage: bool) -> None:
    tally = Tally(3)
    answer(tally, *quick)

    assert answer(tally, "A", "B", "C", is_slow=True)[-1] is is_outage


def test_answer_takes_the_place_of_the_one_before_for_the_same_resource() -> None:
    tally = Tally(3)
    answer(tally, *"ABXYZ")
    answer(tally, "A", "B", is_slow=True)

    assert answer(tally, "X", is_slow=True) == [True]


@pytest.mark.parametrize(("seconds", "is_outage"), [(5, True), (5.01, False)])
def test_slow_answers_of_a_caller_who_asks_one_after_the_other_are_no_outage(
    clock: Clock, seconds: float, is_outage: bool
) -> None:
    tally = Tally(3)
    outages = []
    for resource in "ABC":
        outages += answer(tally, resource, is_slow=True)
        clock.now += seconds

    assert outages == [False, False, is_outage]


def test_answers_of_before_count_no_more_for_the_half(clock: Clock) -> None:
    tally = Tally(2)
    answer(tally, *"STUVWXYZ")
    clock.now += 10.1

    assert answer(tally, "A", "B", is_slow=True) == [False, True]


def test_resource_asked_for_again_stays_among_the_latest(clock: Clock) -> None:
    tally = Tally(2)
    answer(tally, "A", "B", is_slow=False)
    clock.now += 6
    answer(tally, "A", is_slow=True)
    clock.now += 6

    assert answer(tally, "C", is_slow=True) == [True]


def test_time_outs_are_slow_although_slow_answers_come_between() -> None:
    tally = Tally(3)

    fail(tally, "A", error=TimedOut("late"))
    answer(tally, "B", is_slow=True)

    assert fail(tally, "C", error=TimedOut("late")) == [True]


def test_counting_of_slow_answers_begins_anew_after_an_outage() -> None:
    tally = Tally(2)
    answer(tally, "A", "B", is_slow=True)
    after_slowness = answer(tally, "C", is_slow=True)
    fail(tally, "D", "E")

    assert after_slowness == [False]
    assert answer(tally, "F", "G", is_slow=True) == [False, True]
