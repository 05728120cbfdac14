"""The two lists of orders: shape, order, search, brand, and cursors."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ercportal.demo.sandbox import shapes
from tests.ercportal.demo.sandbox.family_client import (
    CONNECTIONS,
    ORDERS,
    ROOT,
    FamilyClient,
    order_ids,
    orders_path,
)
from tests.support.api_client import fault_fields, next_cursor

MANY = orders_path("C-2007")


def test_customers_orders_have_the_shape_of_the_reference(family: FamilyClient) -> None:
    pages = [family.read(orders_path(f"C-20{number:02}"), {"limit": "100"}) for number in range(1, 41)]

    assert [stray for page in pages for stray in shapes.stray_fields(page, shapes.ORDERS)] == []
    seen = {name for page in pages for order in page["_embedded"]["orders"] for name in order}
    assert seen == shapes.field_names(shapes.LISTED_ORDER)


def test_customers_orders_of_connections_have_a_list_of_addresses(family: FamilyClient) -> None:
    page = family.read(orders_path("C-2007", CONNECTIONS))

    assert shapes.stray_fields(page, shapes.ORDERS_OF_CONNECTIONS) == []
    assert all(len(order["shipping_addresses"]) == 1 for order in page["_embedded"]["orders"])
    assert page["_links"]["next"]["href"].startswith(family.base_url + orders_path("C-2007", CONNECTIONS))


def test_orders_of_the_account_have_the_shape_of_the_reference(family: FamilyClient) -> None:
    page = family.read(ORDERS, {"limit": "100", "brand": "Casa Lindeira"})

    assert shapes.stray_fields(page, shapes.ORDERS) == []


@pytest.mark.parametrize("limit", ["1", "7", "20", "60", "100"])
@pytest.mark.parametrize("root", [ROOT, CONNECTIONS])
def test_sixty_orders_come_each_once_newest_first(family: FamilyClient, root: str, limit: str) -> None:
    pages = list(family.pages(orders_path("C-2007", root), limit=limit))

    ids = [order_id for page in pages for order_id in order_ids(page)]
    days = [order["purchase_datetime"] for page in pages for order in page["_embedded"]["orders"]]
    assert len(ids) == len(set(ids)) == 60
    assert days == sorted(days, reverse=True)
    assert all(len(order_ids(page)) == int(limit) for page in pages[:-1])


def test_orders_of_the_account_come_each_once_newest_first(family: FamilyClient) -> None:
    pages = list(family.pages(ORDERS, limit="100"))

    orders = [order for page in pages for order in page["_embedded"]["orders"]]
    assert len({(order.get("customer_id"), order["id"]) for order in orders}) == len(orders) > 400
    dated = [order["purchase_datetime"] for order in orders if order.get("purchase_datetime")]
    assert dated == sorted(dated, reverse=True)


def test_customer_without_orders_has_an_empty_list(family: FamilyClient) -> None:
    page = family.read(orders_path("C-2017"))

    assert page["_embedded"] == {"orders": []}
    assert page["_links"].keys() == {"self"}


def test_orders_of_the_account_where_nothing_is_found_have_no_embedded(family: FamilyClient) -> None:
    page = family.read(ORDERS, {"search": "#NOSUCHNUMBER"})

    assert page.keys() == {"_links"}


def test_orders_of_an_unknown_customer_are_not_found(family: FamilyClient) -> None:
    response = family.send(orders_path("C-9999"))

    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("search", ["#Y34DHR", "Y34DHR", "y34dhr", "34DH"])
def test_order_is_found_by_any_part_of_its_number(family: FamilyClient, search: str) -> None:
    in_account = family.read(ORDERS, {"search": search})["_embedded"]["orders"]
    of_customer = family.read(orders_path("C-2011"), {"search": search})["_embedded"]["orders"]

    assert [order["order_number"] for order in in_account] == ["#Y34DHR"]
    assert of_customer == in_account


def test_order_of_another_customer_is_not_found_in_a_customers_list(family: FamilyClient) -> None:
    assert order_ids(family.read(orders_path("C-1001"), {"search": "Y34DHR"})) == []


def test_orders_by_brand_are_those_of_the_shop(family: FamilyClient) -> None:
    brands = [
        order["brand"]
        for page in family.pages(ORDERS, brand="Casa Lindeira", limit="50")
        for order in page["_embedded"]["orders"]
    ]

    assert len(brands) > 60
    assert set(brands) == {"Casa Lindeira"}
    assert order_ids(family.read(MANY, {"brand": "Tarnvik"})) == []


@pytest.mark.parametrize("field", ["purchase_datetime", "order_number", "items_number"])
@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_order_by_field_sorts_over_all_pages(family: FamilyClient, field: str, direction: str) -> None:
    pages = family.pages(MANY, order_by=f"{field}:{direction}", limit="25")

    column = [order[field] for page in pages for order in page["_embedded"]["orders"]]
    assert len(column) == 60
    assert column == sorted(column, reverse=direction == "desc")


@pytest.mark.parametrize("path", [ORDERS, MANY, orders_path("C-2007", CONNECTIONS)])
@pytest.mark.parametrize(
    ("params", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=some", "limit"),
        ("limit=5&limit=5", "limit"),
        ("order_by=price:asc", "order_by"),
        ("order_by=purchase_datetime", "order_by"),
        ("cursor=", "cursor"),
        ("cursor=forged", "cursor"),
        ("cursor=AAAAAAAAABQAAAAAAAAAAAAAAAAAAAAA", "cursor"),
        ("search=", "search"),
        ("page=2", "page"),
        ("status=paid", "status"),
        ("Search=a", "Search"),
    ],
)
def test_orders_with_wrong_parameter_are_a_bad_request_that_names_it(
    family: FamilyClient, path: str, params: str, field: str
) -> None:
    response = family.send(path, params)

    assert response.status_code == 400
    assert fault_fields(response) == [field]


def _cursor(family: FamilyClient, path: str, **params: str) -> str:
    cursor = next_cursor(family.read(path, params))
    assert cursor is not None
    return cursor


@pytest.mark.parametrize(
    ("path", "params"),
    [
        (ORDERS, {"brand": "Casa Lindeira"}),
        (orders_path("C-1001"), {"brand": "Casa Lindeira"}),
        (orders_path("C-2007", CONNECTIONS), {"brand": "Casa Lindeira"}),
        (MANY, {}),
        (MANY, {"brand": "Casa Lindeira", "search": "A"}),
        (MANY, {"brand": "Casa Lindeira", "order_by": "order_number:asc"}),
        ("/erc/ecommerce/customers/C-2007/orders/A-30012/items", {"brand": "Casa Lindeira"}),
    ],
)
def test_cursor_in_another_list_is_a_bad_request(family: FamilyClient, path: str, params: dict[str, str]) -> None:
    cursor = _cursor(family, MANY, brand="Casa Lindeira")

    response = family.send(path, {**params, "cursor": cursor})

    assert response.status_code == 400
    assert fault_fields(response) == ["cursor"]


def test_cursor_goes_on_with_another_limit(family: FamilyClient) -> None:
    everything = order_ids(family.read(MANY, {"limit": "100"}))

    page = family.read(MANY, {"limit": "3", "cursor": _cursor(family, MANY, limit="10")})

    assert order_ids(page) == everything[10:13]


def test_next_link_works_as_it_is(family: FamilyClient) -> None:
    first = family.read(orders_path("kunde/ä 7"), {"limit": "1", "order_by": "order_number:asc"})

    second = family.read(first["_links"]["next"]["href"])

    assert second["_links"]["self"]["href"] == first["_links"]["next"]["href"]
    assert sorted(order_ids(first) + order_ids(second)) == ["50%25 + ½", "a/b#c?d%é"]


def test_every_order_of_the_lists_leads_to_its_items(family: FamilyClient) -> None:
    orders: list[dict[str, Any]] = [
        order for page in family.pages(orders_path("C-2007"), limit="30") for order in page["_embedded"]["orders"]
    ]

    counts = [
        len(family.read(f"{orders_path('C-2007')}/{order['id']}/items")["_embedded"]["items"])
        for order in orders[::6]
    ]

    assert counts == [order["items_number"] for order in orders[::6]]
