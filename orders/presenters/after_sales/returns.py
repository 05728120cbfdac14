"""A return: its state as the shop calls it, what comes back and why, what it costs, and what is sent instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from orders.core.localization import gettext, pgettext
from orders.erc.after_sales import ExchangeLineItem, RestockingFee, Return, ReturnLineItem
from orders.erc.amounts import Quantity
from orders.lookup.attention import Rules
from orders.presenters.after_sales.refunds import MAX_PARTS
from orders.presenters.after_sales.views import (
    EntryView,
    LineView,
    Sentence,
    Told,
    amount_text,
    day_text,
    join,
    named,
    priced,
    reason_text,
    units_text,
)
from orders.presenters.facts import Fact
from orders.presenters.money import price_text
from orders.presenters.quantities import number_text
from orders.presenters.text import clean, description, identifier, isolate, plain
from orders.presenters.tracking import TrackingView, tracking_views

_MAX_OPTIONS = 5


def tell_return(
    given: Return,
    fields: tuple[Fact, ...],
    names: Mapping[str, str],
    refunds: Mapping[str, Sentence],
    at: Rules,
) -> Told:
    """Tell a return; `refunds` are the sentences of the page's refunds by id, which the return may have led to."""
    sentence = _state(given)
    led_to = (refunds[one] for one in dict.fromkeys(given.refund_ids or ()) if one in refunds)
    entry = EntryView(
        kind="return",
        id=clean(given.id),
        sentence=sentence,
        said=tuple(filter(None, (_declined(given), *_days(given, at)))),
        parts=tuple(islice(_parts(given, names), MAX_PARTS)) + tuple(islice(led_to, MAX_PARTS)),
        facts=_facts(given),
        tracking=_tracking(given),
        fields=fields,
    )
    return Told(entry, tuple(_lines(given, sentence, at)))


def _state(given: Return) -> Sentence:
    """Say the state of a return in the shop's own words, which are no fixed set."""
    name, state = identifier(plain(given.name)), isolate(plain(given.status))
    if name and state:
        return Sentence(gettext("Return %(name)s: %(state)s") % {"name": name, "state": state})
    if state:
        return Sentence(gettext("Return: %(state)s") % {"state": state})
    return Sentence(gettext("Return %(name)s") % {"name": name} if name else pgettext("of goods", "Return"))


def _declined(given: Return) -> str:
    if given.decline is None:
        return ""
    reason = reason_text(given.decline.reason or "")
    return (
        gettext("Declined: %(reason)s") % {"reason": isolate(reason)}
        if reason
        else pgettext("of a return", "Declined")
    )


def _parts(given: Return, names: Mapping[str, str]) -> Iterator[Sentence]:
    for line in given.return_line_items or ():
        copy = line.line_item
        name = names.get(line.line_item_id or "", "") or plain(copy.name if copy else "")
        if words := join(named(name, line.line_item_id), *_what(line)):
            yield Sentence(words)
        if line.restocking_fee and line.restocking_fee.amount:
            fee = line.restocking_fee
            yield priced(_fee_words(fee), amount_text(fee.amount, fee.currency))
    for fee_of_shipping in given.shipping_fees or ():
        if fee_of_shipping.amount:
            amount = amount_text(fee_of_shipping.amount, fee_of_shipping.currency)
            yield priced(gettext("Return shipping fee"), amount)
    for exchange in given.exchange_line_items or ():
        yield Sentence(_exchanged(exchange))


def _what(line: ReturnLineItem) -> tuple[str, ...]:
    said = (_units(line.quantity, line.processed_quantity), isolate(reason_text(line.return_reason or "")))
    return tuple(filter(None, said))


def _fee_words(fee: RestockingFee) -> str:
    if fee.percentage:
        return gettext("Restocking fee (%(percentage)s%%)") % {"percentage": number_text(fee.percentage)}
    return gettext("Restocking fee")


def _units(quantity: Quantity | None, processed: Quantity | None) -> str:
    if quantity is None or processed is None:
        return units_text(quantity)
    values = {"done": number_text(processed), "all": number_text(quantity)}
    return gettext("Processed: %(done)s of %(all)s") % values


def _exchanged(exchange: ExchangeLineItem) -> str:
    variant = exchange.product_variant
    what = ""
    if variant:
        options = islice((variant.options or {}).items(), _MAX_OPTIONS)
        choices = [
            isolate(f"{clean(name)}: {plain(value)}")
            for name, value in options
            if isinstance(value, str) and value
        ]
        price = price_text(variant.price.value, variant.price.currency) if variant.price else ""
        what = " · ".join(filter(None, (identifier(clean(variant.sku or "")), *choices, isolate(price))))
    words = gettext("Exchange for %(what)s") % {"what": what} if what else pgettext("of goods", "Exchange")
    return join(words, _units(exchange.quantity, exchange.processed_quantity))


def _lines(given: Return, sentence: Sentence, at: Rules) -> Iterator[tuple[str, LineView]]:
    latest = _days(given, at)[-1:]
    told = set()
    for line in islice(given.return_line_items or (), MAX_PARTS):
        if line.line_item_id:
            told.add(line.line_item_id)
            yield line.line_item_id, LineView("return", clean(given.id), sentence, (*_what(line), *latest))
    for exchange in islice(given.exchange_line_items or (), MAX_PARTS):
        for item_id in islice(dict.fromkeys(exchange.line_item_ids or ()), MAX_PARTS):
            words = _exchanged(exchange)
            # The item's line with the state stands above.
            view = (Sentence(words), ()) if item_id in told else (sentence, (words, *latest))
            yield item_id, LineView("return", clean(given.id), *view)


def _days(given: Return, at: Rules) -> tuple[str, ...]:
    """Say the days of a return's steps, as far as they are known, in their usual order."""
    steps = (
        (gettext("Opened on %(day)s"), given.created_at),
        (gettext("Approved on %(day)s"), given.request_approved_at),
        (gettext("Closed on %(day)s"), given.closed_at),
    )
    return tuple(words % {"day": day} for words, reached in steps if (day := day_text(reached, at)))


def _facts(given: Return) -> tuple[Fact, ...]:
    lines = (given.return_line_items or ())[:MAX_PARTS]
    notes = (
        *((pgettext("what somebody wrote", "Note"), description(line.return_reason_note)) for line in lines),
        *((gettext("Customer’s note"), description(line.customer_note)) for line in lines),
        (pgettext("what somebody wrote", "Note"), description(given.decline.note if given.decline else None)),
    )
    return tuple(Fact(label, text) for label, text in notes if text)


def _tracking(given: Return) -> tuple[TrackingView, ...]:
    found = (
        view
        for info in (given.tracking_info or ())[:MAX_PARTS]
        for view in tracking_views(info.tracking_number, info.external_url)
    )
    return tuple(islice(dict.fromkeys(found), MAX_PARTS))
