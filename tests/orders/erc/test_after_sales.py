from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from orders.erc.after_sales import (
    Decline,
    ExchangeLineItem,
    Fee,
    IssuedBy,
    LineItem,
    OrderAdjustment,
    PaymentDetail,
    ProductVariant,
    Record,
    Refund,
    RefundLineItem,
    RestockingFee,
    Return,
    ReturnLineItem,
    ReturnTracking,
    Transaction,
)
from orders.erc.decode import decode_items_page
from orders.erc.schema import ItemsPage, Price
from orders.erc.timestamps import Timestamp

LINE_ITEM = {
    "id": "i-1",
    "name": "Kettle",
    "price": {"value": 10.10, "currency": "EUR"},
    "image_url": "https://cdn.example/k.png",
    "quantity": 2,
    "sku": "K-1",
    "description": "Boils",
}
TYPED_LINE_ITEM = LineItem(
    "i-1", "Kettle", Price(Decimal("10.1"), "EUR"), "https://cdn.example/k.png", 2, "K-1", "Boils"
)
REFUND = {
    "id": "r-1",
    "created_at": "2026-11-20T10:00:00Z",
    "updated_at": "2026-11-21",
    "note": "Wrong size",
    "order_adjustments": [{"id": "a-1", "amount": -1.25, "currency": "EUR", "reason": "shipping"}],
    "refund_line_items": [
        {"line_item_id": "i-1", "quantity": 1, "amount": 10.1, "currency": "EUR", "line_item": LINE_ITEM}
    ],
    "transactions": [
        {
            "id": "t-1",
            "created_at": "2026-11-20T10:01:00Z",
            "amount": 8.85,
            "currency": "EUR",
            "kind": "refund",
            "gateway": "bogus",
            "payment_detail": {
                "card_brand": "Visa",
                "card_brand_image_url": "https://cdn.example/visa.png",
                "card_number": "•••• 4242",
                "is_refunded": True,
            },
        }
    ],
    "shipping_lines": [{"id": "s-1", "amount": 0.5, "currency": "EUR"}],
    "issued_by": {
        "display_name": "Noor",
        "source": "SHOPIFY_ADMIN",
        "happened_at": "2026-11-20T10:00:00Z",
        "raw_app_title": "Admin",
    },
}
TYPED_REFUND = Refund(
    id="r-1",
    created_at=Timestamp("2026-11-20T10:00:00Z"),
    updated_at=Timestamp("2026-11-21"),
    note="Wrong size",
    order_adjustments=(OrderAdjustment("a-1", Decimal("-1.25"), "EUR", "shipping"),),
    refund_line_items=(RefundLineItem("i-1", 1, Decimal("10.1"), "EUR", TYPED_LINE_ITEM),),
    transactions=(
        Transaction(
            "t-1",
            Timestamp("2026-11-20T10:01:00Z"),
            Decimal("8.85"),
            "EUR",
            "refund",
            "bogus",
            PaymentDetail("Visa", "https://cdn.example/visa.png", "•••• 4242", is_refunded=True),
        ),
    ),
    shipping_lines=(Fee("s-1", Decimal("0.5"), "EUR"),),
    issued_by=IssuedBy("Noor", "SHOPIFY_ADMIN", Timestamp("2026-11-20T10:00:00Z"), "Admin"),
)
RETURN = {
    "id": "t-1",
    "name": "#R-1",
    "status": "on its way",
    "created_at": "2026-11-20",
    "request_approved_at": "2026-11-21",
    "closed_at": None,
    "refund_ids": ["r-1", 2],
    "return_line_items": [
        {
            "id": "l-1",
            "line_item_id": "i-1",
            "quantity": 2,
            "processed_quantity": 0.5,
            "return_reason": "SIZE_TOO_SMALL",
            "return_reason_note": "pinches",
            "customer_note": "sorry",
            "restocking_fee": {"id": "f-1", "percentage": 7.5, "amount": 0.75, "currency": "EUR"},
            "line_item": LINE_ITEM,
        }
    ],
    "shipping_fees": [{"id": "s-1", "amount": 4.9, "currency": "EUR"}],
    "exchange_line_items": [
        {
            "id": "e-1",
            "line_item_ids": ["i-1"],
            "quantity": 1,
            "processed_quantity": 0,
            "product_variant": {
                "id": "v-1",
                "sku": "K-2",
                "price": {"value": 12, "currency": "EUR"},
                "images_ids": ["p-1", "p-2"],
                "options": {"colour": "cream", "litres": 1.7},
                "available_quantity": 3,
            },
        }
    ],
    "decline": {"reason": "FINAL_SALE", "note": "outlet"},
    "tracking_info": [
        {"tracking_number": "1Z9", "external_url": "https://carrier.example/1Z9"},
        {"tracking_number": "1Z8"},
    ],
}
TYPED_RETURN = Return(
    id="t-1",
    name="#R-1",
    status="on its way",
    created_at=Timestamp("2026-11-20"),
    request_approved_at=Timestamp("2026-11-21"),
    refund_ids=("r-1", "2"),
    return_line_items=(
        ReturnLineItem(
            "l-1",
            "i-1",
            2,
            Decimal("0.5"),
            "SIZE_TOO_SMALL",
            "pinches",
            "sorry",
            RestockingFee("f-1", Decimal("7.5"), Decimal("0.75"), "EUR"),
            TYPED_LINE_ITEM,
        ),
    ),
    shipping_fees=(Fee("s-1", Decimal("4.9"), "EUR"),),
    exchange_line_items=(
        ExchangeLineItem(
            "e-1",
            ("i-1",),
            1,
            0,
            ProductVariant(
                "v-1",
                "K-2",
                Price(Decimal(12), "EUR"),
                ("p-1", "p-2"),
                {"colour": "cream", "litres": Decimal("1.7")},
                3,
            ),
        ),
    ),
    decline=Decline("FINAL_SALE", "outlet"),
    tracking_info=(ReturnTracking("1Z9", "https://carrier.example/1Z9"), ReturnTracking("1Z8")),
)


def decoded(**embedded: Any) -> ItemsPage:
    return decode_items_page(json.dumps({"_embedded": {"items": [], **embedded}}).encode())


def test_refund_with_every_field_is_typed_whole() -> None:
    page = decoded(refunds=[REFUND])

    (refund,) = page.refunds
    assert refund.read == TYPED_REFUND
    assert refund.fields["refund_line_items"][0]["amount"] == Decimal("10.1")
    assert (page.returns, page.defaulted) == ((), ())


def test_return_with_every_field_is_typed_whole() -> None:
    page = decoded(returns=[RETURN])

    (returned,) = page.returns
    assert returned.read == TYPED_RETURN
    assert returned.fields["status"] == "on its way"
    assert (page.refunds, page.defaulted) == ((), ())


def test_amount_of_a_refund_keeps_every_digit() -> None:
    content = (
        b'{"_embedded":{"items":[],"refunds":[{"id":1,"shipping_lines":[{"amount":12345678901234567.890}]}]}}'
    )

    (refund,) = decode_items_page(content).refunds

    assert refund.read == Refund(id="1", shipping_lines=(Fee(amount=Decimal("12345678901234567.890")),))
    assert str((refund.read.shipping_lines or ())[0].amount) == "12345678901234567.890"


@pytest.mark.parametrize("entry", [{"note": "no id"}, {}, {"id": None}, {"id": {}, "status": "x"}])
def test_refund_or_return_without_an_id_is_kept_as_it_came(entry: dict[str, Any]) -> None:
    page = decoded(refunds=[entry, {"id": "r"}], returns=[entry])

    assert page.refunds == (Record(entry), Record({"id": "r"}, Refund(id="r")))
    assert page.returns == (Record(entry),)
    assert page.defaulted == ()


def test_part_that_cannot_be_read_takes_nothing_else_with_it() -> None:
    refund = {
        "id": "r",
        "note": ["odd"],
        "transactions": [
            {"id": "t", "amount": "?", "kind": "refund"},
            "odd",
            {"payment_detail": {"is_refunded": 1}},
        ],
        "issued_by": "somebody",
    }

    page = decoded(refunds=[refund])

    assert page.refunds[0].read == Refund(
        id="r",
        transactions=(Transaction(id="t", kind="refund"), Transaction(payment_detail=PaymentDetail())),
    )
    assert page.refunds[0].fields == {
        **refund,
        "transactions": [*refund["transactions"][:2], {"payment_detail": {"is_refunded": 1}}],
    }
    assert page.defaulted == ()


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ({"0": {"id": "a"}, "1": {"id": "b"}}, ["a", "b"]),
        ({"id": "a", "note": "alone"}, ["a"]),
        ([{"id": "a"}, 5, {"id": "b"}], ["a", "b"]),
        ("none", []),
    ],
)
def test_refunds_and_returns_are_read_entry_by_entry(given: Any, ids: list[str]) -> None:
    page = decoded(refunds=given, returns=given)

    assert [entry.read.id for entry in page.refunds if entry.read] == ids
    assert [entry.read.id for entry in page.returns if entry.read] == ids


def test_refunds_and_returns_that_are_left_out_are_noted() -> None:
    page = decoded(refunds=["x", {"id": "r"}], returns=7)

    assert [note.where for note in page.defaulted] == ["refunds[0]", "returns"]


def test_refunds_beyond_two_hundred_are_noted() -> None:
    page = decoded(refunds=[{"id": "r"}] * 203, returns=[{"id": "t"}] * 200)

    assert (len(page.refunds), len(page.returns)) == (200, 200)
    assert [(note.where, note.reason) for note in page.defaulted] == [
        ("refunds[200]", "3 entries are more than is read")
    ]
