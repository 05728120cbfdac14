from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import pytest

from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, InvalidResponse, NotFound, RateLimited, Unavailable
from orders.erc.rate_limits import RateLimits
from orders.erc.store import Store
from tests.orders.erc.test_store import GARBAGE
from tests.support.stores import DictCache, lost_cache


class Clock:
    """The time of day as the modules see it; moves when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("orders.erc.rate_limits.time.time", clock)
    return clock


@pytest.fixture
def store() -> DictCache:
    return DictCache()


@pytest.fixture
def limits(store: DictCache) -> RateLimits:
    return RateLimits(store, "/items")


def heed(limits: RateLimits, resource: str, seconds: float = 3) -> AbstractContextManager[None]:
    remembered = limits._store.get_many(limits.keys(resource))
    return limits.heed(remembered, resource, Deadline(seconds))


def refuse(limits: RateLimits, resource: str, seconds: float | None) -> None:
    """The API answers 429 to a call for the resource."""
    with pytest.raises(RateLimited, match="planted"), heed(limits, resource):
        raise RateLimited("planted", status=429, retry_after=seconds)


def wait_of(limits: RateLimits, resource: str) -> float | None:
    """The seconds for which the resource is held back; None where it is let through (and answered)."""
    try:
        with heed(limits, resource):
            return None
    except RateLimited as error:
        return error.retry_after


def test_wait_holds_for_the_resource_that_was_refused(clock: Clock, limits: RateLimits) -> None:
    refuse(limits, "O-1", 30)
    clock.now += 12

    assert (wait_of(limits, "O-1"), wait_of(limits, "O-2")) == (18, None)


def test_refusal_of_the_portal_itself_names_status_and_wait(clock: Clock, limits: RateLimits) -> None:
    refuse(limits, "O-1", 30)

    with (
        pytest.raises(RateLimited, match=r"^not asked: the upstream asked to wait$") as caught,
        heed(limits, "O-1"),
    ):
        pytest.fail("the call went through")

    assert (caught.value.status, caught.value.retry_after) == (429, 30)


@pytest.mark.parametrize("seconds", [1, 0.5])
def test_wait_of_a_second_is_kept_and_ends(clock: Clock, limits: RateLimits, seconds: float) -> None:
    refuse(limits, "O-1", seconds)
    held = wait_of(limits, "O-1")
    clock.now += seconds

    assert (held, wait_of(limits, "O-1")) == (seconds, None)


@pytest.mark.parametrize("seconds", [None, 0])
def test_refusal_without_a_time_holds_nothing_back(limits: RateLimits, seconds: float | None) -> None:
    refuse(limits, "O-1", seconds)
    refuse(limits, "O-2", seconds)

    assert (wait_of(limits, "O-1"), wait_of(limits, "O-3")) == (None, None)


def test_wait_of_a_resource_is_an_hour_at_most(clock: Clock, limits: RateLimits) -> None:
    refuse(limits, "O-1", 1e9)
    longest = wait_of(limits, "O-1")
    clock.now += 3600

    assert (longest, wait_of(limits, "O-1")) == (3600, None)


def test_second_refusal_of_the_same_resource_holds_back_nothing_else(clock: Clock, limits: RateLimits) -> None:
    refuse(limits, "O-1", 5)
    clock.now += 5
    refuse(limits, "O-1", 5)

    assert (wait_of(limits, "O-1"), wait_of(limits, "O-2")) == (5, None)


def test_second_resource_that_is_refused_holds_back_everything(clock: Clock, limits: RateLimits) -> None:
    refuse(limits, "O-1", 20)
    clock.now += 5
    refuse(limits, "O-2", 10)

    assert [wait_of(limits, resource) for resource in ("O-1", "O-2", "O-3")] == [15, 10, 10]


def test_resource_that_was_refused_a_minute_ago_makes_no_second(
    clock: Clock, limits: RateLimits, store: DictCache
) -> None:
    refuse(limits, "O-1", 3600)

    assert store.timeouts == {limits._latest: 60, limits._key("O-1"): 3600}


def test_wait_for_everything_is_kept_until_the_api_has_answered(
    clock: Clock, limits: RateLimits, store: DictCache
) -> None:
    refuse(limits, "O-1", 10)
    refuse(limits, "O-2", 10)

    assert store.timeouts[limits._everything] == 3600


def test_everything_is_held_until_the_api_has_answered(clock: Clock, limits: RateLimits) -> None:
    def is_held() -> bool:
        return limits.hold_everything(limits._store.get_many(limits.keys("")))

    refuse(limits, "O-1", 10)
    after_one = is_held()
    refuse(limits, "O-2", 10)
    after_two = is_held()
    clock.now += 10
    after_the_wait = is_held()
    with heed(limits, "O-3"):
        pass

    assert (after_one, after_two, after_the_wait, is_held()) == (False, True, True, False)


def test_wait_for_everything_is_a_minute_at_most(clock: Clock, limits: RateLimits) -> None:
    refuse(limits, "O-1", 3600)
    refuse(limits, "O-2", 3600)
    during = wait_of(limits, "O-3")
    clock.now += 60

    assert (during, wait_of(limits, "O-3"), wait_of(limits, "O-2")) == (60, None, 3540)


def after_a_general_wait(clock: Clock, limits: RateLimits) -> None:
    refuse(limits, "O-1", 10)
    refuse(limits, "O-2", 10)
    clock.now += 10


def test_one_at_a_time_tries_after_a_wait_for_everything(clock: Clock, limits: RateLimits) -> None:
    after_a_general_wait(clock, limits)

    with heed(limits, "O-3"):
        meanwhile = wait_of(limits, "O-4")
    with heed(limits, "O-4"), heed(limits, "O-5"):
        afterwards = "side by side"

    assert (meanwhile, afterwards) == (2, "side by side")


def test_try_that_is_refused_holds_everything_back_again(clock: Clock, limits: RateLimits) -> None:
    after_a_general_wait(clock, limits)

    refuse(limits, "O-3", 3600)

    assert (wait_of(limits, "O-4"), wait_of(limits, "O-3")) == (60, 3600)


def test_try_that_is_refused_without_a_time_puts_the_next_one_off(clock: Clock, limits: RateLimits) -> None:
    after_a_general_wait(clock, limits)

    refuse(limits, "O-3", None)

    assert wait_of(limits, "O-4") == 2


@pytest.mark.parametrize("error", [NotFound("no", status=404), InvalidResponse("html", status=200)])
def test_try_with_any_other_answer_lets_all_go_on(clock: Clock, limits: RateLimits, error: ErcError) -> None:
    after_a_general_wait(clock, limits)

    with pytest.raises(type(error)), heed(limits, "O-3"):
        raise error

    with heed(limits, "O-4"), heed(limits, "O-5"):
        pass


def test_try_that_brings_no_answer_leaves_it_to_the_next(clock: Clock, limits: RateLimits) -> None:
    after_a_general_wait(clock, limits)

    with pytest.raises(Unavailable), heed(limits, "O-3"):
        raise Unavailable("down")

    with heed(limits, "O-4"):
        assert wait_of(limits, "O-5") == 2


def test_try_lasts_no_longer_than_its_call_could(
    clock: Clock, limits: RateLimits, store: DictCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    leases: list[float] = []

    def add(_key: str, _value: object, timeout: float) -> bool:
        leases.append(timeout)
        return True

    monkeypatch.setattr(store, "add", add)

    for seconds in (3, -5):
        after_a_general_wait(clock, limits)
        with heed(limits, "O-3", seconds=seconds):
            pass
        left = store.values.keys() & {limits._gate, limits._everything}
        store.values.clear()

    assert [round(lease, 1) for lease in leases] == [4, 1]
    assert not left


def test_try_learns_what_the_one_before_was_told(clock: Clock, limits: RateLimits) -> None:
    after_a_general_wait(clock, limits)
    seen_before = limits._store.get_many(limits.keys("O-4"))
    refuse(limits, "O-3", 30)

    with (
        pytest.raises(RateLimited, match="not asked"),
        limits.heed(seen_before, "O-4", Deadline(3)),
    ):
        pytest.fail("the call went through")


def test_waits_are_lifted_for_all_at_once(clock: Clock, limits: RateLimits, store: DictCache) -> None:
    refuse(limits, "O-1", 3600)
    refuse(limits, "O-2", 3600)
    clock.now += 1

    RateLimits(store, "/items").lift()

    with heed(limits, "O-1"), heed(limits, "O-2"), heed(limits, "O-3"):
        pass
    clock.now += 1
    refuse(limits, "O-3", 30)
    assert (wait_of(limits, "O-4"), wait_of(limits, "O-3")) == (None, 30)


def test_wait_from_after_the_lifting_holds(clock: Clock, limits: RateLimits) -> None:
    limits.lift()
    clock.now += 0.001

    refuse(limits, "O-1", 30)

    assert wait_of(limits, "O-1") == 30


def test_lifting_is_remembered_as_long_as_the_longest_wait(limits: RateLimits, store: DictCache) -> None:
    limits.lift()

    assert store.timeouts == {limits._lifted: 3600}


def test_wait_from_the_time_of_the_lifting_is_lifted(clock: Clock, limits: RateLimits) -> None:
    refuse(limits, "O-1", 30)

    limits.lift()

    assert wait_of(limits, "O-1") is None


def test_limits_of_two_endpoints_know_nothing_of_each_other(store: DictCache) -> None:
    items, tokens = RateLimits(store, "/items"), RateLimits(store, "/token")
    refuse(items, "O-1", 30)
    refuse(items, "O-2", 30)
    items.lift()
    refuse(items, "O-3", 30)

    refuse(tokens, "T-1", 30)
    items.lift()

    assert (wait_of(tokens, "T-1") is None, wait_of(tokens, "T-2")) == (False, None)


def test_tries_of_two_endpoints_go_side_by_side(clock: Clock, store: DictCache) -> None:
    items, tokens = RateLimits(store, "/items"), RateLimits(store, "/token")
    after_a_general_wait(clock, items)
    after_a_general_wait(clock, tokens)

    with heed(items, "O-3"):
        assert wait_of(tokens, "T-3") is None


def test_wait_for_everything_counts_no_more_while_it_is_being_lifted(clock: Clock, limits: RateLimits) -> None:
    remembered = {limits._everything: [clock.now, clock.now + 30], limits._lifted: clock.now}

    with limits.heed(remembered, "O-1", Deadline(3)), limits.heed(remembered, "O-2", Deadline(3)):
        is_held = limits.hold_everything(remembered)

    assert not is_held


def around(moment: float) -> list[Any]:
    return [
        *GARBAGE,
        [moment],
        [moment, moment, moment],
        ["a", "b"],
        [True, True],
        [moment, 10**400],
        "ab",
        [[], {}],
    ]


@pytest.mark.parametrize("value", [*around(1e9), [1e9, 1e11]])
@pytest.mark.parametrize("which", range(3))
def test_what_is_remembered_garbled_blocks_no_caller(
    limits: RateLimits, store: DictCache, value: Any, which: int
) -> None:
    store.values[limits.keys("O-1")[which]] = value

    with heed(limits, "O-1"), heed(limits, "O-1"):
        pass


@pytest.mark.parametrize("lifted", [*GARBAGE, 1e11])
def test_lifting_that_is_garbled_or_to_come_lifts_nothing(
    limits: RateLimits, store: DictCache, lifted: Any
) -> None:
    refuse(limits, "O-1", 30)
    store.values[limits._lifted] = lifted

    assert wait_of(limits, "O-1") is not None


@pytest.mark.parametrize("latest", [value for value in GARBAGE if not isinstance(value, str)])
def test_latest_refusal_that_is_garbled_makes_no_second(limits: RateLimits, store: DictCache, latest: Any) -> None:
    store.values[limits._latest] = latest

    refuse(limits, "O-1", 30)

    assert wait_of(limits, "O-2") is None


def test_lost_memory_blocks_no_caller() -> None:
    store: Store = lost_cache()
    limits = RateLimits(store, "/items")
    refuse(limits, "O-1", 30)
    refuse(limits, "O-2", 30)

    assert (wait_of(limits, "O-1"), wait_of(limits, "O-3")) == (None, None)
