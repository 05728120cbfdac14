"""Refunds and returns as finished text: their sentences and phrases in one line each."""

from __future__ import annotations

from orders.erc.after_sales import Record, Refund, Return
from orders.erc.schema import Item
from orders.presenters.after_sales import AfterSales, after_sales
from orders.presenters.after_sales.views import EntryView, LineView, Sentence
from orders.presenters.text import unmarked
from tests.support.deliveries import RULES


def told(*entries: Refund | Return, items: tuple[Item, ...] = ()) -> AfterSales:
    """What a page says of these entries, at `NOW`; their raw fields are their id."""
    return after_sales(
        tuple(Record({"id": one.id}, one) for one in entries if isinstance(one, Refund)),
        tuple(Record({"id": one.id}, one) for one in entries if isinstance(one, Return)),
        items,
        RULES,
    )


def only(entry: Refund | Return, items: tuple[Item, ...] = ()) -> EntryView:
    """The list's entry of the only refund or return."""
    ((view,),) = (section.entries for section in told(entry, items=items).sections)
    return view


def words(sentence: Sentence) -> str:
    """A sentence without the marks around names and ids, whose amount stands in brackets."""
    amount = f"[{sentence.amount}]" if sentence.amount else ""
    return unmarked(f"{sentence.before}{amount}{sentence.after}")


def said(view: EntryView | LineView) -> str:
    """The first line of an entry, or the line of a card."""
    assert view.sentence is not None
    return " – ".join((words(view.sentence), *map(unmarked, view.said)))
