from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from orders.erc.addresses import Address
from orders.erc.amounts import Price
from orders.erc.customers import Customer, IntegrationInfo
from orders.erc.decode_customers import decode_customer
from orders.erc.errors import InvalidResponse
from orders.erc.timestamps import Timestamp

CUSTOMER = {
    "id": "C-1",
    "first_name": "Ana",
    "last_name": "Sá",
    "customer_since": "2020-01-02T03:04:05Z",
    "addresses": [{"city": "Porto", "default": True}, {"city": "Faro"}],
    "integration_info": {"external_url": "https://shop.example/admin/1", "type": "shopify"},
    "average_order_value": {"value": 10.10, "currency": "EUR"},
    "brand": "Arda",
    "custom_fields": {"vip": True},
    "_links": {"self": {"href": "x"}},
}


def customer(**changes: Any) -> Customer:
    return decode_customer(json.dumps({**CUSTOMER, **changes}).encode())


def test_customer_with_every_field_is_decoded_whole() -> None:
    read = customer()

    assert read == Customer(
        "C-1",
        "Ana",
        "Sá",
        Timestamp("2020-01-02T03:04:05Z"),
        (Address(city="Porto", default=True), Address(city="Faro")),
        IntegrationInfo("https://shop.example/admin/1", "shopify"),
        Price(Decimal("10.1"), "EUR"),
        "Arda",
        {"vip": True},
    )
    assert read.customer_since is not None
    assert read.customer_since.value == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_customer_without_anything_optional_needs_the_id_alone() -> None:
    optional = [field.name for field in msgspec.structs.fields(Customer) if not field.required]

    assert decode_customer(json.dumps({"id": 5, **dict.fromkeys(optional)}).encode()) == Customer("5")


@pytest.mark.parametrize(
    "given",
    [
        {"shipping_addresses": [{"city": "Porto"}]},
        {"shipping_addresses": {"city": "Porto"}},
        {"addresses": {"city": "Porto"}},
        {"addresses": {"7": {"city": "Porto"}}},
        {"addresses": [{"city": "Porto"}], "shipping_addresses": [{"city": "Porto"}]},
        {"addresses": [None, {}, {"city": "Porto"}]},
    ],
)
def test_addresses_are_read_in_both_forms(given: dict[str, Any]) -> None:
    read = decode_customer(json.dumps({"id": "C-1", **given}).encode())

    assert (read.addresses, read.defaulted) == ((Address(city="Porto"),), ())


def test_many_addresses_are_read_up_to_a_bound() -> None:
    read = customer(addresses=[{"city": str(number)} for number in range(50_000)])

    assert len(read.addresses) == 200


@pytest.mark.parametrize(
    ("name", "given", "where"),
    [
        ("first_name", [1], "first_name"),
        ("customer_since", True, "customer_since"),
        ("addresses", "Porto", "addresses[0]"),
        ("addresses", [{"default": "yes"}], "addresses[0].default"),
        ("integration_info", "shop", "integration_info"),
        ("average_order_value", {"value": "much"}, "average_order_value"),
    ],
)
def test_detail_of_a_customer_that_cannot_be_read_is_noted(name: str, given: Any, where: str) -> None:
    read = customer(**{name: given})

    assert (read.id, read.brand) == ("C-1", "Arda")
    assert [note.where for note in read.defaulted] == [where]


@pytest.mark.parametrize("fields", [{"first_name": "Ana"}, {"id": None}, {"id": []}, {"customer_id": "C-1"}])
def test_customer_without_an_id_is_an_invalid_response(fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidResponse):
        decode_customer(json.dumps(fields).encode())
