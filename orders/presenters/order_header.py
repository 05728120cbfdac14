"""The head of an order for its page: finished text for a slim line and for what stands behind its clicks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from orders.core.localization import gettext, use_display
from orders.erc.orders import Order
from orders.erc.recent_order import RecentOrder
from orders.lookup.conventions import bare
from orders.lookup.history import Step
from orders.lookup.order_header import Header
from orders.presenters.dates import DateText, when_exactly, when_with_weekday
from orders.presenters.order_facts import (
    MAX_LENGTH,
    Line,
    Purchase,
    address_lines,
    addresses,
    delivery_type_text,
    final_total,
    place_text,
    possible_lines,
    purchase,
    short,
    status_lines,
    total_lines,
)
from orders.presenters.payment import card_text
from orders.presenters.quantities import count_text
from orders.presenters.statuses import status
from orders.presenters.text import plain


class StepView(NamedTuple):
    """A step of the history; without a date where the API gives none."""

    words: str
    reached: DateText | None
    is_present: bool


class OrderView(NamedTuple):
    """What is known of an order; what is not known is empty.

    `raw_number` is for the clipboard. `place` is the first of `addresses` in short, `state` the first status, and
    `latest` what the history has come to.
    """

    number: str
    raw_number: str
    purchase: Purchase
    place: str
    addresses: tuple[tuple[str, ...], ...]
    total: str
    totals: tuple[Line, ...]
    payment: str
    state: str
    details: tuple[Line, ...]
    steps: tuple[StepView, ...]
    latest: str


class HeaderView(NamedTuple):
    """The head's place on the page. `missing` says what could not be had now, `stale` that the rest is older.

    `stays` says that the page goes on showing what it has, because nothing better came by itself.
    """

    order: OrderView | None = None
    missing: str = ""
    stale: DateText | None = None
    notice: str = ""
    stays: bool = False


def header_view(header: Header, *, is_quiet: bool = False) -> HeaderView:
    """Make the view of an order's head; `is_quiet` says that nobody asked for it, so a failure removes nothing."""
    if is_quiet and header.is_missing:
        return HeaderView(stays=True)
    with use_display():
        return HeaderView(
            order=_order(header.order, header.history, timezone.now()) if header.order else None,
            missing=_missing(header),
            stale=when_exactly(header.stale_as_of) if header.stale_as_of else None,
            notice=gettext("Some details of this order could not be read and are left out.")
            if header.order and header.order.defaulted
            else "",
        )


def _missing(header: Header) -> str:
    if not header.is_missing:
        return ""
    if header.order:
        return gettext("The totals and the payment of this order cannot be shown now.")
    return gettext("The details of this order, such as its number and its address, cannot be shown now.")


def _order(order: Order | RecentOrder, steps: Sequence[Step], now: datetime) -> OrderView:
    where = addresses(order)
    card = order.payment_details if isinstance(order, Order) else None
    statuses = status_lines(order)
    shown = tuple(_step(one, now) for one in steps)
    number = plain(order.order_number)
    return OrderView(
        number=short(order.order_number),
        raw_number=number if len(number) <= MAX_LENGTH else "",
        purchase=purchase(order, now),
        place=place_text(where[0]) if where else "",
        addresses=tuple(map(address_lines, where)),
        total=final_total(order),
        totals=total_lines(order.price_summary) if isinstance(order, Order) else (),
        payment=short(card_text(card.card_brand, card.card_number)) if card else "",
        state=statuses[0].text if statuses else "",
        details=_details(order, statuses),
        steps=shown,
        latest=_latest(shown),
    )


def _details(order: Order | RecentOrder, statuses: tuple[Line, ...]) -> tuple[Line, ...]:
    """List the statuses, what can still be done, and what else the order says of itself."""
    others = (
        Line(gettext("Delivery type"), delivery_type_text(order)),
        # Translators: a number of ordered products follows.
        Line(gettext("Items"), count_text(order.items_number) if isinstance(order, Order) else ""),
        Line(gettext("Brand"), short(order.brand)),
    )
    labelled = tuple(Line(label or gettext("Order status"), text) for label, text in statuses)
    return (*labelled, *possible_lines(order), *(line for line in others if line.text))


def _step(step: Step, now: datetime) -> StepView:
    return StepView(_step_words(step), when_with_weekday(step.reached, now), step.is_present)


def _step_words(step: Step) -> str:
    """Say a step in general, and in detail where that says more."""
    generic, detailed = _words(step.generic_type), _words(step.detailed_type)
    # “On its way” says already that it is in transit.
    if not generic or not detailed or detailed == generic or _is(step.detailed_type, "intransit"):
        return generic or detailed or gettext("Status unknown")
    return f"{generic} – {detailed}"


def _is(given: str | None, word: str) -> bool:
    return bare((given or "")[:MAX_LENGTH]) == word


def _words(given: str | None) -> str:
    """Say a type of a step in known words, or as it came; empty for none."""
    if not given or _is(given, "unknown"):
        return ""
    return gettext("On its way") if _is(given, "onitsway") else status(given).words


def _latest(steps: Sequence[StepView]) -> str:
    """Say the present step; where that is in doubt, the last one with a date."""
    dated = [step for step in steps if step.reached]
    found = next((step for step in steps if step.is_present), dated[-1] if dated else None)
    return found.words if found else ""
