"""The items of an order on the provider's side, which declares no cursors and lists no statuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.api_client import ApiClient, fault_fields, item_ids, next_cursor, read_json
from tests.support.sandbox_orders import LONG_ORDER

ROOT = "/erc/ecommerce/customers"
CONNECTIONS = "/erc/ecommerce/connections/customers"


@pytest.mark.parametrize("root", [ROOT, CONNECTIONS])
def test_items_are_served_on_both_paths(api: ApiClient, root: str) -> None:
    page = read_json(api.send("GET", api.items_url("C-1001", "A-20731", root)))

    assert item_ids(page) == ["itm-20731-1"]
    assert page["_links"]["self"]["href"].startswith(api.sandbox.base_url + root)


@pytest.mark.parametrize(("limit", "count"), [("2", 2), ("45", 45), ("100", 45)])
def test_connections_page_names_no_next_one(api: ApiClient, limit: str, count: int) -> None:
    page = read_json(api.send("GET", api.items_url(*LONG_ORDER, CONNECTIONS), params={"limit": limit}))

    assert len(item_ids(page)) == count
    assert list(page["_links"]) == ["self"]


@pytest.mark.parametrize("order", ["A-21204", "A-21207"])
def test_connections_page_names_none_where_an_order_ends_oddly(api: ApiClient, order: str) -> None:
    page = read_json(api.send("GET", api.items_url("C-1006", order, CONNECTIONS)))

    assert list(page["_links"]) == ["self"]


@pytest.mark.parametrize("value", ["", "forged", None])
def test_connections_know_no_cursor(api: ApiClient, value: str | None) -> None:
    cursor = next_cursor(read_json(api.items(*LONG_ORDER))) if value is None else value

    answer = api.send("GET", api.items_url(*LONG_ORDER, CONNECTIONS), params={"cursor": cursor})

    assert answer.status_code == 400
    assert fault_fields(answer) == ["cursor"]


def test_connections_take_the_other_parameters(api: ApiClient) -> None:
    params = {"order_by": "name:desc", "brand": "Tarnvik", "limit": "3"}

    page = read_json(api.send("GET", api.items_url(*LONG_ORDER, CONNECTIONS), params=params))

    assert {item["brand"] for item in page["_embedded"]["items"]} == {"Tarnvik"}


def test_connections_statuses_are_no_enum(api: ApiClient) -> None:
    ids = ("C-1002", "A-20822")
    here, there = (read_json(api.send("GET", api.items_url(*ids, root))) for root in (CONNECTIONS, ROOT))

    assert {"in-transit", "out-for-delivery", "held-at-customs"} < set(_statuses(here))
    assert [name.upper().replace("-", "_") for name in _statuses(here)] == _statuses(there)


def test_connections_leave_entries_without_statuses_as_they_are(api: ApiClient) -> None:
    ids = ("C-1006", "A-21207")
    here, there = (read_json(api.send("GET", api.items_url(*ids, root))) for root in (CONNECTIONS, ROOT))

    assert here["_embedded"]["items"][1] is None
    assert [type(entry) for entry in here["_embedded"]["items"]] == [
        type(entry) for entry in there["_embedded"]["items"]
    ]


def _statuses(page: dict[str, Any]) -> list[str]:
    return [
        delivery["latest_status_info"]["type"]
        for item in page["_embedded"]["items"]
        for delivery in item["deliveries"]
    ]
