from __future__ import annotations

import json
from typing import Any

import pytest

from orders.admin.inspector.ignored_fields import ignored_fields
from orders.erc.paths import EndpointName
from tests.support.family import (
    CONTACTS,
    CUSTOMERS,
    ORDERS,
    address,
    contact,
    contacts_page,
    customer,
    order,
    orders_page,
    recent_order,
    step,
)
from tests.support.stub_erc import item, page


def encoded(*items: Any, **more: Any) -> bytes:
    return json.dumps(page(*items, **more)).encode()


def test_ignored_fields_are_found_wherever_they_stand() -> None:
    delivery = {
        "id": "d",
        "drone": 1,
        "latest_status_info": {"type": "DELIVERED", "mood": "good"},
        "tracking_info": {"tracking_number": "1", "hub": "X"},
    }
    strange = item("a", colour="red", price={"value": 1, "currency": "EUR", "tax": 2}, deliveries=[delivery, 5])
    content = {**page(strange, None, item("b", size="L")), "count": 2}
    content["_embedded"]["sellers"] = []

    assert ignored_fields(EndpointName.ITEMS, json.dumps(content).encode()) == (
        "count",
        "_embedded.sellers",
        "items[0].colour",
        "items[0].price.tax",
        "items[0].deliveries[0].drone",
        "items[0].deliveries[0].latest_status_info.mood",
        "items[0].deliveries[0].tracking_info.hub",
        "items[2].size",
    )


def test_known_fields_are_not_ignored() -> None:
    content = page(item("a", sku="S", deliveries={"0": {"id": "d"}}), refunds=[], id="p", custom_fields={"x": 1})
    content["_embedded"] |= {"refunds": [{"any": 1}], "returns": []}
    del content["refunds"]

    assert ignored_fields(EndpointName.ITEMS, json.dumps(content).encode()) == ()


def test_ignored_fields_end_after_two_hundred() -> None:
    found = ignored_fields(EndpointName.ITEMS, encoded(*(item(f"i{number}", odd=1) for number in range(300))))

    assert (len(found), found[-1]) == (200, "items[199].odd")


def test_ignored_fields_are_looked_for_as_far_as_is_read() -> None:
    plain = [item(f"i{number}") for number in range(1000)]
    deliveries = [{"id": "d"}] * 200

    assert ignored_fields(EndpointName.ITEMS, encoded(*plain[1:], item("at", odd=1), item("beyond", odd=1))) == (
        "items[999].odd",
    )
    assert ignored_fields(
        EndpointName.ITEMS, encoded(item(deliveries=[*deliveries[1:], {"odd": 1}, {"odd": 1}]))
    ) == ("items[0].deliveries[199].odd",)


@pytest.mark.parametrize(
    "deliveries", [{"0": {"id": "d", "drone": 1}}, [{"id": "d", "drone": 1}], {"id": "d", "drone": 1}]
)
def test_ignored_fields_of_a_map_of_entries_are_found(deliveries: Any) -> None:
    assert ignored_fields(EndpointName.ITEMS, encoded(item(deliveries=deliveries))) == (
        "items[0].deliveries[0].drone",
    )


def test_ignored_fields_of_a_body_with_oddities_are_found() -> None:
    content = encoded(item(odd=float("nan")))

    assert ignored_fields(EndpointName.ITEMS, b"\xef\xbb\xbf" + content) == ("items[0].odd",)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"5", b"\xff", b"[" * 100_000, b'{"_embedded":5}', b'{"_embedded":{"items":5}}'],
)
def test_body_that_is_no_page_has_no_ignored_fields(body: bytes) -> None:
    assert ignored_fields(EndpointName.ITEMS, body) == ()


@pytest.mark.parametrize(
    ("endpoint", "content", "found"),
    [
        (
            EndpointName.CUSTOMERS,
            {**contacts_page(contact(vip=1), {"id": "C-2", "tags": []}), "sorted": True},
            ("sorted", "contacts[0].vip", "contacts[1].tags"),
        ),
        (
            EndpointName.CUSTOMER,
            {
                **customer(
                    addresses=[address(floor=1)], average_order_value={"value": 1, "currency": "EUR", "tax": 2}
                ),
                "shipping_addresses": [address(floor=1)],
                "integration_info": {"external_url": "https://shop.example", "type": "x", "shop": "y"},
                "email": "ines@mail.example",
                "_links": {},
            },
            (
                "email",
                "addresses[0].floor",
                "integration_info.shop",
                "average_order_value.tax",
                "shipping_addresses[0].floor",
            ),
        ),
        (
            EndpointName.CUSTOMER_ORDERS,
            {**orders_page(order(payment_details={"card_number": "1", "holder": "I"})), "total": 1},
            ("total", "orders[0].payment_details.holder"),
        ),
        (
            EndpointName.ORDERS,
            orders_page(order(price_summary={"final_total_amount": {"value": 1, "net": 1}, "tips": 1})),
            ("orders[0].price_summary.tips", "orders[0].price_summary.final_total_amount.net"),
        ),
        (
            EndpointName.ORDER,
            {**order(shipping_address=address(floor=1), gift=True), "_links": {}},
            ("gift", "shipping_address.floor"),
        ),
        (
            EndpointName.RECENT_ORDER,
            recent_order("O-1", {**step(), "by": "x"}, highlighted_item=item(colour="red"), items_number=1),
            ("items_number", "highlighted_item.colour", "status_info[0].by"),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_ignored_fields_of_each_endpoint_are_found(
    endpoint: EndpointName, content: dict[str, Any], found: tuple[str, ...]
) -> None:
    assert ignored_fields(endpoint, json.dumps(content).encode()) == found


@pytest.mark.parametrize(
    ("endpoint", "content"),
    [
        (EndpointName.CUSTOMERS, contacts_page(*CONTACTS)),
        (EndpointName.CUSTOMER, CUSTOMERS[0]),
        (EndpointName.CUSTOMER_ORDERS, orders_page(*ORDERS, next_cursor="c")),
        (EndpointName.ORDERS, orders_page(*ORDERS)),
        (EndpointName.ORDER, ORDERS[0]),
        (EndpointName.RECENT_ORDER, recent_order()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_endpoint_that_keeps_to_the_reference_has_no_ignored_fields(
    endpoint: EndpointName, content: dict[str, Any]
) -> None:
    assert ignored_fields(endpoint, json.dumps(content).encode()) == ()
