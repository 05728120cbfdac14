from __future__ import annotations

import time
from typing import Any

import pytest

from orders.erc.errors import CutShort, ErcError, FailedBefore, NotFound, RateLimited, TimedOut, Unavailable
from orders.erc.failures import REMEMBERED_SECONDS, Failures
from orders.erc.store import Store
from tests.orders.erc.test_store import GARBAGE
from tests.support.stores import DictCache, lost_cache


def fail(failures: Failures, store: Store, resource: str, error: ErcError) -> None:
    with pytest.raises(type(error)), heed(failures, store, resource):
        raise error


def heed(failures: Failures, store: Store, resource: str) -> Any:
    return failures.heed(store.get_many([failures.key(resource)]), resource)


def is_held(failures: Failures, store: Store, resource: str) -> bool:
    try:
        with heed(failures, store, resource):
            return False
    except FailedBefore:
        return True


@pytest.mark.parametrize("status", [500, 501, 505, 507, 520])
def test_resource_that_failed_with_an_answer_is_held_back_alone(status: int) -> None:
    store = DictCache()
    failures = Failures(store, "/items")

    fail(failures, store, "O-1", Unavailable("no", status=status))

    assert is_held(failures, store, "O-1")
    assert not is_held(failures, store, "O-2")


@pytest.mark.parametrize(
    "error",
    [
        Unavailable("gateway", status=502),
        Unavailable("gateway", status=503),
        TimedOut("gateway", status=504),
        TimedOut("late"),
        Unavailable("reset"),
        NotFound("no", status=404),
        RateLimited("wait", status=429, retry_after=5),
        CutShort("cut", status=200),
    ],
)
def test_resource_whose_trouble_may_be_over_is_asked_again(error: ErcError) -> None:
    store = DictCache()
    failures = Failures(store, "/items")

    fail(failures, store, "O-1", error)

    assert not is_held(failures, store, "O-1")


def test_resource_that_is_held_back_says_until_when() -> None:
    store = DictCache()
    failures = Failures(store, "/items")
    fail(failures, store, "O-1", Unavailable("no", status=500))

    with pytest.raises(FailedBefore, match="not asked") as caught, heed(failures, store, "O-1"):
        pytest.fail("the call went through")

    assert caught.value.status == 500
    assert caught.value.retry_after is not None
    assert 4 < caught.value.retry_after <= 5


def test_resource_is_held_back_for_seconds_only(monkeypatch: pytest.MonkeyPatch) -> None:
    store = DictCache()
    failures = Failures(store, "/items")
    fail(failures, store, "O-1", Unavailable("no", status=500))
    later = time.time() + REMEMBERED_SECONDS + 0.01

    monkeypatch.setattr("orders.erc.store.time.time", lambda: later)

    assert not is_held(failures, store, "O-1")


def test_failure_is_kept_for_as_long_as_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    store = DictCache()
    kept: list[float] = []
    monkeypatch.setattr(store, "set", lambda _key, _value, timeout: kept.append(timeout))

    fail(Failures(store, "/items"), store, "O-1", Unavailable("no", status=500))

    assert kept == [REMEMBERED_SECONDS] == [5.0]


def test_call_without_a_resource_is_never_held_back() -> None:
    store = DictCache()
    tokens = Failures(store, "/token")

    fail(tokens, store, "", Unavailable("no", status=500))
    held_by_failure = is_held(tokens, store, "")
    store.values[tokens.key("")] = time.time() + 3

    assert not held_by_failure
    assert not is_held(tokens, store, "")


def test_failure_at_one_endpoint_says_nothing_of_another() -> None:
    store = DictCache()
    fail(Failures(store, "/items"), store, "O-1", Unavailable("no", status=500))

    assert not is_held(Failures(store, "/other"), store, "O-1")


@pytest.mark.parametrize("value", [*GARBAGE, 1e11])
def test_remembered_failure_that_is_garbled_counts_as_none(value: Any) -> None:
    store = DictCache()
    failures = Failures(store, "/items")
    store.values[failures.key("O-1")] = value

    assert not is_held(failures, store, "O-1")


def test_lost_memory_holds_nothing_back() -> None:
    store = lost_cache()
    failures = Failures(store, "/items")

    fail(failures, store, "O-1", Unavailable("no", status=500))

    assert not is_held(failures, store, "O-1")
