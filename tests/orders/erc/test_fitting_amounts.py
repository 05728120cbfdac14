"""What prices and counts may be instead of what docs/api-reference.md says, read through a page of items."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from orders.erc.decode import decode_items_page
from orders.erc.fitting import is_within_bounds
from orders.erc.schema import Price
from tests.orders.erc.test_decode import WHOLE_ITEM, body
from tests.support.stub_erc import item, page

pytestmark = pytest.mark.usefixtures("annotations_read_anew")


@pytest.mark.parametrize("literal", ["10.10", "0.1", "12345678901234567.89", "100", "-3.50"])
def test_price_keeps_every_digit(literal: str) -> None:
    raw = b'{"id":"1","name":"n","price":{"value":' + literal.encode() + b',"currency":"EUR"}}'

    decoded = decode_items_page(body(raw)).items[0]

    assert decoded.price is not None
    assert str(decoded.price.value) == literal


BEYOND = ["1e61", "-1e-61", "1" * 61, "0." + "1" * 61, "1e999999", "1e99999999999999999999", "9" * 5000]


@pytest.mark.parametrize("literal", [*BEYOND, '"NaN"', '"-Infinity"', '"abc"', '"10,10"', "true", "[1]", "NaN"])
def test_price_that_is_none_is_left_out_and_noted(literal: str) -> None:
    raw = b'{"id":"1","name":"n","price":{"value":' + literal.encode() + b',"currency":"EUR"}}'

    decoded = decode_items_page(body(raw, WHOLE_ITEM))

    assert [(entry.id, entry.price is None) for entry in decoded.items] == [("1", True), ("i1", False)]
    assert ([note.where for note in decoded.defaulted], decoded.unreadable) == (["items[0].price"], ())


@pytest.mark.parametrize("literal", ["1e60", "-1e-60", "1" * 60])
def test_price_at_the_bounds_is_read(literal: str) -> None:
    raw = b'{"id":"1","name":"n","price":{"value":' + literal.encode() + b',"currency":"EUR"}}'

    assert decode_items_page(body(raw)).items[0].price == Price(Decimal(literal), "EUR")


@pytest.mark.parametrize(
    ("number", "is_within"),
    [
        (10**60 - 1, True),
        (1 - 10**60, True),
        (10**60, False),
        (-(10**60), False),
        (Decimal("1e60"), True),
        (Decimal("1e61"), False),
        (Decimal("-1e-60"), True),
        (Decimal("-1e-61"), False),
        (Decimal("1." + "1" * 59), True),
        (Decimal("1." + "1" * 60), False),
        (Decimal("NaN"), False),
        (Decimal("-Infinity"), False),
    ],
)
def test_number_is_within_bounds_up_to_sixty_digits(number: int | Decimal, is_within: bool) -> None:
    assert is_within_bounds(number) is is_within


@pytest.mark.parametrize(
    ("price", "read"),
    [
        (None, None),
        ({}, None),
        ([], None),
        ("", None),
        ({"value": None, "currency": "EUR"}, None),
        ({"currency": "EUR"}, None),
        ({"value": 5}, Price(Decimal(5))),
        ({"value": 5, "currency": None}, Price(Decimal(5))),
        ({"value": "5.50", "currency": ""}, Price(Decimal("5.50"), "")),
        ({"value": "5.50", "currency": 978}, Price(Decimal("5.50"), "978")),
        ({"value": " 5.50 ", "currency": []}, Price(Decimal("5.50"))),
        (5.5, Price(Decimal("5.5"))),
        ("10.10", Price(Decimal("10.10"))),
    ],
)
def test_price_is_as_much_of_it_as_came_without_a_notice(price: Any, read: Price | None) -> None:
    decoded = decode_items_page(json.dumps(page(item(price=price))).encode())

    assert decoded.items[0].price == read
    assert (decoded.defaulted, decoded.unreadable) == ((), ())


def test_currency_that_cannot_be_read_leaves_the_amount_alone_and_is_noted() -> None:
    decoded = decode_items_page(json.dumps(page(item(price={"value": 5, "currency": {"code": "EUR"}}))).encode())

    assert decoded.items[0].price == Price(Decimal(5))
    assert [note.where for note in decoded.defaulted] == ["items[0].price.currency"]


@pytest.mark.parametrize(
    ("literal", "count"),
    [
        ("2", "2"),
        ("2.0", "2"),
        ('"2"', "2"),
        ('" 2 "', "2"),
        ('"2.00"', "2"),
        ("2e3", "2000"),
        ("-1", "-1"),
        ("18446744073709551617", "18446744073709551617"),
        ("123456789012345678901234567890.5", "123456789012345678901234567890.5"),
        ("0.5", "0.5"),
        ('"0.50"', "0.50"),
        ("1.25", "1.25"),
    ],
)
def test_count_is_exact_and_an_int_where_it_is_whole(literal: str, count: str) -> None:
    raw = '{"id":"1","name":"n","quantity":X,"deliveries":[{"delivery_quantity":X},{}]}'.replace("X", literal)

    decoded = decode_items_page(body(raw.encode()))

    (read,) = decoded.items
    assert str(read.quantity) == count
    assert isinstance(read.quantity, Decimal if "." in count else int)
    assert (read.deliveries or ())[0].delivery_quantity == read.quantity
    assert decoded.defaulted == ()


@pytest.mark.parametrize("literal", [*BEYOND, "true", '"two"', '"NaN"', "NaN", "-Infinity", "[2]"])
@pytest.mark.parametrize(
    "name", ["quantity", "deliverable_quantity", "refundable_quantity", "delivery_quantity", "returnable_quantity"]
)
def test_count_that_is_none_is_left_out_and_noted(name: str, literal: str) -> None:
    counted = f'"{name}":{literal}'
    on_delivery = name in ("delivery_quantity", "returnable_quantity")
    inner = f'"sku":"S","deliveries":[{{"id":"d",{counted}}}]' if on_delivery else f'"sku":"S",{counted}'

    decoded = decode_items_page(body(f'{{"id":"1","name":"n",{inner}}}'.encode(), WHOLE_ITEM))

    read = (decoded.items[0].deliveries or ())[0] if on_delivery else decoded.items[0]
    assert (getattr(read, name), decoded.items[0].sku) == (None, "S")
    assert [note.where.rpartition(".")[2] for note in decoded.defaulted] == [name]
    assert decoded.unreadable == ()
