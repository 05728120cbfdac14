"""Waits that are lifted, for all processes at once."""

from __future__ import annotations

from typing import Any

import pytest

from orders.erc.deadline import Deadline
from orders.erc.rate_limits import RateLimits
from tests.orders.erc.test_store import GARBAGE
from tests.support.breakers import Clock
from tests.support.rate_limits import heed, refuse, wait_of
from tests.support.stores import DictCache


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


def test_wait_for_everything_counts_no_more_while_it_is_being_lifted(clock: Clock, limits: RateLimits) -> None:
    remembered = {limits._everything: [clock.now, clock.now + 30], limits._lifted: clock.now}

    with limits.heed(remembered, "O-1", Deadline(3)), limits.heed(remembered, "O-2", Deadline(3)):
        is_held = limits.hold_everything(remembered)

    assert not is_held


@pytest.mark.parametrize("lifted", [*GARBAGE, 1e11])
def test_lifting_that_is_garbled_or_to_come_lifts_nothing(
    limits: RateLimits, store: DictCache, lifted: Any
) -> None:
    refuse(limits, "O-1", 30)
    store.values[limits._lifted] = lifted

    assert wait_of(limits, "O-1") is not None
