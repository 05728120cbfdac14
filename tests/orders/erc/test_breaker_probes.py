"""Which calls an open breaker lets through to see whether the endpoint is back."""

from __future__ import annotations

import pytest

from orders.erc.errors import TimedOut, Unavailable
from tests.support.breakers import Clock, MakeBreaker, fail, fail_after, guarded, is_open


def test_probe_is_not_for_the_resource_that_failed_last(clock: Clock, make: MakeBreaker) -> None:
    breaker = make(failures=2, probe_seconds=2)
    fail(breaker, resource="A")
    fail(breaker, resource="B")

    clock.now += 2

    assert is_open(breaker, "B")
    assert not is_open(breaker, "A")


def test_resource_whose_probe_failed_is_the_last_that_failed(clock: Clock, make: MakeBreaker) -> None:
    breaker = make(failures=1, probe_seconds=2)
    fail(breaker, resource="A")
    clock.now += 2
    fail(breaker, resource="B")

    clock.now += 2

    assert is_open(breaker, "B")
    assert not is_open(breaker, "A")


def test_resource_that_failed_last_probes_once_nobody_else_has_come_for_long(
    clock: Clock, make: MakeBreaker
) -> None:
    breaker = make(failures=1, probe_seconds=2)
    fail(breaker, resource="A")

    clock.now += 19.9
    too_early = is_open(breaker, "A")
    clock.now += 0.2

    assert too_early
    assert not is_open(breaker, "A")


def test_resource_probes_again_where_no_connection_came_about(clock: Clock, make: MakeBreaker) -> None:
    breaker = make(failures=1, probe_seconds=2)
    error = Unavailable("planted")
    error.had_connection = False
    fail(breaker, error, resource="A")
    clock.now += 2
    fail(breaker, error, resource="A")

    clock.now += 2

    assert not is_open(breaker, "A")


def test_endpoint_without_resources_probes_again(clock: Clock, make: MakeBreaker) -> None:
    breaker = make(failures=1, probe_seconds=2)
    fail(breaker)
    clock.now += 2
    fail(breaker)

    clock.now += 2

    assert not is_open(breaker)


def test_probe_is_due_after_the_pause_and_not_before(clock: Clock, make: MakeBreaker) -> None:
    breaker = make(failures=1, probe_seconds=2)
    fail(breaker, resource="A")

    clock.now += 1.5
    before = is_open(breaker, "B")
    clock.now += 0.5

    assert before
    assert not is_open(breaker, "B")


def test_pause_after_a_failed_probe_begins_when_it_has_failed(clock: Clock, make: MakeBreaker) -> None:
    breaker = make(failures=1, probe_seconds=2)
    fail(breaker, resource="A")
    clock.now += 2
    fail_after(breaker, clock, 8, "B", TimedOut("late"))

    clock.now += 1.5
    before = is_open(breaker, "C")
    clock.now += 0.5

    assert before
    assert not is_open(breaker, "C")


def test_call_that_ends_with_a_fault_of_the_portal_leaves_the_breaker_open(
    clock: Clock, make: MakeBreaker
) -> None:
    breaker = make(failures=1, probe_seconds=2)
    fail(breaker, resource="A")
    clock.now += 2

    with pytest.raises(KeyboardInterrupt), guarded(breaker, resource="B"):
        raise KeyboardInterrupt

    assert is_open(breaker, "C")
