"""What goes from an id that is put into its field or pasted, and what is its own."""

from __future__ import annotations

import pytest

from orders.lookup.find.ids import Ids, bare_id
from tests.support.pasting import BOTH, LINK, parse_ids


@pytest.mark.parametrize(
    "typed",
    [
        "A-20731",
        " A-20731\u00a0",
        "\ufeffA-20\u200b731\u200e",
        "\u2066A-20731\u2069",
        "A\u00ad-20731\t",
        '"A-20731"',
        "'A-20731'",
        "“A-20731”",
        "„A-20731“",
        "« A-20731 »",
        "\u200e“'A-20731'”\u200f",
        "`A-20731`",
    ],
)
def test_marks_and_quotes_around_an_id_go(typed: str) -> None:
    assert bare_id(typed) == "A-20731"


@pytest.mark.parametrize(
    "identifier",
    [
        "#1",
        "A-20731.",
        "(A)",
        "a/b#c?d%é",
        'a"b',
        'A"',
        "'A",
        "a  b",
        "A&amp;B",
        "A–1",
        "A\u00a01",
        "<b>",
        '"',
        "A'",
        "XAX",
    ],
)
def test_what_may_be_an_ids_own_stays(identifier: str) -> None:
    assert bare_id(identifier) == identifier


@pytest.mark.parametrize("typed", ['""', "“ ”", "\u200b\u2066\u2069", " ", ""])
def test_nothing_but_marks_and_quotes_is_no_id(typed: str) -> None:
    assert bare_id(typed) == ""


@pytest.mark.parametrize("typed", ["\"'\"'A'\"'\"", "‘“A”’", '"\u200b"A"\u200b"'])
def test_bare_id_stays_as_it_is(typed: str) -> None:
    assert bare_id(bare_id(typed)) == bare_id(typed) == "A"


@pytest.mark.parametrize(
    "mark", ["\u200b", "\u200e", "\u2066", "\u2069", "\u00ad", "\ufeff", "\u2060", "\u061c", "\ufe0f"]
)
def test_invisible_marks_are_no_part_of_an_id(mark: str) -> None:
    dirty = mark.join(" C-1001 A-20731 ")

    assert parse_ids(dirty) == BOTH
    assert parse_ids(f"{mark}Order{mark}: {mark}A-20{mark}731{mark}\nCustomer: C-1001{mark}") == BOTH
    assert parse_ids(LINK.replace("1001", f"10{mark}01") + mark) == BOTH


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u1680", "\u2000", "\u200a", "\u205f", "\u3000", "&nbsp;"])
def test_spaces_of_typesetters_are_spaces(space: str) -> None:
    assert parse_ids(f"{space}C-1001{space}A-20731{space}") == BOTH
    assert parse_ids(f"C{space}7\nO-1") == Ids("C 7", "O-1")
    assert parse_ids(f"Order{space}number:{space}A-20731{space}Customer:{space}C-1001") == BOTH
