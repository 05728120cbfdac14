"""What a host signs has one meaning, and one that can be read."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from orders.embed.errors import LaunchCode
from orders.embed.strict_json import read_fields, read_object
from tests.support import salesforce
from tests.support.launch_checks import reason
from tests.support.launching import token

HALF = "\ud83d"
"""Half of a character, as a desktop's text is left with where it was cut."""


class Inner(msgspec.Struct):
    name: str


class Outer(msgspec.Struct):
    inner: Inner
    at: float = 0.0
    note: Any = None


@pytest.mark.parametrize(
    "fields",
    [
        {"inner": HALF},
        {"inner": {"name": "a", HALF: 1}},
        {"inner": {"name": "a"}, HALF: 1},
        {"inner": {"name": "a"}, "at": HALF},
    ],
)
def test_half_of_a_character_where_none_can_be_is_refused(fields: dict[str, Any]) -> None:
    read = read_object(json.dumps(fields))

    with pytest.raises(ValueError, match="half of a character") as refusal:
        read_fields(read, Outer)

    assert HALF not in str(refusal.value)


def test_half_of_a_character_in_a_text_is_let_be() -> None:
    fields = {"inner": {"name": HALF}, "note": {HALF: HALF}}

    assert read_fields(read_object(json.dumps(fields)), Outer) == Outer(Inner(HALF), 0.0, {HALF: HALF})


def test_field_of_another_type_is_named_without_its_value() -> None:
    with pytest.raises(ValueError, match=r"at `\$\.inner`") as refusal:
        read_fields({"inner": "planted"}, Outer)

    assert "planted" not in str(refusal.value)


def test_launch_with_half_of_a_character_where_none_can_be_is_refused() -> None:
    assert reason(token(**dict[str, Any]({HALF: 1}))) is LaunchCode.CLAIMS
    assert salesforce.reason(salesforce.request(user={HALF: 1})) is LaunchCode.CLAIMS
