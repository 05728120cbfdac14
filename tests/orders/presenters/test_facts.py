from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from orders.presenters.facts import facts, records


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

    assert len(lines) == 1


def test_many_fields_are_cut_with_a_word() -> None:
    lines = facts({f"key {number}": number for number in range(500)})

    assert len(lines) == 101
    assert "more fields" in lines[-1].value.short


def test_huge_number_is_not_written_out() -> None:
    assert said({"n": Decimal("1E+999999")}) == [("n", "1E+999999")]


def test_records_without_fields_are_left_out() -> None:
    assert len(records(({"id": "r"}, {}))) == 1
