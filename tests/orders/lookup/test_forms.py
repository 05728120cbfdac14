from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from pytest_django.fixtures import Settings

from orders.erc.query import FILTER_NAMES
from orders.lookup.forms import LIST_PARAMS, LookupForm, merge_list_params


def form(**fields: str) -> LookupForm:
    return LookupForm(QueryDict(urlencode({"customer_id": "C-1", "order_id": "O-1", **fields})))


@pytest.mark.parametrize(
    "identifier", ["a/b#c?d%é", "100%", "%2F", "日本", "a  b", "...", ".../", "-", "0", "<b>", "x" * 512]
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


@pytest.mark.parametrize(("cursor", "is_valid"), [("x" * 8000, True), ("x" * 8001, False), ("a\x00", False)])
def test_cursor_that_no_answer_can_have_given_is_refused(cursor: str, is_valid: bool) -> None:
    asked = form(cursor=cursor)

    assert asked.is_valid() is is_valid
    assert all("did not come from the portal" in str(problem) for problem in asked.errors.get("cursor", []))


@pytest.mark.parametrize("name", FILTER_NAMES)
@pytest.mark.parametrize("offered", [[], ["brand"], ["carrier", "description"]])
def test_filter_is_asked_for_only_where_it_is_offered(settings: Settings, offered: list[str], name: str) -> None:
    settings.ERC_FILTERS = offered

    asked = form(**{name: "x"})

    assert asked.is_valid() is (name in offered)
    assert all("does not offer" in str(problem) for problem in asked.non_field_errors())


def test_filter_that_is_not_offered_is_told_once(settings: Settings) -> None:
    settings.ERC_FILTERS = []

    asked = form(brand="x", carrier="y", description="")

    assert len(asked.non_field_errors()) == 1


def test_filter_that_is_empty_asks_for_nothing(settings: Settings) -> None:
    settings.ERC_FILTERS = []

    assert form(brand=" ", carrier="").is_valid()


@pytest.mark.parametrize(
    ("value", "is_valid"),
    [
        ("x" * 200, True),
        ("x" * 201, False),
        ("Arda\xa0& Söhne", True),
        ("a\x00b", False),
        ("a\nb", False),
        ("a\x7fb", False),
        ("a\x85b", False),
    ],
)
def test_filter_is_a_short_text_in_one_line(value: str, is_valid: bool) -> None:
    asked = form(brand=value)

    assert asked.is_valid() is is_valid
    assert all("too long or contains" in str(problem) for problem in asked.non_field_errors())


@pytest.mark.parametrize(
    ("fields", "pages"),
    [
        ({"pages": "25"}, 25),
        ({"pages": "26"}, 25),
        ({"pages": "100", "limit": "1"}, 25),
        ({"pages": "100", "limit": "19"}, 25),
        ({"pages": "100", "limit": "21"}, 23),
        ({"pages": "100", "limit": "100"}, 5),
        ({"pages": "9", "limit": "251"}, 1),
        ({"pages": "9", "limit": "500"}, 1),
        ({"pages": "3", "limit": "500"}, 1),
        ({"pages": "3"}, 3),
        ({"pages": "0"}, 1),
        ({"pages": "1000"}, 1),
        ({}, 1),
    ],
)
def test_pages_at_once_are_bounded_by_calls_and_by_items(fields: dict[str, str], pages: int) -> None:
    asked = form(**fields)

    assert asked.is_valid()
    assert asked.pages == pages


def test_pages_at_once_are_bounded_by_the_usual_page_too(settings: Settings) -> None:
    settings.ERC_PAGE_SIZE = 200

    asked = form(pages="25")

    assert asked.is_valid()
    assert asked.pages == 2


def test_sorting_and_cursor_that_are_empty_are_not_asked_for() -> None:
    asked = form(order_by="", cursor="")

    assert asked.is_valid()
    assert (asked.query().order_by, asked.query().cursor) == (None, None)


def test_list_of_the_longest_ids_is_narrowed_as_a_whole() -> None:
    ids = {"customer_id": "顧" * 512, "order_id": "注" * 512}
    sent = QueryDict(urlencode({LIST_PARAMS: urlencode(ids), "brand": "x"}))

    address = merge_list_params("/orders/", sent)

    assert address == f"/orders/?{urlencode({**ids, 'brand': 'x'})}"
