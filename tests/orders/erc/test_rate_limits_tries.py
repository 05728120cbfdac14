"""The one call at a time that tries the API again after a wait for everything."""

from __future__ import annotations

import pytest

from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, InvalidResponse, NotFound, RateLimited, Unavailable
from orders.erc.rate_limits import RateLimits
from tests.support.breakers import Clock
from tests.support.rate_limits import after_a_general_wait, heed, refuse, wait_of
from tests.support.stores import DictCache


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


def test_tries_of_two_endpoints_go_side_by_side(clock: Clock, store: DictCache) -> None:
    items, tokens = RateLimits(store, "/items"), RateLimits(store, "/token")
    after_a_general_wait(clock, items)
    after_a_general_wait(clock, tokens)

    with heed(items, "O-3"):
        assert wait_of(tokens, "T-3") is None
