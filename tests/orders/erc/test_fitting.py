"""What the fields of an entry may be instead of what docs/api-reference.md says, read through a page of items."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from orders.erc.after_sales import PaymentDetail
from orders.erc.decode import decode_items_page
from orders.erc.fitting import Notes, read_struct
from orders.erc.schema import Delivery, Item, StatusInfo, TrackingInfo, Unreadable
from orders.erc.timestamps import Timestamp
from tests.orders.erc.test_decode import body
from tests.support.stub_erc import item, page

pytestmark = pytest.mark.usefixtures("annotations_read_anew")


def test_item_needs_nothing_but_an_id_and_a_name() -> None:
    decoded = decode_items_page(body(b'{"id":"1","name":"n"}'))

    assert decoded.items == (Item(id="1", name="n"),)
    assert (decoded.defaulted, decoded.unreadable, decoded.items_beyond) == ((), (), 0)


def test_delivery_status_and_tracking_need_nothing() -> None:
    deliveries = [
        {"delivery_quantity": 1},
        {"id": None, "latest_status_info": {"status_date_time": "2026-11-26"}},
        {"tracking_info": {"external_url": "https://t.example/"}},
    ]

    decoded = decode_items_page(json.dumps(page(item(deliveries=deliveries))).encode())

    assert decoded.items[0].deliveries == (
        Delivery(delivery_quantity=1),
        Delivery(latest_status_info=StatusInfo(None, Timestamp("2026-11-26"))),
        Delivery(tracking_info=TrackingInfo(None, "https://t.example/")),
    )
    assert decoded.defaulted == ()


def test_optional_field_of_wrong_type_is_left_out_and_noted() -> None:
    content = json.dumps(page(item("a", quantity="many", brand=True, sku="S-1", image_url={"a": 1}))).encode()

    decoded = decode_items_page(content)

    assert decoded.items[0].sku == "S-1"
    assert (decoded.items[0].quantity, decoded.items[0].brand) == (None, None)
    assert [(entry.where, entry.reason) for entry in decoded.defaulted] == [
        ("items[0].brand", "Expected `str`, got `bool`"),
        ("items[0].image_url", "Expected `str`, got `object`"),
        ("items[0].quantity", "it is not a number"),
    ]


@pytest.mark.parametrize(("given", "name"), [(1, "int"), ({"a": 1}, "object"), ([True], "array"), ("yes", "str")])
def test_flag_that_is_none_is_left_out_and_noted(given: Any, name: str) -> None:
    notes: Notes = []

    read = read_struct(PaymentDetail, {"card_brand": "VISA", "is_refunded": given}, "detail", notes)

    assert read == PaymentDetail(card_brand="VISA")
    assert notes == [Unreadable("detail.is_refunded", f"Expected `bool`, got `{name}`")]


@pytest.mark.parametrize("nothing", [None, {}, []])
def test_optional_field_that_says_nothing_is_left_out_without_a_notice(nothing: Any) -> None:
    names = [field.name for field in msgspec.structs.fields(Item) if not field.required]
    bare = {name: nothing for name in names if name != "deliveries_beyond"}

    decoded = decode_items_page(json.dumps(page({"id": "1", "name": "n", **bare})).encode())

    assert msgspec.structs.replace(decoded.items[0], deliveries=None, custom_fields=None) == Item(id="1", name="n")
    assert decoded.defaulted == ()


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        ("12345", "12345"),
        ("-7", "-7"),
        ("1e400", "1e400"),
        ("1.10", "1.10"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("9" * 5000, "9" * 5000),
        ("1e99999999999999999999", "1e99999999999999999999"),
    ],
)
def test_number_that_stands_for_text_is_its_own_digits(literal: str, text: str) -> None:
    raw = '{"id":X,"name":X,"sku":X,"deliveries":[{"id":X,"tracking_info":{"tracking_number":X}}]}'.replace(
        "X", literal
    )

    decoded = decode_items_page(body(raw.encode()))

    (read,) = decoded.items
    (delivery,) = read.deliveries or ()
    assert (read.id, read.name, read.sku, delivery.id) == (text, text, text, text)
    assert delivery.tracking_info == TrackingInfo(text)
    assert type(read.id) is str
    assert decoded.defaulted == ()


@pytest.mark.parametrize(
    ("deliveries", "ids"),
    [
        ({}, []),
        ([], []),
        ({"0": {"id": "d1"}, "2": {"id": "d2"}}, ["d1", "d2"]),
        ({"b": {"id": "d1"}, "a": {"id": "d2"}}, ["d1", "d2"]),
        ({"id": "d1", "carrier": "USPS"}, ["d1"]),
        ({"latest_status_info": {"type": "DELIVERED"}}, [None]),
        ([None, {"id": "d1"}], ["d1"]),
    ],
)
def test_deliveries_may_be_a_map_of_entries_or_one_alone(deliveries: Any, ids: list[str | None]) -> None:
    decoded = decode_items_page(json.dumps(page(item(deliveries=deliveries))).encode())

    assert [delivery.id for delivery in decoded.items[0].deliveries or ()] == ids
    assert decoded.defaulted == ()


@pytest.mark.parametrize("deliveries", ["none", 3, True])
def test_deliveries_that_are_no_list_are_noted(deliveries: Any) -> None:
    decoded = decode_items_page(json.dumps(page(item(deliveries=deliveries))).encode())

    assert [note.where for note in decoded.defaulted] == ["items[0].deliveries"]


@pytest.mark.parametrize("stamp", ["1790000000", "1790000000000", '"1790000000"', "1790000000.5", "1.79e9"])
def test_timestamp_may_be_a_number(stamp: str) -> None:
    raw = b'{"id":"1","name":"n","deliveries":[{"last_update":' + stamp.encode() + b"}]}"

    decoded = decode_items_page(body(raw))

    read = (decoded.items[0].deliveries or ())[0].last_update
    assert read is not None
    assert isinstance(read.value, datetime)
    assert read.value.replace(microsecond=0) == datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC)
    assert decoded.defaulted == ()


@pytest.mark.parametrize("blank", ["", "  "])
def test_blank_text_is_the_same_whichever_way_the_item_is_read(blank: str) -> None:
    fields = {
        "name": blank,
        "sku": blank,
        "price": {"value": 1, "currency": blank},
        "deliveries": [{"id": blank, "last_update": blank}],
    }
    content = json.dumps(page({"id": "1", **fields}, {"id": 1, **fields})).encode()

    decoded = decode_items_page(content)

    assert decoded.items[0] == decoded.items[1]
    assert decoded.defaulted == ()


@pytest.mark.parametrize(
    "fields",
    [
        b'"custom_fields": {}',
        b'"deliveries": []',
        b'"deliveries": [{}]',
        b'"deliveries": [{"latest_status_info": {}, "tracking_info": {}}]',
        b'"deliveries": [{"last_update": 1.5e9}]',
        b'"deliveries": [{"last_update": 1764000000.10}]',
        b'"deliveries": [{"shipping_date": 99999999999999999999}]',
    ],
)
def test_item_is_the_same_whichever_way_it_is_read(fields: bytes) -> None:
    entry = b'{"id": "a", "name": "n", ' + fields + b"}"

    swift, slow = (decode_items_page(body(entry, rest=rest)) for rest in (b"", b', "odd": NaN'))

    assert slow == swift
    assert swift.defaulted == ()


def test_timestamp_that_is_no_text_and_no_number_is_left_out_and_noted() -> None:
    deliveries = [{"id": "d", "last_update": True, "shipping_date": {"day": 1}}]

    decoded = decode_items_page(json.dumps(page(item(deliveries=deliveries))).encode())

    assert [note.where for note in decoded.defaulted] == [
        "items[0].deliveries[0].last_update",
        "items[0].deliveries[0].shipping_date",
    ]


def test_unreadable_delivery_leaves_the_item_and_its_other_deliveries() -> None:
    deliveries = [{"id": "d1"}, {"no": "id"}, "x", {"id": "d2", "latest_status_info": {"type": True}}]
    content = json.dumps(page(item(deliveries=deliveries))).encode()

    decoded = decode_items_page(content)

    assert [delivery.id for delivery in decoded.items[0].deliveries or ()] == ["d1", None, "d2"]
    assert [note.where for note in decoded.defaulted] == [
        "items[0].deliveries[2]",
        "items[0].deliveries[3].latest_status_info.type",
    ]


def test_custom_fields_are_any_json_with_every_digit() -> None:
    given = (
        b'{"a":1.10,"b":[1,{"c":null}],"d":12345678901234567890123,"e":1e400,"f":true,"g":' + b"9" * 5000 + b"}"
    )
    raw = b'{"id":1,"name":"n","custom_fields":' + given + b"}"

    decoded = decode_items_page(body(raw, rest=b',"custom_fields":' + given))

    for read in (decoded.items[0].custom_fields, decoded.custom_fields):
        assert read == {
            "a": Decimal("1.10"),
            "b": [1, {"c": None}],
            "d": 12345678901234567890123,
            "e": Decimal("1e400"),
            "f": True,
            "g": Decimal("9" * 5000),
        }
        assert str(read["a"]) == "1.10"
    assert decoded.defaulted == ()
