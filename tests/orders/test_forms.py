from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from orders.forms import LookupForm


def form(**fields: str) -> LookupForm:
    return LookupForm(QueryDict(urlencode({"customer_id": "C-1", "order_id": "O-1", **fields})))


@pytest.mark.parametrize("identifier", ["a/b#c?d%é", "100%", "日本", "a b", "...", "-", "0"])
def test_id_is_kept_as_it_is(identifier: str) -> None:
    asked = form(customer_id=f"  {identifier}\n")

    assert asked.is_valid()
    assert asked.query().customer_id == identifier


@pytest.mark.parametrize("identifier", ["", "  ", ".", "..", "a\x00b", "a\nb", "a\u202eb", "x" * 513])
def test_id_that_no_order_can_have_is_refused(identifier: str) -> None:
    assert not form(order_id=identifier).is_valid()


@pytest.mark.parametrize(
    ("limit", "is_valid"), [("1", True), ("500", True), ("0", False), ("501", False), ("x", False)]
)
def test_limit_is_a_number_within_bounds(limit: str, is_valid: bool) -> None:
    assert form(limit=limit).is_valid() is is_valid


def test_limit_that_is_absent_is_the_setting() -> None:
    asked = form()

    assert asked.is_valid()
    assert asked.query().limit == 20


@pytest.mark.parametrize(
    ("order_by", "is_valid"),
    [("price:desc", True), ("name:asc", True), ("price", False), ("price:up", False), ("a b:asc", False)],
)
def test_sorting_is_a_field_and_a_direction(order_by: str, is_valid: bool) -> None:
    assert form(order_by=order_by).is_valid() is is_valid


def test_filters_are_carried_and_empty_ones_are_not() -> None:
    asked = form(brand="Ä & Co", carrier=" ", unknown="x")

    assert asked.is_valid()
    assert asked.query().parameters() == {"limit": "20", "brand": "Ä & Co"}


def test_cursor_is_kept_to_the_letter() -> None:
    asked = form(cursor=" a+b== ")

    assert asked.is_valid()
    assert asked.query().cursor == " a+b== "
