"""What leads from a caller's words to an order: the searches, and the lists of orders page by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.shapes import next_cursor, require_json
from tests.contract.stand_ins import EVERYTHING_WITH_A_FAMILY, Api
from tests.support.stub_routes import ALL_SCOPES


def contact_ids(page: dict[str, Any]) -> list[str]:
    return [contact["customer_id"] for contact in page.get("_embedded", {}).get("contacts", [])]


def order_ids(page: dict[str, Any]) -> list[str]:
    return [order["id"] for order in page.get("_embedded", {}).get("orders", [])]


def pages(api: Api, endpoint: str, **parameters: str) -> Iterator[dict[str, Any]]:
    """Every page of a list of orders."""
    token = api.fresh_token(ALL_SCOPES)
    page = require_json(api.ask(endpoint, token, **parameters), 200)
    yield page
    while cursor := next_cursor(page):
        page = require_json(api.ask(endpoint, token, **parameters, cursor=cursor), 200)
        yield page


@pytest.mark.parametrize("criterion", ["email", "phone", "ids"])
@EVERYTHING_WITH_A_FAMILY
def test_customer_is_found_by_what_the_caller_says(api: Api, criterion: str) -> None:
    words = {"email": api.known.email, "phone": api.known.phone, "ids": api.known.customer_id}

    page = require_json(api.ask("customers", api.fresh_token(ALL_SCOPES), **{criterion: words[criterion]}), 200)

    assert api.known.customer_id in contact_ids(page)
    assert page["count"] == len(contact_ids(page)) <= page["total"]


@EVERYTHING_WITH_A_FAMILY
def test_customer_is_found_by_the_name_that_the_search_gives(api: Api) -> None:
    token = api.fresh_token(ALL_SCOPES)
    (known,) = require_json(api.ask("customers", token, ids=api.known.customer_id), 200)["_embedded"]["contacts"]

    page = require_json(api.ask("customers", token, name=known["name"]), 200)

    assert api.known.customer_id in contact_ids(page)


@EVERYTHING_WITH_A_FAMILY
def test_search_that_finds_nobody_is_no_error(api: Api) -> None:
    token = api.fresh_token(ALL_SCOPES)

    page = require_json(api.ask("customers", token, email="nobody-at-all@mail.example"), 200)

    assert contact_ids(page) == []
    assert page["total"] == 0


@EVERYTHING_WITH_A_FAMILY
def test_customers_come_page_by_page_each_once(api: Api) -> None:
    token = api.fresh_token(ALL_SCOPES)
    first = require_json(api.ask("customers", token, per_page="1"), 200)
    second = require_json(api.ask("customers", token, per_page="1", page="2"), 200)

    assert (first["page"], second["page"]) == (1, 2)
    assert first["total_pages"] == first["total"] >= 2
    assert len({*contact_ids(first), *contact_ids(second)}) == 2


@EVERYTHING_WITH_A_FAMILY
def test_orders_of_a_customer_come_by_cursor_each_once(api: Api) -> None:
    whole = order_ids(require_json(api.ask("customer_orders", api.fresh_token(ALL_SCOPES), limit="100"), 200))

    listed = [order_id for page in pages(api, "customer_orders", limit="2") for order_id in order_ids(page)]

    assert listed == whole
    assert len(set(listed)) == len(listed) > 2
    assert api.known.order_id in listed


@pytest.mark.parametrize("endpoint", ["customer_orders", "orders"])
@EVERYTHING_WITH_A_FAMILY
def test_order_is_found_by_its_number(api: Api, endpoint: str) -> None:
    found = [
        order_id
        for page in pages(api, endpoint, search=api.known.order_number, limit="20")
        for order_id in order_ids(page)
    ]

    assert api.known.order_id in found


@pytest.mark.parametrize("endpoint", ["customer_orders", "orders"])
@EVERYTHING_WITH_A_FAMILY
def test_number_that_no_order_has_finds_none(api: Api, endpoint: str) -> None:
    page = require_json(api.ask(endpoint, api.fresh_token(ALL_SCOPES), search="no-such-number"), 200)

    assert order_ids(page) == []
    assert next_cursor(page) == ""


@EVERYTHING_WITH_A_FAMILY
def test_order_says_the_same_in_the_list_and_by_itself(api: Api) -> None:
    token = api.fresh_token(ALL_SCOPES)
    listed = [order for page in pages(api, "customer_orders", limit="20") for order in page["_embedded"]["orders"]]
    (in_list,) = [order for order in listed if order["id"] == api.known.order_id]

    alone = require_json(api.ask("order", token), 200)

    for name in ("id", "order_number", "customer_id"):
        assert alone.get(name) == in_list.get(name)
