from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from orders.presenters.facts import facts


def said(fields: dict[str, Any] | None) -> list[tuple[str, str]]:
    return [(fact.label, fact.value.short) for fact in facts(fields)]


def test_fields_of_any_shape_become_labelled_lines() -> None:
    fields = {
        "gift": True,
        "wrap": False,
        "note": None,
        "rate": Decimal("0.10"),
        "count": 3,
        "tags": ["a", 1, True],
        "address": {"city": "Bern", "geo": {"lat": Decimal("46.90")}},
        "lines": [{"id": 1}, {"id": 2}],
        "empty": {},
    }

    assert said(fields) == [
        ("gift", "Yes"),
        ("wrap", "No"),
        ("note", "–"),
        ("rate", "0.10"),
        ("count", "3"),
        ("tags", "a, 1, Yes"),
        ("address › city", "Bern"),
        ("address › geo › lat", "46.90"),
        ("lines 1 › id", "1"),
        ("lines 2 › id", "2"),
        ("empty", "–"),
    ]


@pytest.mark.parametrize("fields", [None, {}])
def test_no_fields_are_no_lines(fields: dict[str, Any] | None) -> None:
    assert facts(fields) == ()


def test_deep_nest_is_cut_and_not_followed() -> None:
    nest: dict[str, Any] = {"end": 1}
    for _ in range(900):
        nest = {"in": nest}

    lines = facts(nest)

    assert [fact.label for fact in lines] == ["in › in › in › in"]
    assert len(lines[0].value.short) <= 281


def test_what_is_nested_deeper_than_lines_go_is_shown_as_json() -> None:
    fields = {"a": {"b": {"c": {"d": {"rate": Decimal("0.10"), "é": None}}}}}

    assert said(fields) == [("a › b › c › d", '{"rate": "0.10", "é": null}')]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "Yes"),
        (False, "No"),
        (None, "–"),
        ("", "–"),
        ([], "–"),
        ({}, "–"),
        (0, "0"),
        (Decimal("0.0"), "0.0"),
        (Decimal("10.10"), "10.10"),
        (Decimal("12345678901234567.89"), "12345678901234567.89"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.000001"), "-0.000001"),
        (2**70, "1180591620717411303424"),
        ([None, True, Decimal("1.10")], "–, Yes, 1.10"),
        ("\u202e<b>", "<b>"),
        ("\x00", "–"),
    ],
)
def test_value_is_shown_exactly_and_harmless(value: Any, shown: str) -> None:
    assert said({"field": value}) == [("field", shown)]


@pytest.mark.parametrize(("key", "label"), [("", "–"), ("\u202eab", "ab"), ("two\nlines", "two lines")])
def test_key_is_shown_as_it_came_and_harmless(key: str, label: str) -> None:
    assert said({key: 1}) == [(label, "1")]


def test_mixed_list_is_numbered() -> None:
    assert said({"l": [[1, 2], {"id": "x"}, 3]}) == [("l 1", "1, 2"), ("l 2 › id", "x"), ("l 3", "3")]


def test_long_value_is_kept_whole_behind_its_beginning() -> None:
    (fact,) = facts({"note": "x" * 100_000})

    assert (len(fact.value.short), fact.value.full) == (281, "x" * 100_000)


def test_as_many_fields_as_fit_are_shown_without_a_word() -> None:
    assert len(facts({f"key {number}": number for number in range(100)})) == 100


def test_many_fields_are_cut_with_a_word() -> None:
    lines = facts({f"key {number}": number for number in range(500)})

    assert len(lines) == 101
    assert "more fields" in lines[-1].value.short


def test_huge_number_is_not_written_out() -> None:
    assert said({"n": Decimal("1E+999999")}) == [("n", "1E+999999")]


def test_list_of_a_field_has_the_comma_of_the_language() -> None:
    with translation.override("ar"):
        (fact,) = facts({"tags": ["a", "b"]})

    assert fact.value.short == "a، b"
