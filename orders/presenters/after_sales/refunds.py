"""A refund: how much, when, what for, why, to which card, and who gave it."""

from __future__ import annotations

import decimal
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from orders.core.localization import gettext, pgettext
from orders.erc.after_sales import Fee, IssuedBy, OrderAdjustment, Refund, RefundLineItem, Transaction
from orders.lookup.attention import Rules
from orders.presenters.after_sales.views import (
    EntryView,
    LineView,
    Told,
    amount_text,
    day_text,
    join,
    named,
    priced,
    reason_text,
    refunded,
    units_text,
)
from orders.presenters.facts import Fact
from orders.presenters.payment import card_text
from orders.presenters.text import Prose, clean, description, isolate, plain, prose

_PRECISION = 200
MAX_PARTS = 20
"""So many parts of a refund or a return are told one by one; its raw fields have the rest."""


class Part(NamedTuple):
    """What a refund is for, and how much of it."""

    words: str
    amount: str


class Amount(NamedTuple):
    """An exact amount in a currency, which may be unknown."""

    value: Decimal
    currency: str | None


def tell_refund(refund: Refund, fields: tuple[Fact, ...], names: Mapping[str, str], at: Rules) -> Told:
    """Tell a refund; `names` are those of the page's items by id, `fields` its raw ones."""
    note = description(refund.note)
    total = total_of(refund)
    given = total.value if total else None
    sentence = refunded(amount_text(given, total.currency if total else None), day_text(refund.created_at, at))
    parts = list(islice(filter(any, _parts(refund, names)), MAX_PARTS))
    is_told_by_one = len(parts) == 1 and parts[0].amount in ("", sentence.amount)
    what = parts[0].words if is_told_by_one else ""
    entry = EntryView(
        kind="refund",
        id=clean(refund.id),
        sentence=sentence,
        said=tuple(filter(None, (what, note.short if note and not note.full else ""))),
        parts=() if is_told_by_one else tuple(priced(*part) for part in parts),
        facts=_facts(refund, note),
        tracking=(),
        fields=fields,
    )
    return Told(entry, tuple(_lines(refund, note, at)))


def total_of(refund: Refund) -> Amount | None:
    """Sum up what a refund gave back; None where the response does not say it beyond doubt.

    Payments of the kind “refund” decide, because they are what the customer gets. Without them, it is the sum of
    items and shipping. Nothing is summed across currencies or over a part without an amount. Nor is an adjustment:
    the reference does not say which sign means money back. Then the parts stand for themselves.
    """
    paid = _payments(refund)
    if not paid and any(one.amount for one in refund.order_adjustments or ()):
        return None
    given: tuple[Transaction | RefundLineItem | Fee, ...] = paid or (
        *(refund.refund_line_items or ()),
        *(refund.shipping_lines or ()),
    )
    amounts = [one.amount for one in given if one.amount is not None]
    currencies = {plain(one.currency).upper() for one in given if one.amount}
    if not given or len(amounts) < len(given) or len(currencies) > 1:
        return None
    with decimal.localcontext() as context:
        context.prec = _PRECISION
        total = sum(amounts, Decimal(0))
    return Amount(total, next((one.currency for one in given if one.amount), given[0].currency))


def _payments(refund: Refund) -> tuple[Transaction, ...]:
    return tuple(one for one in refund.transactions or () if clean(one.kind or "").casefold() == "refund")


def _parts(refund: Refund, names: Mapping[str, str]) -> Iterator[Part]:
    for line in refund.refund_line_items or ():
        yield Part(_item_words(line, names), amount_text(line.amount, line.currency))
    for shipping in refund.shipping_lines or ():
        if shipping.amount:
            yield Part(gettext("Shipping"), amount_text(shipping.amount, shipping.currency))
    for adjustment in refund.order_adjustments or ():
        if adjustment.amount:
            yield Part(_adjustment_words(adjustment), amount_text(adjustment.amount, adjustment.currency))


def _item_words(line: RefundLineItem, names: Mapping[str, str]) -> str:
    copy = line.line_item
    name = names.get(line.line_item_id or "", "") or plain(copy.name if copy else "")
    return join(named(name, line.line_item_id), units_text(line.quantity))


def _adjustment_words(adjustment: OrderAdjustment) -> str:
    # Translators: a correction of a refund’s amount, before its reason.
    return join(gettext("Adjustment"), isolate(reason_text(adjustment.reason or "")))


def _lines(refund: Refund, note: Prose | None, at: Rules) -> Iterator[tuple[str, LineView]]:
    day = day_text(refund.created_at, at)
    why = note.short if note else ""
    for line in islice(refund.refund_line_items or (), MAX_PARTS):
        if line.line_item_id:
            sentence = refunded(amount_text(line.amount, line.currency), day)
            said = tuple(filter(None, (units_text(line.quantity), why)))
            yield line.line_item_id, LineView("refund", clean(refund.id), sentence, said)


def _facts(refund: Refund, note: Prose | None) -> tuple[Fact, ...]:
    given = (
        (pgettext("what somebody wrote", "Note"), note if note and note.full else None),
        (gettext("Paid back to"), prose(_paid_to(refund))),
        (gettext("Issued by"), prose(_issuer(refund.issued_by))),
    )
    return tuple(Fact(label, text) for label, text in given if text)


def _paid_to(refund: Refund) -> str:
    """Say where the money went, with each amount where it went several ways."""
    paid = (_payments(refund) or refund.transactions or ())[:MAX_PARTS]
    ways = [(way, amount_text(one.amount, one.currency)) for one in paid if (way := _way(one))]
    if len(ways) == 1:
        return ways[0][0]
    return "; ".join(join(way, amount) for way, amount in ways)


def _way(payment: Transaction) -> str:
    detail = payment.payment_detail
    card = card_text(detail.card_brand, detail.card_number) if detail else ""
    return " · ".join(filter(None, (card, plain(payment.gateway))))


def _issuer(issued_by: IssuedBy | None) -> str:
    if issued_by is None:
        return ""
    through = plain(issued_by.raw_app_title) or _source(clean(issued_by.source or ""))
    return " · ".join(filter(None, (plain(issued_by.display_name), through)))


def _source(source: str) -> str:
    """Say through what a refund was given; an unknown source stays as it came."""
    return {
        "TALKDESK_AGENT": gettext("Agent in Talkdesk"),
        "SHOPIFY_ADMIN": gettext("Shopify admin"),
        "THIRD_PARTY_APP": gettext("Third-party app"),
        "EXTERNAL_SOURCE": gettext("External source"),
    }.get(source, source)
