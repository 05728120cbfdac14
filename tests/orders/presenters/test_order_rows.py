from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from orders.erc.decode_orders import decode_order
from orders.erc.orders import Order
from orders.presenters.dates import DateText
from orders.presenters.order_facts import Line
from orders.presenters.order_rows import OrderRowView, order_row
from tests.support.family import money, order

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)


def decoded(**fields: Any) -> Order:
    known: Order = decode_order(msgspec.json.encode(order(**fields)))
    return known


def row(known: Order, **options: Any) -> OrderRowView:
    return order_row(known, "/orders/", NOW, **options)


def test_row_says_number_day_age_items_and_total() -> None:
    shown = row(decoded(items_number=3, price_summary={"final_total_amount": money(14)}))

    assert shown.number == "#O-1"
    assert shown.placed == DateText("Sun, Jan 4", "2026-01-04T09:15:00+00:00")
    assert (shown.age, shown.items, shown.total) == ("3 days ago", "3 items", "€14.00")


def test_row_shows_the_total_to_its_last_digit_in_its_currency() -> None:
    body = msgspec.json.encode(order(price_summary={"final_total_amount": money(1, "JPY")}))
    known = decode_order(body.replace(b'"value":1,', b'"value":12345678901234567.89,'))

    assert row(known).total == "¥12,345,678,901,234,567.89"


def test_row_of_an_order_with_nothing_but_its_id_says_no_more() -> None:
    shown = row(Order(id="O-7"))

    assert shown == OrderRowView("O-7", "O-7", "", None, "", "", "", (), "")


@pytest.mark.parametrize(
    ("known", "asked", "link"),
    [
        (Order(id="O-1", customer_id="C-1"), "C-1", "/orders/?customer_id=C-1&order_id=O-1"),
        (Order(id="O-1", customer_id="C-1"), None, "/orders/?customer_id=C-1&order_id=O-1"),
        (Order(id="O 1/#", customer_id="Ç"), "Ç", "/orders/?customer_id=%C3%87&order_id=O+1%2F%23"),
        (Order(id="O-1"), "C-1", ""),
        (Order(id="O-1"), None, ""),
        (Order(id="O-1", customer_id=""), None, ""),
        (Order(id="O-1", customer_id="#Y34DHR", order_number="C-1"), "C-1", ""),
        (Order(id="O-1", customer_id="c-1"), "C-1", ""),
        (Order(id="../O-1", customer_id="C-1"), "C-1", ""),
        (Order(id="O-1", customer_id=".."), None, ""),
        (Order(id="", customer_id="C-1"), "C-1", ""),
    ],
)
def test_row_leads_to_the_items_only_where_they_are_the_customers(
    known: Order, asked: str | None, link: str
) -> None:
    assert row(known, customer_id=asked).link == link


def test_link_of_a_row_stays_at_the_surfaces_address() -> None:
    known = Order(id="O-1", customer_id="C-1")

    shown = order_row(known, "/orders/?customer_zone=Asia%2FTokyo", NOW)

    assert shown.link == "/orders/?customer_zone=Asia%2FTokyo&customer_id=C-1&order_id=O-1"


def test_row_says_each_status_once_as_it_came() -> None:
    known = decoded(
        status="Dispatched",
        delivery_status="dispatched",
        fulfillment_status="PARTLY_FULFILLED",
        payment_status="pending",
        cancellation_status="  ",
        return_status="Pending",
    )

    assert row(known).statuses == (
        Line("", "Dispatched"),
        Line("Fulfillment", "PARTLY_FULFILLED"),
        Line("Payment, Return", "pending"),
    )


@pytest.mark.parametrize(
    ("raw", "placed", "age"),
    [
        ("2027-03-01T00:00:00Z", DateText("Mon, Mar 1, 2027", "2027-03-01T00:00:00+00:00"), ""),
        ("soon\u202e", DateText("soon"), ""),
        ("0001-01-01T00:00:00Z", None, ""),
    ],
)
def test_row_of_an_order_from_no_past_day_has_no_age(raw: str, placed: DateText | None, age: str) -> None:
    shown = row(decoded(purchase_datetime=raw))

    assert (shown.placed, shown.age) == (placed, age)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://10.0.0.1/a.png", "//localhost/a.png", ""])
def test_row_shows_no_picture_of_an_address_that_is_not_public(address: str) -> None:
    assert row(decoded(order_extra_info={"highlighted_item_image_url": address})).picture == ""


def test_row_shows_the_picture_of_the_order() -> None:
    shown = row(decoded(order_extra_info={"highlighted_item_image_url": "https://shop.example/a.png"}))

    assert shown.picture == "https://shop.example/a.png"
