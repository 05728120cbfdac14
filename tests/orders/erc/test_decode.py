from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from orders.erc.decode import decode_items_page
from orders.erc.errors import InvalidResponse
from tests.stub_erc import item, page

WHOLE_ITEM = b"""{
  "id": "i1", "name": "Kettle", "description": "Boils", "brand": "Arda",
  "price": {"value": 10.10, "currency": "EUR"}, "image_url": "https://cdn.example/k.png", "quantity": 3,
  "sku": "K-1", "deliverable_quantity": 1, "refundable_quantity": 2, "custom_fields": {"engraving": 1.10},
  "something_new": true,
  "deliveries": [{
    "id": "d1", "delivery_quantity": 2,
    "latest_status_info": {"type": "IN_TRANSIT", "status_date_time": "2021-10-23T12:16:50.078Z"},
    "tracking_info": {"tracking_number": "#USPS 123456789", "external_url": "https://usps.example/1"},
    "last_update": "2021-10-23T13:00:00Z", "carrier": "USPS", "delivery_type": "HOME", "service_level": "Express",
    "description": "Left at the door", "delivery_date_start": "2021-10-24", "delivery_date_end": "2021-10-25",
    "shipping_date": "2021-10-22", "returnable_quantity": 1
  }]
}"""


def body(*items: bytes, rest: bytes = b"") -> bytes:
    return b'{"_embedded":{"items":[' + b",".join(items) + b']},"_links":{"self":{"href":"x"}}' + rest + b"}"


def test_item_with_every_field_is_decoded_whole() -> None:
    decoded = decode_items_page(body(WHOLE_ITEM)).items[0]

    delivery = (decoded.deliveries or ())[0]
    assert decoded.price.value == Decimal("10.10")
    assert str(decoded.price.value) == "10.10"
    assert (decoded.brand, decoded.sku, decoded.quantity) == ("Arda", "K-1", 3)
    assert (decoded.deliverable_quantity, decoded.refundable_quantity) == (1, 2)
    assert decoded.custom_fields == {"engraving": Decimal("1.10")}
    assert delivery.latest_status_info is not None
    assert delivery.latest_status_info.status_date_time is not None
    assert delivery.latest_status_info.status_date_time.value == datetime(2021, 10, 23, 12, 16, 50, 78000, UTC)
    assert delivery.tracking_info is not None
    assert delivery.tracking_info.tracking_number == "#USPS 123456789"
    assert delivery.delivery_date_start is not None
    assert delivery.delivery_date_start.value == date(2021, 10, 24)
    assert (delivery.carrier, delivery.service_level, delivery.returnable_quantity) == ("USPS", "Express", 1)


@pytest.mark.parametrize("literal", ["10.10", "0.1", "12345678901234567.89", "100", "-3.50"])
def test_price_keeps_every_digit(literal: str) -> None:
    raw = b'{"id":"1","name":"n","price":{"value":' + literal.encode() + b',"currency":"EUR"}}'

    decoded = decode_items_page(body(raw)).items[0]

    assert str(decoded.price.value) == literal


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999999", "-1e999999"])
def test_price_beyond_all_bounds_makes_the_item_unreadable(value: str) -> None:
    raw = json.dumps(item(price={"value": value, "currency": "EUR"})).encode()

    decoded = decode_items_page(body(raw, WHOLE_ITEM))

    assert [entry.id for entry in decoded.items] == ["i1"]
    assert len(decoded.unreadable) == 1


def test_optional_fields_that_are_null_equal_absent_ones() -> None:
    optional = ["description", "brand", "image_url", "quantity", "sku", "deliverable_quantity", "deliveries"]
    nulls = json.dumps(item("a", **dict.fromkeys([*optional, "refundable_quantity", "custom_fields"]))).encode()
    absent = json.dumps(item("a")).encode()

    decoded = decode_items_page(body(nulls, absent))

    assert decoded.items[0] == decoded.items[1]
    assert decoded.defaulted == ()


MALFORMED: list[Any] = [
    None,
    "text",
    7,
    [],
    {},
    {"id": 1, "name": "n", "price": {"value": 1, "currency": "EUR"}},
    {"id": "1", "name": None, "price": {"value": 1, "currency": "EUR"}},
    {"id": "1", "name": "n", "price": 5},
    {"id": "1", "name": "n", "price": {"value": "abc", "currency": "EUR"}},
    {"id": "1", "name": "n", "price": {"value": True, "currency": "EUR"}},
]


@pytest.mark.parametrize("malformed", MALFORMED)
def test_malformed_entry_is_counted_and_leaves_the_others(malformed: Any) -> None:
    content = json.dumps(page(item("a"), malformed, item("b"))).encode()

    decoded = decode_items_page(content)

    assert [entry.id for entry in decoded.items] == ["a", "b"]
    assert [entry.where for entry in decoded.unreadable] == ["items[1]"]


def test_optional_field_of_wrong_type_is_left_out_and_noted() -> None:
    content = json.dumps(page(item("a", quantity="many", brand=5, sku="S-1", image_url={}))).encode()

    decoded = decode_items_page(content)

    assert decoded.items[0].sku == "S-1"
    assert (decoded.items[0].quantity, decoded.items[0].brand) == (None, None)
    assert {entry.where for entry in decoded.defaulted} == {
        "items[0].quantity",
        "items[0].brand",
        "items[0].image_url",
    }


@pytest.mark.parametrize("value", [2.0, "2", 2])
def test_count_that_says_two_is_two(value: Any) -> None:
    content = json.dumps(page(item(quantity=value))).encode()

    decoded = decode_items_page(content)

    assert decoded.items[0].quantity == 2


def test_unreadable_delivery_leaves_the_item_and_its_other_deliveries() -> None:
    deliveries = [{"id": "d1"}, {"no": "id"}, None, {"id": "d2", "latest_status_info": {"type": 3}}]
    content = json.dumps(page(item(deliveries=deliveries))).encode()

    decoded = decode_items_page(content)

    assert [delivery.id for delivery in decoded.items[0].deliveries or ()] == ["d1", None, "d2"]
    assert len(decoded.defaulted) == 2


def test_escaped_half_characters_do_not_take_the_page_down() -> None:
    raw = rb'{"id":"1","name":"a \ud800 b \\ud800 \ud83d\ude00","price":{"value":1,"currency":"EUR"}}'

    decoded = decode_items_page(body(raw, WHOLE_ITEM))

    assert [entry.name for entry in decoded.items] == ["a � b \\ud800 😀", "Kettle"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html></html>",
        b"null",
        b"[]",
        b"{}",
        b'{"_embedded":{}}',
        b'{"_embedded":{"items":null}}',
        b'{"_embedded":{"items":{}}}',
        b'{"_embedded":{"items":[]}',
        b'{"_embedded":{"items":[NaN]}}',
        b'{"_embedded":{"items":[{"id":"\xff"}]}}',
        b"[" * 100_000,
        b'{"_embedded":{"items":[' + b"[" * 100_000 + b"]" * 100_000 + b"]}}",
    ],
)
def test_body_of_another_shape_is_an_invalid_response(content: bytes) -> None:
    with pytest.raises(InvalidResponse):
        decode_items_page(content)


@pytest.mark.parametrize(
    ("links", "cursor", "unusable"),
    [
        ({}, None, False),
        (None, None, False),
        ({"next": None}, None, False),
        ({"next": {}}, None, False),
        ({"next": {"href": None}}, None, False),
        ({"next": {"href": "https://api.example/items?cursor=abc&limit=20"}}, "abc", False),
        ({"next": {"href": "http://elsewhere.example/?cursor=a%2Bb%3D%3D"}}, "a+b==", False),
        ({"next": {"href": "?cursor=abc"}}, "abc", False),
        ({"next": {"href": "/items?page=2"}}, None, True),
        ({"next": {"href": "http://[broken?cursor=a"}}, None, True),
        ({"next": {"href": 5}}, None, True),
        ({"next": "https://api.example/?cursor=a"}, None, True),
    ],
)
def test_next_page_is_taken_as_a_cursor_only(links: Any, cursor: str | None, unusable: bool) -> None:
    content = json.dumps({"_embedded": {"items": []}, "_links": links}).encode()

    decoded = decode_items_page(content)

    assert (decoded.next_cursor, decoded.next_is_unusable) == (cursor, unusable)


def test_page_fields_are_read_and_wrong_ones_are_noted() -> None:
    good = decode_items_page(
        body(rest=b',"id":"p1","custom_fields":{"vip":true,"rate":0.10}').replace(
            b'"items":[]', b'"items":[],"refunds":[{"id":"r"}],"returns":[{"id":"t"},5]'
        )
    )
    bad = decode_items_page(body(rest=b',"custom_fields":[1]'))

    assert good.id == "p1"
    assert good.custom_fields == {"vip": True, "rate": Decimal("0.10")}
    assert [entry.fields for entry in good.refunds] == [{"id": "r"}]
    assert [entry.fields for entry in good.returns] == [{"id": "t"}]
    assert [entry.where for entry in good.defaulted] == ["returns[1]"]
    assert [entry.where for entry in bad.defaulted] == ["custom_fields"]
