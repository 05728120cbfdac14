"""Which entries of a list come, and in which order."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.support.api_client import ApiClient, item_ids, read_json
from tests.support.sandbox_orders import LONG_ORDER


def _column(pages: list[dict[str, Any]], field: str) -> list[Any]:
    return [item[field] for page in pages for item in page["_embedded"]["items"]]


@pytest.mark.parametrize("field", ["name", "quantity", "sku", "brand"])
@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_order_by_field_sorts_over_all_pages(api: ApiClient, field: str, direction: str) -> None:
    pages = list(api.pages(*LONG_ORDER, order_by=f"{field}:{direction}"))

    column = [value.casefold() if isinstance(value, str) else value for value in _column(pages, field)]
    assert len(column) == 45
    assert column == sorted(column, reverse=direction == "desc")


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_order_by_price_compares_bare_values(api: ApiClient, direction: str) -> None:
    page = read_json(api.items("C-1004", "A-21003", {"order_by": f"price:{direction}"}))

    currencies = [price["currency"] for price in _column([page], "price")]
    rising = ["GBP", "EUR", "KWD", "USD", "PTS", "JPY"]
    assert currencies == (rising if direction == "asc" else rising[::-1])


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_order_by_keeps_equal_items_in_their_order(api: ApiClient, direction: str) -> None:
    pages = list(api.pages(*LONG_ORDER, order_by=f"brand:{direction}"))

    tarnvik = [item["id"] for page in pages for item in page["_embedded"]["items"] if item["brand"] == "Tarnvik"]
    assert len(tarnvik) > 2
    assert tarnvik == sorted(tarnvik)


def test_order_by_puts_malformed_entries_last(api: ApiClient) -> None:
    page = read_json(api.items("C-1006", "A-21207", {"order_by": "price:desc"}))

    entries = page["_embedded"]["items"]
    assert [entry["price"]["value"] for entry in entries[:2]] == [Decimal("59.00"), 22]
    assert entries[-4:] == [None, "itm-21207-3", entries[-2], entries[-1]]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"brand": "Auralune"}, ["itm-21107-1"]),
        ({"brand": "auralune"}, []),
        ({"carrier": "Kestrel Express"}, ["itm-21107-1"]),
        ({"delivery_type": "PICKUP"}, ["itm-21107-2"]),
        ({"description": "NOISE CANCEL"}, ["itm-21107-1"]),
        ({"description": "keycaps"}, []),
        ({"shipping_date": "1999-12-31"}, []),
    ],
)
def test_filter_keeps_the_items_that_fit(api: ApiClient, params: dict[str, str], expected: list[str]) -> None:
    page = read_json(api.items("C-1005", "A-21107", params))

    assert item_ids(page) == expected


@pytest.mark.parametrize("field", ["shipping_date", "delivery_date_start", "delivery_date_end"])
def test_filter_by_date_keeps_the_items_of_that_day(api: ApiClient, field: str) -> None:
    deliveries = read_json(api.items("C-1005", "A-21107"))["_embedded"]["items"][0]["deliveries"]

    for value in (deliveries[0][field], deliveries[1][field]):
        assert item_ids(read_json(api.items("C-1005", "A-21107", {field: value}))) == ["itm-21107-1"]


def test_filters_go_on_over_pages(api: ApiClient) -> None:
    pages = list(api.pages(*LONG_ORDER, brand="Tarnvik", limit="2"))

    assert len(pages) > 1
    assert set(_column(pages, "brand")) == {"Tarnvik"}
