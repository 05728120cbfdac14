"""What stands in the shared cache, and what is made of what somebody else put there."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pytest_django.fixtures import Settings

from orders.core.cache_values import Unreadable, seal, unseal


class Planted:
    """Leaves a file behind when its pickle is loaded."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> Any:
        return Path.touch, (self._path,)


@pytest.mark.parametrize(
    "value",
    [
        1,
        -1.5,
        True,
        None,
        "é\u202e",
        b"\x00\xff",
        [1, [2.5, "x"]],
        {"a": {"b": [None]}},
        "x" * 2000,
        b"\x00" * 2000,
    ],
)
def test_value_comes_back_as_it_was(value: Any) -> None:
    assert unseal("key", seal("key", value)) == value


def test_tuple_comes_back_as_a_list() -> None:
    assert unseal("key", seal("key", (1, ("a", 2)))) == [1, ["a", 2]]


def test_value_that_is_no_plain_data_is_refused() -> None:
    with pytest.raises(TypeError):
        seal("key", object())


def test_large_value_is_packed() -> None:
    value = b'{"status": "IN_TRANSIT"}, ' * 1000

    assert len(seal("key", value)) < len(value) / 5


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"1",
        b"2029",
        b"garbage",
        b"\x80garbage",
        b"\xff" * 100,
        b"\x91" * 5000,
        pickle.dumps((1.0, b"{}")),
        json.dumps([1.0, "{}"]).encode(),
        msgspec.msgpack.encode([1.0, b"{}"]),
        msgspec.msgpack.encode([b"", False, b"\x01"]),
        msgspec.msgpack.encode([b"\x00" * 16, True, b"no zlib"]),
        msgspec.msgpack.encode({"seal": b"", "is_packed": False, "body": b""}),
    ],
)
def test_bytes_of_anybody_else_are_unreadable(stored: bytes) -> None:
    with pytest.raises(Unreadable):
        unseal("key", stored)


def test_pickle_is_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        unseal("key", pickle.dumps(Planted(tmp_path / "ran")))

    assert not (tmp_path / "ran").exists()


def test_value_that_was_changed_or_cut_is_unreadable() -> None:
    stored = seal("key", {"open": False, "pad": "x" * 50})

    for at in range(len(stored)):
        changed = stored[:at] + bytes([stored[at] ^ 1]) + stored[at + 1 :]
        for bad in (changed, stored[:at]):
            with pytest.raises(Unreadable):
                unseal("key", bad)


def test_value_of_another_key_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        unseal("items:b", seal("items:a", 1))


def test_value_of_another_site_is_unreadable(settings: Settings) -> None:
    stored = seal("key", 1)
    settings.SECRET_KEY = "another secret"

    with pytest.raises(Unreadable):
        unseal("key", stored)
