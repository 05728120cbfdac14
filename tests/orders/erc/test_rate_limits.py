"""How long the API asks to wait, and whom that holds back."""

from __future__ import annotations

from typing import Any

import pytest

from orders.erc.errors import RateLimited
from orders.erc.rate_limits import RateLimits
from orders.erc.store import Store
from tests.orders.erc.test_store import GARBAGE
from tests.support.breakers import Clock
from tests.support.rate_limits import heed, refuse, wait_of
from tests.support.stores import DictCache, lost_cache


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


def test_wait_of_an_endpoint_without_resources_is_a_minute_at_most(clock: Clock, limits: RateLimits) -> None:
    refuse(limits, "", 3600)
    during = wait_of(limits, "")
    clock.now += 60

    with heed(limits, ""):
        assert wait_of(limits, "") == 2
    assert (during, wait_of(limits, "")) == (60, None)


def test_all_go_on_after_a_short_wait_of_an_endpoint_without_resources(clock: Clock, limits: RateLimits) -> None:
    refuse(limits, "", 5)
    during = wait_of(limits, "")
    clock.now += 5

    with heed(limits, ""):
        assert (during, wait_of(limits, "")) == (5, None)


def test_try_of_an_endpoint_without_resources_that_is_refused_waits_a_minute_again(
    clock: Clock, limits: RateLimits
) -> None:
    refuse(limits, "", 3600)
    clock.now += 60

    refuse(limits, "", 3600)

    assert wait_of(limits, "") == 60


@pytest.mark.parametrize("value", [*around(1e9), [1e9, 1e11]])
@pytest.mark.parametrize("which", range(3))
def test_what_is_remembered_garbled_blocks_no_caller(
    limits: RateLimits, store: DictCache, value: Any, which: int
) -> None:
    store.values[limits.keys("O-1")[which]] = value

    with heed(limits, "O-1"), heed(limits, "O-1"):
        pass


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
