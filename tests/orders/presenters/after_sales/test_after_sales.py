from __future__ import annotations

from decimal import Decimal

from django.utils import translation

from orders.erc.after_sales import Record, Refund, RefundLineItem, Return, ReturnLineItem
from orders.presenters.after_sales import after_sales
from tests.support.after_sales import said, told
from tests.support.deliveries import RULES

OF_AN_ITEM = Refund(id="r-1", refund_line_items=(RefundLineItem("i-1", 1, Decimal("5"), "EUR"),))
BACK = Return(id="t-1", status="open", return_line_items=(ReturnLineItem("l", "i-1", 1),))


def test_order_without_any_has_none() -> None:
    page = told()

    assert (page.sections, page.lines) == ((), {})


def test_refunds_and_returns_have_a_section_each_and_one_card() -> None:
    page = told(OF_AN_ITEM, BACK)

    assert [(section.title, len(section.entries)) for section in page.sections] == [("Refunds", 1), ("Returns", 1)]
    assert [(line.kind, line.id) for line in page.lines["i-1"]] == [("refund", "r-1"), ("return", "t-1")]


def test_unknown_shapes_show_their_fields_alone() -> None:
    fields = {"reference": "R-9", "amount": 5}

    page = after_sales(
        (Record(fields), Record({"id": "r", "total": 7}, Refund(id="r")), Record({})), (Record(fields),), (), RULES
    )

    entries = [entry for section in page.sections for entry in section.entries]
    assert [(entry.sentence, entry.id, entry.parts) for entry in entries] == [(None, "", ())] * 3
    assert [[fact.label for fact in entry.fields] for entry in entries] == [
        ["reference", "amount"],
        ["id", "total"],
        ["reference", "amount"],
    ]
    assert page.lines == {}


def test_section_is_open_where_an_entry_stands_on_no_card() -> None:
    goodwill = Refund(id="r-2", note="Sorry")

    assert [
        told(*given).sections[0].is_open for given in ([OF_AN_ITEM], [OF_AN_ITEM, goodwill], [goodwill] * 4)
    ] == [
        False,
        True,
        False,
    ]


def test_many_lines_of_an_item_end_with_a_word() -> None:
    page = told(*[OF_AN_ITEM] * 30)

    lines = page.lines["i-1"]
    assert len(lines) == 21
    assert (lines[-1].kind, said(lines[-1])) == ("more", "There are more refunds and returns than are shown here.")


def test_names_are_isolated_where_text_runs_from_the_right() -> None:
    with translation.override("ar"):
        (line,) = told(BACK).lines["i-1"]

    assert "\u2068open\u2069" in line.sentence.before
