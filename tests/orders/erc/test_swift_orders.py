"""Orders of a list: what msgspec decodes is what reading field by field gives, and it leaves the rest alone."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from ercportal.demo.sandbox.wire import encode
from orders.erc.decode_orders import decode_order
from orders.erc.orders import Order
from orders.erc.swift_orders import decode_swiftly
from tests.orders.erc.test_decode_orders import ADDRESS, WHOLE, order
from tests.support.sandbox import shared_catalogue


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"order_number": "", "brand": None, "status": " "},
        {"shipping_addresses": [ADDRESS]},
        {"shipping_addresses": [], "shipping_address": ADDRESS},
        {"shipping_address": {"new": 1, "city": "Porto"}, "billing_address": {}},
        {"purchase_datetime": 1790000000, "items_number": 10**59},
        {
            "price_summary": {
                "taxes_amount": {"value": "1.50"},
                "final_total_amount": {"value": 7, "currency": None},
            }
        },
        {"payment_details": {"card_number": "4111 1111 1111 4242"}},
        {"custom_fields": {"a": [1, 1.5, {"card_number": 4111111111114242}], "b": "by 4111111111111111"}},
    ],
)
def test_usual_order_is_the_same_as_read_field_by_field(fields: dict[str, Any]) -> None:
    body = json.dumps(order(**fields)).encode()

    assert decode_swiftly(body) == decode_order(body)


def test_every_order_of_the_sandbox_is_usual() -> None:
    bodies = [encode(one.facts) for one in shared_catalogue().placed_orders()]

    assert [decode_swiftly(body) for body in bodies] == [decode_order(body) for body in bodies]


def test_amounts_keep_their_digits() -> None:
    found = decode_swiftly(WHOLE)

    assert found
    assert found == decode_order(WHOLE)
    assert found.price_summary
    assert found.price_summary.final_total_amount
    assert str(found.price_summary.final_total_amount.value) == "12345678901234567.890"
    assert found.custom_fields == {"rate": Decimal("1.10")}


@pytest.mark.parametrize(
    "fields",
    [
        {"id": 7},
        {"brand": 7},
        {"brand": {}},
        {"shipping_addresses": None},
        {"shipping_addresses": [None]},
        {"shipping_addresses": [{}]},
        {"shipping_addresses": [ADDRESS, ADDRESS]},
        {"shipping_addresses": [ADDRESS], "shipping_address": ADDRESS},
        {"shipping_address": {}},
        {"shipping_address": [ADDRESS]},
        {"items_number": "3"},
        {"items_number": 3.0},
        {"items_number": 10**60},
        {"purchase_datetime": 1.5},
        {"price_summary": {"taxes_amount": 1.5}},
        {"price_summary": {"taxes_amount": {"value": "NaN"}}},
        {"price_summary": {"taxes_amount": {"value": 1e61}}},
        {"price_summary": {"taxes_amount": {"value": "0." + "0" * 60 + "1"}}},
        {"payment_details": {"card_number": 4242}},
        {"·defaulted": [{"where": "brand", "reason": "made up"}]},
    ],
)
def test_unusual_order_is_left_to_be_read_field_by_field(fields: dict[str, Any]) -> None:
    body = json.dumps({**order(), **fields}).encode()

    assert decode_swiftly(body) is None


@pytest.mark.parametrize("body", [b"", b"7", b"[]", b"{}", b'{"id":"\\ud800"}', b'{"id":"1"'])
def test_what_is_no_order_is_left_alone(body: bytes) -> None:
    found: Order | None = decode_swiftly(body)

    assert found is None
