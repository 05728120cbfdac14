from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from orders.erc.decode import decode_items_page
from orders.erc.errors import InvalidResponse
from orders.erc.schema import Delivery
from tests.support.stub_erc import item, page

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
    assert decoded.price is not None
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
    {"id": "1"},
    {"id": True, "name": "n"},
    {"id": ["1"], "name": "n"},
    {"id": "1", "name": None, "price": {"value": 1, "currency": "EUR"}},
    {"id": "1", "name": {"en": "n"}},
]


@pytest.mark.parametrize("malformed", MALFORMED)
def test_malformed_entry_is_counted_and_leaves_the_others(malformed: Any) -> None:
    content = json.dumps(page(item("a"), malformed, item("b"))).encode()

    decoded = decode_items_page(content)

    assert [entry.id for entry in decoded.items] == ["a", "b"]
    assert [entry.where for entry in decoded.unreadable] == ["items[1]"]


@pytest.mark.parametrize(
    ("items", "ids"),
    [
        ({}, []),
        ({"3": item("a"), "1": item("b")}, ["a", "b"]),
        (item("a"), ["a"]),
        ({"0": 5, "1": item("b")}, ["b"]),
    ],
)
def test_items_may_be_a_map_of_entries_or_one_alone(items: Any, ids: list[str]) -> None:
    decoded = decode_items_page(json.dumps({"_embedded": {"items": items}}).encode())

    assert [read.id for read in decoded.items] == ids


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
        b'{"_embedded":{"items":5}}',
        b'{"_embedded":[]}',
        b'{"_embedded":{"items":[]},"_embedded":{"items":[]}}',
        b'{"_embedded":{"items":[{"id":"1","id":"2","name":"n"}]}}',
        b'{"_embedded":{"items":[]}',
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
        ({"next": {"href": " ?cursor=abc\n"}}, "abc", False),
        ({"next": [{"href": "?cursor=abc"}]}, "abc", False),
        ({"next": {"href": ""}}, None, False),
        ({"next": {"href": "  "}}, None, False),
        ({"next": {"href": []}}, None, False),
        ({"next": {"href": {}}}, None, False),
        ({"next": {"href": False}}, None, False),
        ({"next": []}, None, False),
        ({"next": ""}, None, False),
        ({"next": False}, None, False),
        ([], None, False),
        ("", None, False),
        ({"next": {"href": "?cursor=" + "c" * 8000}}, "c" * 8000, False),
        ({"next": {"href": "?cursor=" + "c" * 8001}}, None, True),
        ({"next": {"href": "?cursor=%FF"}}, None, True),
        ({"next": {"href": "?cursor="}}, None, True),
        ({"next": {"href": "?" + "a=1&" * 99 + "cursor=abc"}}, "abc", False),
        ({"next": {"href": "?" + "a=1&" * 1000 + "cursor=abc"}}, None, True),
        ({"next": ["?cursor=a"]}, None, True),
        ({"next": 5}, None, True),
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
    bad = decode_items_page(body(rest=b',"custom_fields":[1],"id":{}'))

    assert good.id == "p1"
    assert good.custom_fields == {"vip": True, "rate": Decimal("0.10")}
    assert [entry.fields for entry in good.refunds] == [{"id": "r"}]
    assert [entry.fields for entry in good.returns] == [{"id": "t"}]
    assert [entry.where for entry in good.defaulted] == ["returns[1]"]
    assert [entry.where for entry in bad.defaulted] == ["custom_fields"]
    assert (bad.custom_fields, bad.id) == (None, None)


@pytest.mark.parametrize("nothing", [b"null", b"[]", b"{}", b'""'])
def test_page_fields_that_say_nothing_are_absent_without_a_notice(nothing: bytes) -> None:
    content = b'{"_embedded":{"items":[],"refunds":X,"returns":X},"custom_fields":X}'.replace(b"X", nothing)

    decoded = decode_items_page(content)

    assert (decoded.custom_fields, decoded.refunds, decoded.returns, decoded.defaulted) == (None, (), (), ())


def test_id_of_the_page_may_be_a_number() -> None:
    assert decode_items_page(body(rest=b',"id":77')).id == "77"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-32-le"])
def test_body_is_read_in_every_encoding_of_unicode(encoding: str) -> None:
    text = json.dumps(page(item("a", description="Größe ✓ 😀"), next_cursor="c"), ensure_ascii=False)

    decoded = decode_items_page(text.encode(encoding))

    assert [(read.id, read.description) for read in decoded.items] == [("a", "Größe ✓ 😀")]
    assert (decoded.next_cursor, decoded.defaulted) == ("c", ())


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbf", b"\xff\xfe\x00", b"\xff\xfe{\x00\x00\xd8", b'\xef\xbb\xbf{"a":"\xff"}']
)
def test_body_with_a_mark_and_nothing_good_behind_it_is_an_invalid_response(content: bytes) -> None:
    with pytest.raises(InvalidResponse):
        decode_items_page(content)


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_constant_that_is_no_json_costs_its_own_field_alone(constant: str) -> None:
    raw = (
        '{"id":"a","name":"n","brand":X,"quantity":X,"price":{"value":X,"currency":"EUR"},'
        '"custom_fields":{"w":X,"l":[1,X],"k":2},"deliveries":[{"id":X,"carrier":"USPS"}]}'
    )
    refunds = b'"items":[],"refunds":[{"id":"r","amount":X}]'.replace(b"X", constant.encode())
    content = body(rest=b',"custom_fields":{"rate":X,"vip":true}'.replace(b"X", constant.encode())).replace(
        b'"items":[]', refunds
    )

    decoded = decode_items_page(
        content.replace(b'"items":[]', b'"items":[' + raw.replace("X", constant).encode() + b"]")
    )

    (read,) = decoded.items
    assert (read.id, read.brand, read.quantity, read.price) == ("a", None, None, None)
    assert read.custom_fields == {"l": [1], "k": 2}
    assert read.deliveries == (Delivery(carrier="USPS"),)
    assert decoded.custom_fields == {"vip": True}
    assert [entry.fields for entry in decoded.refunds] == [{"id": "r"}]
    assert [note.where for note in decoded.defaulted] == [
        "items[0].price",
        "items[0].brand",
        "items[0].quantity",
        "items[0].deliveries[0].id",
        "items[0].custom_fields.w",
        "items[0].custom_fields.1",
        "refunds[0].amount",
        "custom_fields.rate",
    ]


def test_constant_in_place_of_an_entry_or_its_id_makes_that_entry_unreadable() -> None:
    decoded = decode_items_page(body(b"NaN", b'{"id":NaN,"name":"n"}', WHOLE_ITEM))

    assert [entry.where for entry in decoded.unreadable] == ["items[0]", "items[1]"]
    assert [entry.id for entry in decoded.items] == ["i1"]


def test_constant_or_a_long_number_that_nobody_asked_for_costs_nothing() -> None:
    decoded = decode_items_page(body(WHOLE_ITEM, rest=b',"x":NaN,"y":[' + b"1" * 5000 + b"]"))

    assert [entry.id for entry in decoded.items] == ["i1"]
    assert (decoded.unreadable, decoded.defaulted) == ((), ())


def test_body_that_was_checked_before_is_read_the_same() -> None:
    for content in (body(WHOLE_ITEM), body(WHOLE_ITEM, rest=b',"custom_fields":{"a":NaN,"b":1}')):
        assert decode_items_page(content, is_checked=True) == decode_items_page(content)


def test_key_that_stands_twice_is_looked_for_in_all_of_the_body() -> None:
    content = body(WHOLE_ITEM, rest=b',"unknown":{"a":1,"a":2}')

    with pytest.raises(InvalidResponse):
        decode_items_page(content)
    with pytest.raises(InvalidResponse):
        decode_items_page(content.replace(b"1,", b"NaN,"))
