from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from orders.erc.after_sales import (
    Decline,
    ExchangeLineItem,
    Fee,
    ProductVariant,
    Refund,
    RefundLineItem,
    RestockingFee,
    Return,
    ReturnLineItem,
    ReturnTracking,
)
from orders.erc.schema import Price
from orders.erc.timestamps import Timestamp
from orders.presenters.tracking import TrackingView
from tests.support.after_sales import only, said, told, words
from tests.support.cards import item

LINE = ReturnLineItem("l-1", "i-1", 2, 1, "SIZE_TOO_SMALL", "pinches", "<b>sorry</b>")


def returned(**fields: Any) -> Return:
    return Return(id="t-1", **fields)


def test_return_of_every_field_tells_state_items_costs_exchange_and_tracking() -> None:
    refund = Refund(
        id="r-1",
        created_at=Timestamp("2026-09-05"),
        refund_line_items=(RefundLineItem("i-1", 1, Decimal("89"), "EUR"),),
    )
    fee = RestockingFee("f", Decimal("7.5"), Decimal("0.75"), "EUR")
    variant = ProductVariant(
        "v", "K-2", Price(Decimal(12), "EUR"), None, {"colour": "cream", "litres": Decimal(2)}
    )

    page = told(
        refund,
        returned(
            name="#R-1",
            status="Label sent",
            created_at=Timestamp("2026-09-01"),
            request_approved_at=Timestamp("2026-09-02T10:00:00Z"),
            closed_at=Timestamp("2026-09-05"),
            refund_ids=("r-1", "r-1", "elsewhere"),
            return_line_items=(
                ReturnLineItem("l-1", "i-1", 2, 1, "SIZE_TOO_SMALL", "pinches", "<b>sorry</b>", fee),
            ),
            shipping_fees=(Fee("s", Decimal("4.9"), "USD"), Fee("free", Decimal(0), "USD")),
            exchange_line_items=(ExchangeLineItem("e", ("i-1",), 1, 0, variant),),
            tracking_info=(
                ReturnTracking("1Z9, 1Z8", "https://carrier.example/1Z9"),
                ReturnTracking(None, "javascript:alert(1)"),
                ReturnTracking("1Z7"),
            ),
        ),
        items=(item(id="i-1", name="Trainers"),),
    )

    entry = page.sections[1].entries[0]
    assert said(entry) == (
        "Return #R-1: Label sent – Opened on Tue, Sep 1 – Approved on Wed, Sep 2 – Closed on Sat, Sep 5"
    )
    assert [words(part) for part in entry.parts] == [
        "Trainers – Processed: 1 of 2 – Size too small",
        "Restocking fee (7.5%) – [€0.75]",
        "Return shipping fee – [$4.90]",
        "Exchange for K-2 · colour: cream · €12.00 – Processed: 0 of 1",
        "[€89.00] refunded on Sat, Sep 5",
    ]
    assert [(fact.label, fact.value.short) for fact in entry.facts] == [
        ("Note", "pinches"),
        ("Customer’s note", "sorry"),
    ]
    assert entry.tracking == (
        TrackingView("1Z9", "https://carrier.example/1Z9"),
        TrackingView("1Z8", ""),
        TrackingView("1Z7", ""),
    )
    assert [said(line) for line in page.lines["i-1"]] == [
        "[€89.00] refunded on Sat, Sep 5 – 1 unit",
        "Return #R-1: Label sent – Processed: 1 of 2 – Size too small – Closed on Sat, Sep 5",
        "Exchange for K-2 · colour: cream · €12.00 – Processed: 0 of 1",
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": "#R-1", "status": "RECEIVED_IN_PART"}, "Return #R-1: RECEIVED_IN_PART"),
        ({"status": "on its way"}, "Return: on its way"),
        ({"name": "#R-1"}, "Return #R-1"),
        ({"name": "\u202e", "status": " ", "closed_at": Timestamp("soon")}, "Return"),
    ],
)
def test_state_is_said_as_it_came(fields: dict[str, Any], sentence: str) -> None:
    assert said(only(returned(**fields))) == sentence


@pytest.mark.parametrize(
    ("decline", "shown"),
    [
        (Decline("FINAL_SALE"), "Return: no – Declined: Final sale"),
        (Decline(None), "Return: no – Declined"),
    ],
)
def test_declined_return_says_why(decline: Decline, shown: str) -> None:
    assert said(only(returned(status="no", decline=decline))) == shown


def test_note_of_a_decline_is_shown() -> None:
    (fact,) = only(returned(status="no", decline=Decline("x", "Bought in the sale."))).facts

    assert (fact.label, fact.value.short) == ("Note", "Bought in the sale.")


@pytest.mark.parametrize(
    ("quantity", "processed", "shown"),
    [
        (2, 0, "Return – Processed: 0 of 2"),
        (Decimal("0.5"), None, "Return – 0.5 units"),
        (1, None, "Return – 1 unit"),
        (0, None, "Return"),
        (None, 3, "Return"),
    ],
)
def test_units_are_said_as_far_as_they_are_known(quantity: Any, processed: Any, shown: str) -> None:
    (line,) = told(returned(return_line_items=(ReturnLineItem("l", "i-1", quantity, processed),))).lines["i-1"]

    assert said(line) == shown


def test_exchange_alone_tells_its_state_on_each_item_once() -> None:
    exchange = ExchangeLineItem("e", ("i-1", "i-1", "i-2"), 1)

    lines = told(returned(status="open", exchange_line_items=(exchange,))).lines

    assert {name: [said(line) for line in of_item] for name, of_item in lines.items()} == {
        "i-1": ["Return: open – Exchange – 1 unit"],
        "i-2": ["Return: open – Exchange – 1 unit"],
    }


def test_return_of_an_unknown_item_shows_its_id_in_the_list() -> None:
    entry = only(returned(status="open", return_line_items=(ReturnLineItem("l", "i-404", 1),)))

    assert [words(part) for part in entry.parts] == ["i-404 – 1 unit"]


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("SIZE_TOO_SMALL", "Size too small"),
        ("COLOR", "Color"),
        ("Too Small", "Too Small"),
        ("X" * 61, "X" * 61),
        ("B-STOCK!", "B-STOCK!"),
    ],
)
def test_code_of_a_reason_becomes_words(reason: str, shown: str) -> None:
    line = ReturnLineItem("l", "i-1", return_reason=reason)

    (view,) = told(returned(return_line_items=(line,))).lines["i-1"]

    assert view.said == (shown,)


def test_hostile_options_of_an_exchange_are_left_out() -> None:
    options: dict[str, Any] = {"size": "L", "deep": {"x": 1}, "none": None, **{str(n): "x" for n in range(100)}}
    variant = ProductVariant(sku="\u202eK", options=options)

    entry = only(returned(exchange_line_items=(ExchangeLineItem("e", (), None, None, variant),)))

    assert [words(part) for part in entry.parts] == ["Exchange for K · size: L · 0: x · 1: x"]


def test_long_lists_are_told_up_to_a_bound() -> None:
    many = tuple(ReturnTracking(f"1Z{number}") for number in range(200))

    page = told(
        returned(return_line_items=(LINE,) * 200, tracking_info=many, refund_ids=("r",) * 200),
        Refund(id="r", note="x"),
    )

    entry = page.sections[1].entries[0]
    assert (len(entry.parts), len(entry.tracking), len(entry.facts)) == (21, 20, 40)
    assert len(page.lines["i-1"]) == 20
