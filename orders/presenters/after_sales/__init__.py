"""Refunds and returns of an order: a line on the card of each item that they name, and a list of all of them.

An order has few or none, and a response repeats them with each page of its items. So a card has the lines that
came with its own page; what a later page says of an item further up stands in the list alone, until a refresh
draws all cards anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

import msgspec

from orders.core.localization import gettext, pgettext
from orders.erc.after_sales import Record, Refund, Return
from orders.erc.schema import Item
from orders.lookup.attention import Rules
from orders.presenters.after_sales.refunds import tell_refund
from orders.presenters.after_sales.returns import tell_return
from orders.presenters.after_sales.views import EntryView, LineView, Sentence, Told
from orders.presenters.facts import Fact, facts
from orders.presenters.text import plain

_Kind = TypeVar("_Kind", Refund, Return)
_MAX_LINES = 20
_MAX_OPEN = 3


class SectionView(NamedTuple):
    """All refunds or all returns; `is_open` where there is something that belongs to no item's card."""

    title: str
    entries: tuple[EntryView, ...]
    is_open: bool


class AfterSales(NamedTuple):
    """The lists of an order, and the lines for its items' cards by the items' ids."""

    sections: tuple[SectionView, ...]
    lines: Mapping[str, tuple[LineView, ...]]


def after_sales(
    refunds: tuple[Record[Refund], ...], returns: tuple[Record[Return], ...], items: Iterable[Item], at: Rules
) -> AfterSales:
    """Tell the refunds and returns of an order; `items` are those on the page, whose names are known."""
    if not refunds and not returns:
        return AfterSales((), {})
    names = {item.id: plain(item.name) for item in items}
    told_refunds: list[Told] = []
    sentences: dict[str, Sentence] = {}
    for refund, fields in _readable(refunds):
        told_refunds.append(tell_refund(refund, fields, names, at) if refund else _raw("refund", fields))
        if refund and (sentence := told_refunds[-1].entry.sentence):
            sentences.setdefault(refund.id, sentence)
    told_returns = [
        tell_return(given, fields, names, sentences, at) if given else _raw("return", fields)
        for given, fields in _readable(returns)
    ]
    told = ((pgettext("of money", "Refunds"), told_refunds), (pgettext("of goods", "Returns"), told_returns))
    return AfterSales(
        tuple(_section(title, entries) for title, entries in told if entries),
        _lines((*told_refunds, *told_returns)),
    )


def _readable(records: tuple[Record[_Kind], ...]) -> list[tuple[_Kind | None, tuple[Fact, ...]]]:
    """List what has fields, each with its typed form, or None where that says nothing but an id."""
    return [
        (record.read if record.read and any(msgspec.structs.astuple(record.read)[1:]) else None, fields)
        for record in records
        if (fields := facts(record.fields))
    ]


def _raw(kind: str, fields: tuple[Fact, ...]) -> Told:
    return Told(EntryView(kind, "", None, (), (), (), (), fields))


def _section(title: str, told: list[Told]) -> SectionView:
    is_elsewhere = all(one.lines or one.entry.sentence is None for one in told)
    return SectionView(title, tuple(one.entry for one in told), len(told) <= _MAX_OPEN and not is_elsewhere)


def _lines(told: Iterable[Told]) -> Mapping[str, tuple[LineView, ...]]:
    found: defaultdict[str, list[LineView]] = defaultdict(list)
    for one in told:
        for item_id, line in one.lines:
            if len(found[item_id]) < _MAX_LINES:
                found[item_id].append(line)
            elif len(found[item_id]) == _MAX_LINES:
                more = Sentence(gettext("There are more refunds and returns than are shown here."))
                found[item_id].append(LineView("more", "", more, ()))
    return {item_id: tuple(lines) for item_id, lines in found.items()}
