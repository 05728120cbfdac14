from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from pytest_django.fixtures import Settings

from orders.erc.query import FILTER_NAMES
from orders.forms import LookupForm


def form(**fields: str) -> LookupForm:
    return LookupForm(QueryDict(urlencode({"customer_id": "C-1", "order_id": "O-1", **fields})))


@pytest.mark.parametrize(
    "identifier", ["a/b#c?d%é", "100%", "%2F", "日本", "a  b", "...", "./", "-", "0", "<b>", "x" * 512]
)
def test_id_is_kept_as_it_is(identifier: str) -> None:
    asked = form(customer_id=f"  {identifier}\n")

    assert asked.is_valid()
    assert asked.query().customer_id == identifier


@pytest.mark.parametrize("typed", ["\ufeffO-2", "O\u200b-2\u202e", "\u2068O-2\u2069\u00a0", "“O-2”", "'O-2'"])
def test_id_is_freed_of_what_came_with_it(typed: str) -> None:
    asked = form(order_id=typed)

    assert asked.is_valid()
    assert asked.query().order_id == "O-2"


def test_length_of_an_id_is_that_without_what_came_with_it() -> None:
    asked = form(order_id='"' + "\u200b".join("x" * 512) + '"')

    assert asked.is_valid()
    assert asked.query().order_id == "x" * 512


@pytest.mark.parametrize("name", ["customer_id", "order_id"])
@pytest.mark.parametrize(
    "identifier", ["", "  ", ".", " .. ", "..", "a\x00b", "a\nb", "a\tb", "a\x1bb", '""', "\u200b", "x" * 513]
)
def test_id_that_no_order_can_have_is_refused(name: str, identifier: str) -> None:
    asked = form(**{name: identifier})

    assert list(asked.errors) == [name]
    assert all(str(problem).strip() for problem in asked.errors[name])


def test_id_with_half_a_character_is_refused() -> None:
    data = QueryDict(mutable=True)
    data.update({"customer_id": "a\ud800", "order_id": "O-1"})

    assert list(LookupForm(data).errors) == ["customer_id"]


@pytest.mark.parametrize(
    ("fields", "is_asked"),
    [
        ({}, False),
        ({"customer_id": " ", "order_id": ""}, False),
        ({"brand": "x"}, False),
        ({"customer_id": "C-1"}, True),
        ({"order_id": "O-1"}, True),
    ],
)
def test_look_up_is_asked_once_an_id_is_given(fields: dict[str, str], is_asked: bool) -> None:
    assert LookupForm(QueryDict(urlencode(fields))).is_asked is is_asked


@pytest.mark.parametrize(
    ("limit", "is_valid"),
    [
        ("1", True),
        ("500", True),
        ("0", False),
        ("-1", False),
        ("501", False),
        ("2.5", False),
        ("1e2", False),
        ("9" * 5000, False),
        ("x", False),
    ],
)
def test_limit_is_a_number_within_bounds(limit: str, is_valid: bool) -> None:
    asked = form(limit=limit)

    assert asked.is_valid() is is_valid
    assert all("from 1 to 500" in str(problem) for problem in asked.errors.get("limit", []))


@pytest.mark.parametrize("fields", [{}, {"limit": ""}])
def test_limit_that_is_absent_is_the_setting(settings: Settings, fields: dict[str, str]) -> None:
    settings.ERC_PAGE_SIZE = 7
    asked = form(**fields)

    assert asked.is_valid()
    assert asked.query().limit == 7


@pytest.mark.parametrize(
    ("order_by", "is_valid"),
    [
        ("", True),
        ("price:desc", True),
        (" price:asc ", True),
        ("name:asc", True),
        ("price.value:asc", True),
        ("delivery_date_start:asc", True),
        ("price", False),
        ("price:", False),
        (":asc", False),
        ("price:up", False),
        ("price:ASC", False),
        ("price:asc:desc", False),
        ("price:asc,name:asc", False),
        ("price:asc\nx", False),
        ("a b:asc", False),
        ("x" * 51 + ":asc", False),
    ],
)
def test_sorting_is_a_field_and_a_direction(order_by: str, is_valid: bool) -> None:
    assert form(order_by=order_by).is_valid() is is_valid


def test_every_filter_is_carried() -> None:
    asked = form(**{name: f" {name} ü&= " for name in FILTER_NAMES})

    assert asked.is_valid()
    assert asked.query().parameters() == {"limit": "20", **{name: f"{name} ü&=" for name in FILTER_NAMES}}


def test_filters_are_carried_and_empty_ones_are_not() -> None:
    asked = form(brand="Ä & Co", carrier=" ", unknown="x")

    assert asked.is_valid()
    assert asked.query().parameters() == {"limit": "20", "brand": "Ä & Co"}


def test_cursor_is_kept_to_the_letter() -> None:
    asked = form(cursor=" a+b== ")

    assert asked.is_valid()
    assert asked.query().cursor == " a+b== "


@pytest.mark.parametrize(("cursor", "is_valid"), [("x" * 4096, True), ("x" * 4097, False), ("a\x00", False)])
def test_cursor_that_no_answer_can_have_given_is_refused(cursor: str, is_valid: bool) -> None:
    assert form(cursor=cursor).is_valid() is is_valid


def test_sorting_and_cursor_that_are_empty_are_not_asked_for() -> None:
    asked = form(order_by="", cursor="")

    assert asked.is_valid()
    assert (asked.query().order_by, asked.query().cursor) == (None, None)
