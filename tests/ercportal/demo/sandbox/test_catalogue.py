"""The catalogue keeps its promises: what each order is there for can be seen through the API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
import requests

from ercportal.demo.sandbox.catalogue import SHOWCASE
from ercportal.demo.sandbox.catalogue.deliveries import STATUSES
from ercportal.demo.sandbox.pictures import PICTURE_NAMES, picture_answer
from tests.support.api_client import ApiClient, item_ids, read_json

ORDINARY = [(entry.customer_id, entry.order_id) for entry in SHOWCASE if not entry.is_fault]


def _items(api: ApiClient, customer_id: str, order_id: str) -> list[Any]:
    page = read_json(api.items(customer_id, order_id, {"limit": "100"}))
    items: list[Any] = page["_embedded"]["items"]
    return items


def _statuses(item: dict[str, Any]) -> list[str]:
    return [delivery["latest_status_info"]["type"] for delivery in item["deliveries"]]


def test_showcase_holds_enough_customers_and_orders() -> None:
    assert len({customer_id for customer_id, _ in ORDINARY}) >= 5
    assert len(ORDINARY) >= 16
    assert all(entry.title and entry.about for entry in SHOWCASE)


@pytest.mark.parametrize("ids", ORDINARY)
def test_ordinary_order_is_served(api: ApiClient, ids: tuple[str, str]) -> None:
    page = read_json(api.items(*ids))

    assert page["_links"]["self"]["href"].startswith(api.items_url(*ids))
    assert isinstance(page["_embedded"]["items"], list)


@pytest.mark.parametrize(
    ("ids", "count"),
    [
        (("C-1001", "A-20731"), 1),
        (("C-1002", "A-20810"), 45),
        (("C-1002", "A-20815"), 0),
        (("C-1006", "A-21250"), 300),
    ],
)
def test_order_has_as_many_items_as_promised(api: ApiClient, ids: tuple[str, str], count: int) -> None:
    seen = [item_id for page in api.pages(*ids, limit="100") for item_id in item_ids(page)]

    assert len(seen) == len(set(seen)) == count


def test_split_item_has_three_deliveries_in_different_states(api: ApiClient) -> None:
    (item,) = _items(api, "C-1001", "A-20758")

    assert _statuses(item) == ["DELIVERED", "IN_TRANSIT", "CONFIRMED"]
    assert sum(delivery["delivery_quantity"] for delivery in item["deliveries"]) == item["quantity"]


def test_every_status_is_there_and_one_that_is_not_listed(api: ApiClient) -> None:
    seen = {status for item in _items(api, "C-1002", "A-20822") for status in _statuses(item)}

    assert len(STATUSES) == 9
    assert seen == {*STATUSES, "HELD_AT_CUSTOMS"}


@pytest.mark.parametrize(
    ("order_id", "expected"),
    [
        ("A-20901", ["READY_FOR_PICKUP", "PICKED_UP"]),
        ("A-20907", ["ATTEMPTED_DELIVERY", "FAILURE"]),
    ],
)
def test_collection_and_trouble_have_their_statuses(api: ApiClient, order_id: str, expected: list[str]) -> None:
    items = _items(api, "C-1003", order_id)

    assert [status for item in items for status in _statuses(item)] == expected


def test_order_without_deliveries_has_an_empty_list_and_none(api: ApiClient) -> None:
    first, second = _items(api, "C-1001", "A-20790")

    assert first["deliveries"] == []
    assert "deliveries" not in second


def test_prices_are_written_to_the_last_digit(api: ApiClient) -> None:
    body = api.items("C-1004", "A-21010").text

    for price in ("10.10", "0.1", "12345678901234567.89"):
        assert f'"value":{price},' in body


def test_currencies_are_written_with_their_decimals(api: ApiClient) -> None:
    body = api.items("C-1004", "A-21003").text

    for price in ('12800,"currency":"JPY"', '72.495,"currency":"KWD"', '2350,"currency":"PTS"'):
        assert f'"value":{price}' in body


def test_long_names_are_long(api: ApiClient) -> None:
    assert all(len(item["name"]) >= 200 for item in _items(api, "C-1004", "A-21015"))


def test_custom_fields_are_of_every_kind(api: ApiClient) -> None:
    page = read_json(api.items("C-1005", "A-21102"))

    kinds = {type(value) for value in page["custom_fields"].values()}
    assert kinds == {str, int, bool, dict, list, type(None)}
    assert page["_embedded"]["items"][0]["custom_fields"]


def test_newer_fields_are_there(api: ApiClient) -> None:
    item = _items(api, "C-1005", "A-21107")[0]

    newer = {
        "carrier",
        "delivery_type",
        "service_level",
        "description",
        "delivery_date_start",
        "delivery_date_end",
    }
    assert item["refundable_quantity"] == 2
    assert newer | {"shipping_date", "returnable_quantity"} <= item["deliveries"][0].keys()


def test_refunds_and_returns_are_there(api: ApiClient) -> None:
    embedded = read_json(api.items("C-1005", "A-21110"))["_embedded"]

    assert [refund["id"] for refund in embedded["refunds"]] == ["rfd-5011", "rfd-5017"]
    assert [entry["id"] for entry in embedded["returns"]] == ["rtn-3308", "rtn-3315", "rtn-3316"]
    assert embedded["refunds"][0]["refund_line_items"][0]["amount"] == Decimal("89.00")
    assert isinstance(embedded["returns"][0]["tracking_info"], list)


def test_newly_optional_fields_are_left_out_or_null(api: ApiClient) -> None:
    mug, lamp, chair, coffee = _items(api, "C-1006", "A-21205")

    assert "price" not in mug
    assert lamp["price"] is None
    assert [delivery.get("id") for delivery in lamp["deliveries"]] == [None, None]
    assert "tracking_number" not in lamp["deliveries"][1]["tracking_info"]
    assert "type" not in chair["deliveries"][0]["latest_status_info"]
    assert coffee["quantity"] == Decimal("0.5")


def test_only_required_fields_means_only_those(api: ApiClient) -> None:
    page = read_json(api.items("C-1006", "A-21203"))

    assert page.keys() == {"_embedded", "_links"}
    assert page["_links"].keys() == {"self"}
    assert page["_embedded"]["items"][0].keys() == {"id", "name", "price"}


def test_every_optional_null_includes_the_next_link(api: ApiClient) -> None:
    page = read_json(api.items("C-1006", "A-21204"))

    assert page["_links"]["next"] is None
    assert page["id"] is None
    assert {name for name, value in page["_embedded"]["items"][0].items() if value is not None} == {
        "id",
        "name",
        "price",
    }


def test_malformed_order_has_five_unreadable_entries_of_nine(api: ApiClient) -> None:
    page = read_json(api.items("C-1006", "A-21207"))

    entries = page["_embedded"]["items"]
    readable = [entry for entry in entries if isinstance(entry, dict) and entry.get("id") and entry.get("name")]
    assert (len(entries), len(readable)) == (9, 4)
    assert page["_links"]["next"] == {}


def test_hostile_order_holds_a_description_of_100_kilobytes(api: ApiClient) -> None:
    items = _items(api, "C-1006", "A-21209")

    assert "<script>" in items[0]["name"]
    assert max(len(item.get("description", "").encode()) for item in items) == 100_000


def test_dates_are_fresh_and_written_with_milliseconds(api: ApiClient) -> None:
    (item,) = _items(api, "C-1001", "A-20731")

    written = item["deliveries"][0]["latest_status_info"]["status_date_time"]
    age = datetime.now(UTC) - datetime.fromisoformat(written)
    assert written.endswith("Z")
    assert written[-5] == "."
    assert timedelta(days=3) <= age < timedelta(days=3, hours=1)


def test_every_picture_of_the_catalogue_is_served_but_the_missing_one(api: ApiClient) -> None:
    addresses = {
        item["image_url"]
        for ids in ORDINARY
        for page in api.pages(*ids, limit="100")
        for item in page["_embedded"]["items"]
        if isinstance(item, dict) and str(item.get("image_url", "")).startswith("http")
    }

    statuses = {urlsplit(address).path: requests.get(address, timeout=5).status_code for address in addresses}

    assert len(statuses) > 40
    assert [path for path, status in statuses.items() if status != 200] == ["/pictures/missing.svg"]


@pytest.mark.parametrize("name", PICTURE_NAMES)
def test_picture_is_a_square_drawing(name: str) -> None:
    drawing = ET.fromstring(picture_answer(name).body)  # noqa: S314 - our own drawing

    assert drawing.get("viewBox") == "0 0 160 160"
    assert drawing.get("aria-label")


def test_picture_is_served_without_token_and_without_rights(api: ApiClient) -> None:
    answer = requests.get(f"{api.sandbox.base_url}/pictures/mug-teal.svg", timeout=5)

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_broken_picture_is_promised_as_png_and_is_none(api: ApiClient) -> None:
    answer = requests.get(f"{api.sandbox.base_url}/pictures/broken.png", timeout=5)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert not answer.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "name", ["missing.svg", "mug-nocolour.svg", "mug.svg", "", "../server.py", "mug-teal.png"]
)
def test_unknown_picture_is_not_found(api: ApiClient, name: str) -> None:
    assert requests.get(f"{api.sandbox.base_url}/pictures/{name}", timeout=5).status_code == 404
