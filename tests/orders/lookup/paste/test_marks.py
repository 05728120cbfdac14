"""What goes from an id that is put into its field, and what is its own."""

from __future__ import annotations

import pytest

from orders.lookup.paste import bare_id


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
