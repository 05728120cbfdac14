from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from orders.lookup.read_ahead import ReadAhead
from tests.support.stores import DictCache


class CountingCache(DictCache):
    """Counts how often it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0

    def get(self, key: str) -> Any:
        self.reads += 1
        return super().get(key)

    def get_many(self, keys: Sequence[str]) -> dict[str, Any]:
        self.reads += 1
        return super().get_many(keys)


@pytest.fixture
def store() -> CountingCache:
    """The shared cache, with two values."""
    cache = CountingCache()
    cache.set("there", 1, 60)
    cache.set("not read", 2, 60)
    return cache


def test_keys_are_read_once_also_those_that_are_not_there(store: CountingCache) -> None:
    ahead = ReadAhead(store, ["there", "absent"])

    found = ahead.get("there"), ahead.get("absent"), ahead.get_many(["there", "absent"])

    assert found == (1, None, {"there": 1})
    assert store.reads == 1


def test_key_that_was_not_read_ahead_is_read_when_it_is_needed(store: CountingCache) -> None:
    ahead = ReadAhead(store, ["there"])

    assert ahead.get("not read") == 2
    assert ahead.get_many(["there", "not read"]) == {"there": 1, "not read": 2}


def test_look_up_sees_what_it_has_stored_and_deleted_itself(store: CountingCache) -> None:
    ahead = ReadAhead(store, ["there", "absent"])

    ahead.set("absent", 3, 60)
    ahead.delete("there")

    assert ahead.get_many(["there", "absent"]) == {"absent": 3}
    assert store.get_many(["there", "absent"]) == {"absent": 3}


def test_value_is_added_only_where_there_is_none_now(store: CountingCache) -> None:
    ahead = ReadAhead(store, ["absent"])
    store.set("absent", 4, 60)

    assert not ahead.add("absent", 5, 60)
    assert ahead.add("new", 5, 60)
