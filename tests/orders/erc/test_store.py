from __future__ import annotations

import time
from typing import Any

import pytest

from orders.erc.store import digest, is_ahead, take_lease
from tests.support.stores import DictCache, lost_cache

GARBAGE: list[Any] = ["soon", "", b"x", True, [], [1], {}, {"a": 1}, float("nan"), float("inf"), 10**400, -1, 0]
"""What a cache that somebody else writes to may give back for a moment."""


@pytest.mark.parametrize(
    ("ahead", "expected"), [(-0.01, False), (0.5, True), (9.9, True), (10.5, False), (1e12, False)]
)
def test_time_is_ahead_within_what_the_portal_would_have_named(ahead: float, expected: bool) -> None:
    assert is_ahead(time.time() + ahead, 10) is expected


def test_time_at_a_border_is_ahead_up_to_the_longest_and_not_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orders.erc.store.time.time", lambda: 1000.0)

    assert [is_ahead(moment, 10) for moment in (1000, 1001, 1010, 1010.5)] == [False, True, True, False]


@pytest.mark.parametrize("value", [None, *GARBAGE])
def test_garbage_is_no_time(value: Any) -> None:
    assert is_ahead(value, 10) is False


def test_lease_is_had_by_one_at_a_time() -> None:
    store = DictCache()

    first, second = take_lease(store, "gate", 3), take_lease(store, "gate", 3)
    store.delete("gate")

    assert (first, second) == (True, False)
    assert take_lease(store, "gate", 3)


def test_lease_ends_with_its_time_although_its_key_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    store = DictCache()
    take_lease(store, "gate", 3)
    now = time.time()

    monkeypatch.setattr("orders.erc.store.time.time", lambda: now + 3.1)

    assert take_lease(store, "gate", 3)
    assert not take_lease(store, "gate", 3)


@pytest.mark.parametrize("value", [*GARBAGE, 1e11])
def test_lease_that_is_garbled_blocks_no_caller(value: Any) -> None:
    store = DictCache()
    store.values["gate"] = value

    assert take_lease(store, "gate", 3)
    assert not take_lease(store, "gate", 3)


def test_lease_of_the_longest_deadline_holds() -> None:
    store = DictCache()

    take_lease(store, "gate", 121)

    assert not take_lease(store, "gate", 121)


def test_lease_is_kept_for_its_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    store = DictCache()
    kept: list[float] = []

    def add(_key: str, _value: object, timeout: float) -> bool:
        kept.append(timeout)
        return True

    monkeypatch.setattr(store, "add", add)

    take_lease(store, "gate", 7)

    assert kept == [7]


def test_lease_that_is_given_back_meanwhile_is_had_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    store = DictCache()
    store.values["gate"] = time.time() + 3

    def get(key: str) -> None:
        store.delete(key)

    monkeypatch.setattr(store, "get", get)

    assert take_lease(store, "gate", 3)
    assert store.values["gate"]


def test_lost_memory_blocks_no_caller() -> None:
    store = lost_cache()

    assert take_lease(store, "gate", 3)
    assert take_lease(store, "gate", 3)


def test_digest_tells_resources_apart_and_nothing_of_them() -> None:
    digests = {digest(resource) for resource in ("C-1\nO-1", "C-1\nO-2", "\ud800")}

    assert len(digests) == 3
    assert all(len(one) == 64 and "O-1" not in one for one in digests)
