from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from ercportal.demo.sandbox.wire import encode
from orders.erc.addresses import Address
from orders.erc.amounts import Price
from orders.erc.decode_orders import decode_order, decode_orders_page, decode_recent_order
from orders.erc.orders import Order, OrderExtraInfo, OrdersPage, PaymentDetails, PriceSummary
from orders.erc.timestamps import Timestamp
from tests.support.sandbox import shared_catalogue

ADDRESS = {
    "id": "a-1",
    "first_name": "Ana",
    "last_name": "Sá",
    "phone_number": "+351910000000",
    "address": "Rua 1",
    "zip_code": "4000-001",
    "city": "Porto",
    "region_code": "PT-13",
    "country_code": "PT",
    "default": True,
}
TYPED_ADDRESS = Address(
    "a-1", "Ana", "Sá", "+351910000000", "Rua 1", "4000-001", "Porto", "PT-13", "PT", default=True
)
STATUSES = (
    "status",
    "cancellation_status",
    "fulfillment_status",
    "payment_status",
    "delivery_status",
    "return_status",
)
FLAGS = ("is_cancellable", "is_change_shipping_address_allowed", "is_refundable", "is_returnable")
AMOUNTS = tuple(field.name for field in msgspec.structs.fields(PriceSummary))
WHOLE = b"""{
  "id": "O-1", "order_number": "#Y34DHR", "customer_id": "C-1", "purchase_datetime": "2026-11-20T10:00:00Z",
  "delivery_type": "SHIPPING", "shipping_address": ADDRESS, "billing_address": ADDRESS, "items_number": 3,
  "price_summary": {"final_total_amount": {"value": 12345678901234567.890, "currency": "EUR"}},
  "payment_details": {"card_brand": "Visa", "card_brand_image_url": "https://cdn.example/v.png",
    "card_number": "4111111111114242"},
  "order_extra_info": {"highlighted_item_image_url": "https://cdn.example/k.png"},
  "status": "s", "cancellation_status": "c", "fulfillment_status": "f", "payment_status": "p",
  "delivery_status": "d", "return_status": "r", "is_cancellable": true,
  "is_change_shipping_address_allowed": false, "is_refundable": true, "is_returnable": false,
  "brand": "Arda", "custom_fields": {"rate": 1.10}, "something_new": [1], "_links": {"self": {"href": "x"}}
}""".replace(b"ADDRESS", json.dumps(ADDRESS).encode())


def order(order_id: Any = "O-1", **fields: Any) -> dict[str, Any]:
    return {"id": order_id, "order_number": f"#{order_id}", **fields}


def listed(orders: Any, **rest: Any) -> bytes:
    return json.dumps({"_embedded": {"orders": orders}, "_links": {"self": {"href": "x"}}, **rest}).encode()


def alone(**fields: Any) -> Order:
    return decode_order(json.dumps(order(**fields)).encode())


def test_order_with_every_field_is_decoded_whole() -> None:
    read = decode_order(WHOLE)

    assert (read.id, read.order_number, read.customer_id) == ("O-1", "#Y34DHR", "C-1")
    assert read.purchase_datetime is not None
    assert read.purchase_datetime.value == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert (read.delivery_type, read.items_number, read.brand) == ("SHIPPING", 3, "Arda")
    assert (read.shipping_addresses, read.billing_address) == ((TYPED_ADDRESS,), TYPED_ADDRESS)
    assert read.price_summary is not None
    assert read.price_summary.final_total_amount is not None
    assert str(read.price_summary.final_total_amount.value) == "12345678901234567.890"
    assert read.payment_details == PaymentDetails("Visa", "https://cdn.example/v.png", "4242")
    assert read.order_extra_info == OrderExtraInfo("https://cdn.example/k.png")
    assert [getattr(read, name) for name in STATUSES] == list("scfpdr")
    assert [getattr(read, name) for name in FLAGS] == [True, False, True, False]
    assert (read.custom_fields, read.defaulted) == ({"rate": Decimal("1.10")}, ())


@pytest.mark.parametrize("name", AMOUNTS)
def test_each_total_is_read_by_itself(name: str) -> None:
    read = alone(price_summary={name: {"value": 1, "currency": "EUR"}})

    assert read.price_summary == PriceSummary(**{name: Price(Decimal(1), "EUR")})


def test_order_in_a_list_is_the_same_as_by_itself() -> None:
    page = decode_orders_page(b'{"_embedded":{"orders":[' + WHOLE + b"]}}")

    assert page == OrdersPage(orders=(decode_order(WHOLE),))


def test_optional_fields_that_are_null_equal_absent_ones() -> None:
    optional = [field.name for field in msgspec.structs.fields(Order) if not field.required]
    nulls = {"id": "O-1", "shipping_address": None, **dict.fromkeys(optional)}

    page = decode_orders_page(listed([nulls, {"id": "O-1"}]))

    assert page.orders == (Order("O-1"), Order("O-1"))
    assert page.defaulted == ()


OTHER_TYPES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"id": 77, "order_number": 1001, "customer_id": 5}, {"id": "77", "order_number": "1001", "customer_id": "5"}),
    ({"items_number": "3"}, {"items_number": 3}),
    ({"items_number": 2.0}, {"items_number": 2}),
    ({"purchase_datetime": 1790000000}, {"purchase_datetime": Timestamp("1790000000")}),
    (
        {"price_summary": {"taxes_amount": 1.5}},
        {"price_summary": PriceSummary(taxes_amount=Price(Decimal("1.5")))},
    ),
    ({"status": 7}, {"status": "7"}),
    ({"shipping_address": [ADDRESS]}, {"shipping_addresses": (TYPED_ADDRESS,)}),
    ({"shipping_addresses": [ADDRESS]}, {"shipping_addresses": (TYPED_ADDRESS,)}),
    ({"shipping_addresses": ADDRESS}, {"shipping_addresses": (TYPED_ADDRESS,)}),
    ({"shipping_addresses": {"0": ADDRESS}}, {"shipping_addresses": (TYPED_ADDRESS,)}),
    ({"shipping_addresses": [ADDRESS], "shipping_address": ADDRESS}, {"shipping_addresses": (TYPED_ADDRESS,)}),
    (
        {"shipping_addresses": [{"city": "Faro"}, None, {}], "shipping_address": {"zip_code": 4000}},
        {"shipping_addresses": (Address(city="Faro"), Address(zip_code="4000"))},
    ),
    (
        {"payment_details": {"card_number": 4111111111114242}},
        {"payment_details": PaymentDetails(card_number="4242")},
    ),
    ({"custom_fields": []}, {}),
]


@pytest.mark.parametrize(("given", "expected"), OTHER_TYPES)
def test_value_of_another_type_with_the_same_meaning_is_read(
    given: dict[str, Any], expected: dict[str, Any]
) -> None:
    read = decode_order(json.dumps({"id": "O-1", **given}).encode())

    assert read == Order(**{"id": "O-1", **expected})


@pytest.mark.parametrize(
    ("name", "given", "where"),
    [
        ("order_number", {"a": 1}, "order_number"),
        ("customer_id", True, "customer_id"),
        ("purchase_datetime", True, "purchase_datetime"),
        ("items_number", "many", "items_number"),
        ("items_number", "1e999999", "items_number"),
        ("price_summary", [1], "price_summary"),
        ("price_summary", {"taxes_amount": {"value": "much"}}, "price_summary.taxes_amount"),
        ("payment_details", "Visa", "payment_details"),
        ("is_refundable", "yes", "is_refundable"),
        ("shipping_address", "Rua 1", "shipping_addresses[0]"),
        ("shipping_addresses", [{"city": [1]}], "shipping_addresses[0].city"),
        ("billing_address", "Rua 1", "billing_address"),
        ("custom_fields", 5, "custom_fields"),
    ],
)
def test_field_that_cannot_be_read_is_left_out_and_noted(name: str, given: Any, where: str) -> None:
    body = json.dumps({"id": "O-1", "brand": "Arda", name: given}).encode()

    read, page = decode_order(body), decode_orders_page(b'{"_embedded":{"orders":[' + body + b"]}}")

    assert (read.id, read.brand) == ("O-1", "Arda")
    assert [note.where for note in read.defaulted] == [where]
    assert [note.where for note in page.defaulted] == [f"orders[0].{where}"]
    assert "Rua" not in str(read.defaulted)


def test_every_order_of_the_sandbox_is_read_without_a_loss() -> None:
    placed = shared_catalogue().placed_orders()

    page = decode_orders_page(encode({"_embedded": {"orders": [one.facts for one in placed[:900]]}}))
    recent = [decode_recent_order(encode(one.most_recent)) for one in placed]

    assert len(placed) > 100
    assert (page.unreadable, page.defaulted) == ((), ())
    assert [read.id for read in page.orders] == [one.facts["id"] for one in placed[:900]]
    assert [read.defaulted for read in recent] == [()] * len(placed)
    for read, one in zip(page.orders, placed, strict=False):
        given = one.facts.get("shipping_address") or one.facts.get("shipping_addresses")
        assert bool(read.shipping_addresses) == bool(given)
        assert read.customer_id == one.facts.get("customer_id")
        assert len((read.payment_details and read.payment_details.card_number) or "") <= 4
