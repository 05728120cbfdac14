from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from orders.erc.after_sales import (
    Fee,
    IssuedBy,
    LineItem,
    OrderAdjustment,
    PaymentDetail,
    Refund,
    RefundLineItem,
    Transaction,
)
from orders.erc.timestamps import Timestamp
from orders.presenters.after_sales.refunds import Amount, total_of
from tests.support.after_sales import only, said, told, words
from tests.support.cards import item

SHOES = RefundLineItem("i-1", 1, Decimal("89.00"), "EUR", LineItem(id="i-1", name="Fjell Runner trainers"))


def paid(
    amount: str | None, currency: str | None = "EUR", kind: str | None = "refund", **fields: Any
) -> Transaction:
    return Transaction(amount=Decimal(amount) if amount else None, currency=currency, kind=kind, **fields)


def refund(**fields: Any) -> Refund:
    return Refund(id="r-1", **fields)


def test_refund_of_one_item_is_one_sentence() -> None:
    entry = only(
        refund(created_at=Timestamp("2026-09-05T10:00:00Z"), note="wrong size", refund_line_items=(SHOES,))
    )

    assert said(entry) == "[€89.00] refunded on Sat, Sep 5 – Fjell Runner trainers – 1 unit – wrong size"
    assert (entry.kind, entry.id, entry.parts, entry.facts) == ("refund", "r-1", (), ())
    assert [(fact.label, fact.value.short) for fact in entry.fields] == [("id", "r-1")]


def test_refund_of_every_field_tells_each_part_the_card_and_who_gave_it() -> None:
    entry = only(
        refund(
            created_at=Timestamp("2025-12-31"),
            note="<p>wrong&nbsp;size</p>",
            order_adjustments=(OrderAdjustment("a", Decimal("-4.90"), "EUR", "Return label"),),
            refund_line_items=(SHOES, RefundLineItem("i-2", 2, Decimal("10.1"), "EUR")),
            transactions=(
                paid(
                    "99.10",
                    gateway="Kestrel Pay",
                    payment_detail=PaymentDetail("Visa", None, "4111111111114242", is_refunded=True),
                ),
            ),
            shipping_lines=(Fee("s", Decimal("4.90"), "EUR"), Fee("free", Decimal("0.00"), "EUR")),
            issued_by=IssuedBy("Mika Lindqvist", "TALKDESK_AGENT"),
        )
    )

    assert said(entry) == "[€99.10] refunded on Wed, Dec 31, 2025 – wrong size"
    assert [words(part) for part in entry.parts] == [
        "Fjell Runner trainers – 1 unit – [€89.00]",
        "i-2 – 2 units – [€10.10]",
        "Shipping – [€4.90]",
        "Adjustment – Return label – [-€4.90]",
    ]
    assert [(fact.label, fact.value.short) for fact in entry.facts] == [
        ("Paid back to", "Visa •••• 4242 · Kestrel Pay"),
        ("Issued by", "Mika Lindqvist · Agent in Talkdesk"),
    ]


@pytest.mark.parametrize(
    ("fields", "total"),
    [
        ({}, None),
        ({"refund_line_items": (SHOES,)}, Amount(Decimal("89.00"), "EUR")),
        (
            {"refund_line_items": (SHOES,), "shipping_lines": (Fee("s", Decimal("0.01"), "EUR"),)},
            Amount(Decimal("89.01"), "EUR"),
        ),
        ({"shipping_lines": (Fee("s", Decimal("4.9"), "EUR"),)}, Amount(Decimal("4.9"), "EUR")),
        ({"transactions": (paid("84.10"),), "refund_line_items": (SHOES,)}, Amount(Decimal("84.10"), "EUR")),
        ({"transactions": (paid("50"), paid("34.10", kind=" REFUND"))}, Amount(Decimal("84.10"), "EUR")),
        (
            {"transactions": (paid("12345678901234567.89"), paid("0.01"))},
            Amount(Decimal("12345678901234567.90"), "EUR"),
        ),
        # A payment of another kind is no money back.
        ({"transactions": (paid("84.10", kind="sale"),)}, None),
        (
            {"transactions": (paid("84.10", kind="void"),), "refund_line_items": (SHOES,)},
            Amount(Decimal("89.00"), "EUR"),
        ),
        # Nothing is summed across currencies, nor over a part without an amount.
        ({"transactions": (paid("1"), paid("1", "USD"))}, None),
        ({"transactions": (paid("1"), paid("1", None))}, None),
        ({"transactions": (paid("1"), paid(None))}, None),
        ({"refund_line_items": (SHOES, RefundLineItem("i-2", 1))}, None),
        ({"refund_line_items": (SHOES,), "shipping_lines": (Fee("s", Decimal(1), "USD"),)}, None),
        # Nothing costs nothing in every currency.
        (
            {"refund_line_items": (SHOES,), "shipping_lines": (Fee("s", Decimal(0), "USD"),)},
            Amount(Decimal("89.00"), "EUR"),
        ),
        # The sign of an adjustment is not documented.
        ({"refund_line_items": (SHOES,), "order_adjustments": (OrderAdjustment("a", Decimal(-1), "EUR"),)}, None),
        ({"order_adjustments": (OrderAdjustment("a", Decimal(1), "EUR"),)}, None),
        (
            {"refund_line_items": (SHOES,), "order_adjustments": (OrderAdjustment("a", Decimal(0), "EUR"),)},
            Amount(Decimal("89.00"), "EUR"),
        ),
        (
            {"transactions": (paid("84.10"),), "order_adjustments": (OrderAdjustment("a", Decimal(-1), "EUR"),)},
            Amount(Decimal("84.10"), "EUR"),
        ),
        ({"transactions": (paid("5", None),)}, Amount(Decimal(5), None)),
    ],
)
def test_total_is_what_the_response_says_beyond_doubt(fields: dict[str, Any], total: Amount | None) -> None:
    found = total_of(refund(**fields))

    assert found == total
    assert str(found) == str(total)


def test_refund_without_items_is_told_by_its_parts() -> None:
    goodwill = refund(
        created_at=Timestamp("2026-09-05"),
        order_adjustments=(OrderAdjustment("a", Decimal("10"), "EUR", "GOODWILL"),),
        shipping_lines=(Fee("s", Decimal("3"), "USD"),),
    )

    page = told(goodwill)

    entry = page.sections[0].entries[0]
    assert said(entry) == "Refunded on Sat, Sep 5"
    assert [words(part) for part in entry.parts] == ["Shipping – [$3.00]", "Adjustment – Goodwill – [€10.00]"]
    assert page.sections[0].is_open
    assert page.lines == {}


def test_refund_of_shipping_alone_says_so() -> None:
    assert said(only(refund(shipping_lines=(Fee("s", Decimal("3"), "USD"),)))) == "[$3.00] refunded – Shipping"


def test_refund_of_an_item_without_an_amount_names_the_item() -> None:
    assert said(only(refund(refund_line_items=(RefundLineItem("i-9"),)))) == "Refund – i-9"


@pytest.mark.parametrize(
    ("created_at", "sentence"),
    [
        ("2026-09-05", "[€89.00] refunded on Sat, Sep 5"),
        (None, "[€89.00] refunded"),
        ("soon", "[€89.00] refunded"),
        ("2026-09-12", "[€89.00] refunded"),
        ("0001-01-01T00:00:00Z", "[€89.00] refunded"),
        ("9999-12-31", "[€89.00] refunded"),
    ],
)
def test_day_is_said_only_where_it_has_been(created_at: str | None, sentence: str) -> None:
    given = Timestamp(created_at) if created_at else None

    (line,) = told(refund(created_at=given, refund_line_items=(SHOES,))).lines["i-1"]

    assert words(line.sentence) == sentence


def test_item_is_named_as_on_its_own_card() -> None:
    entry = only(refund(refund_line_items=(SHOES,)), items=(item(id="i-1", name="Trainers &amp; laces"),))

    assert said(entry) == "[€89.00] refunded – Trainers & laces – 1 unit"


def test_line_of_a_card_has_the_amount_of_its_own_item() -> None:
    both = refund(
        note="Broken",
        refund_line_items=(
            SHOES,
            RefundLineItem("i-2", Decimal("0.5"), Decimal("7"), "PTS"),
            RefundLineItem(None, 1),
        ),
        transactions=(paid("90"),),
    )

    lines = told(both).lines

    assert {name: [said(line) for line in of_item] for name, of_item in lines.items()} == {
        "i-1": ["[€89.00] refunded – 1 unit – Broken"],
        "i-2": ["[PTS\N{NO-BREAK SPACE}7] refunded – 0.5 units – Broken"],
    }


def test_long_note_is_cut_in_the_line_and_whole_in_the_list() -> None:
    page = told(refund(note="why " * 200, refund_line_items=(SHOES,)))

    (line,), entry = page.lines["i-1"], page.sections[0].entries[0]
    assert line.said[-1].endswith("…")
    assert len(line.said[-1]) <= 281
    assert "why" not in said(entry)
    assert [fact.value.full for fact in entry.facts] == [("why " * 200).strip()]


def test_money_that_went_several_ways_has_an_amount_for_each() -> None:
    card = PaymentDetail("Visa", None, "4242")

    entry = only(refund(transactions=(paid("5", payment_detail=card), paid("1.5", gateway="Voucher"), paid("2"))))

    (fact,) = entry.facts
    assert fact.value.short == "Visa •••• 4242 – €5.00; Voucher – €1.50"


@pytest.mark.parametrize(
    ("issued_by", "shown"),
    [
        (IssuedBy("Noor", "SHOPIFY_ADMIN", None, "Admin"), "Noor · Admin"),
        (IssuedBy("Noor", "SHOPIFY_ADMIN"), "Noor · Shopify admin"),
        (IssuedBy("Noor", "THIRD_PARTY_APP"), "Noor · Third-party app"),
        (IssuedBy(None, "EXTERNAL_SOURCE"), "External source"),
        (IssuedBy(None, "ROBOT\u202e"), "ROBOT"),
        (IssuedBy("Noor"), "Noor"),
    ],
)
def test_issuer_is_named_with_the_way(issued_by: IssuedBy, shown: str) -> None:
    (fact,) = only(refund(issued_by=issued_by)).facts

    assert (fact.label, fact.value.short) == ("Issued by", shown)


def test_many_parts_are_told_up_to_a_bound() -> None:
    page = told(refund(refund_line_items=(SHOES,) * 200, shipping_lines=(Fee("s", Decimal(1), "EUR"),) * 200))

    assert len(page.sections[0].entries[0].parts) == 20
    assert len(page.lines["i-1"]) == 20


def test_hostile_text_is_made_harmless() -> None:
    bad = "a\u202eb\x00<script>x</script>\nc %(amount)s %s"

    entry = only(
        Refund(
            id=bad,
            note=bad,
            created_at=Timestamp(bad),
            refund_line_items=(RefundLineItem(bad, 1, Decimal(1), bad, LineItem(name=bad)),),
            order_adjustments=(OrderAdjustment(bad, Decimal(1), bad, bad),),
            transactions=(paid("1", bad, gateway=bad, payment_detail=PaymentDetail(bad, bad, bad)),),
            issued_by=IssuedBy(bad, bad, Timestamp(bad), bad),
        )
    )

    shown = repr(entry)
    assert not [left for left in ("\\u202e", "\\x00", "\\n") if left in shown]
    assert "a b<script>" not in said(entry)
    assert said(entry).endswith("ab c %(amount)s %s")


def test_sentence_is_that_of_the_language() -> None:
    with translation.override("de"):
        entry = only(refund(created_at=Timestamp("2026-09-05"), refund_line_items=(SHOES,)))

    assert said(entry) == "[89,00\N{NO-BREAK SPACE}€] am Sa., 5. Sept. erstattet – Fjell Runner trainers – 1 Stück"
