"""Items and deliveries as cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings

from orders.attention import Rules
from orders.attention_rules import rules
from orders.erc.schema import Delivery, Item, Quantity
from orders.presenters.answers import answers
from orders.presenters.attention import Flag, anchor, flags
from orders.presenters.display import display, gettext
from orders.presenters.facts import Fact, facts
from orders.presenters.links import outside_link, picture_address
from orders.presenters.moments import When, when, window
from orders.presenters.money import price_text
from orders.presenters.quantities import counted, number_text
from orders.presenters.statuses import Status, status
from orders.presenters.text import Prose, clean, prose
from orders.timeline import Place, timeline

_KEPT_CARDS = 300


class StepView(NamedTuple):
    """A step of the timeline; `hint` says to screen readers where it lies, `reached` is the one known date."""

    words: str
    place: str
    hint: str
    reached: When | None


class TrackingView(NamedTuple):
    """A tracking number and, where the API gave one that is safe to open, its page."""

    number: str
    link: str


class DeliveryView(NamedTuple):
    """A delivery of an item as its card shows it; `key` names its place on the page, and no other."""

    id: str
    key: str
    status: Status
    title: str
    units: str
    carrier: str
    facts: tuple[Fact, ...]
    promised: tuple[str, tuple[When, ...]] | None
    shipped: When | None
    updated: When | None
    tracking: TrackingView | None
    steps: tuple[StepView, ...]
    answer: str


class Quantities(NamedTuple):
    """The counts of an item in words; empty where the API gave none."""

    ordered: str
    to_deliver: str
    refundable: str


class CardView(NamedTuple):
    """An item as its card shows it."""

    id: str
    name: str
    brand: str
    sku: str
    price: str
    picture: str
    description: Prose | None
    quantities: Quantities
    facts: tuple[Fact, ...]
    deliveries: tuple[DeliveryView, ...]
    anchor: str
    answer: str
    flags: tuple[Flag, ...]

    @property
    def has_counts(self) -> bool:
        """Whether there is anything to count or to name."""
        return any((*self.quantities, self.sku))


class _Same:
    """An item as a key: equal to itself alone. What is decoded from the same bytes is the same item."""

    __slots__ = ("item",)

    def __init__(self, item: Item) -> None:
        self.item = item

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.item is other.item

    def __hash__(self) -> int:
        return id(self.item)


def card(item: Item, at: Rules | None = None, place: int = 0) -> CardView:
    """The card of an item, seen `at` a moment (now, unless given), after `place` others with the same id."""
    shown = display()
    return _card(_Same(item), at or rules(), place, shown.language, shown.zone, tuple(settings.IMAGE_ORIGINS))


@lru_cache(maxsize=_KEPT_CARDS)
def _card(same: _Same, at: Rules, place: int, *_display: object) -> CardView:
    item = same.item
    deliveries = item.deliveries or ()
    said = answers(item, at)
    name = anchor(item.id, place)
    keys = _keys(name, deliveries)
    return CardView(
        id=clean(item.id),
        name=clean(item.name) or gettext("Item without a name"),
        brand=clean(item.brand or ""),
        sku=clean(item.sku or ""),
        price=price_text(item.price.value, item.price.currency or "") if item.price else "",
        picture=picture_address(item.image_url),
        description=prose(item.description),
        quantities=Quantities(
            ordered=_counted(item.quantity),
            to_deliver=_counted(item.deliverable_quantity),
            refundable=_counted(item.refundable_quantity),
        ),
        facts=facts(item.custom_fields),
        deliveries=tuple(
            _delivery(delivery, key, number, len(deliveries), answer)
            for number, (delivery, key, answer) in enumerate(
                zip(deliveries, keys, said.deliveries, strict=True), start=1
            )
        ),
        anchor=name,
        answer=said.item,
        flags=flags(item, at),
    )


def _counted(count: Quantity | None) -> str:
    return "" if count is None else number_text(count)


def _keys(name: str, deliveries: Sequence[Delivery]) -> list[str]:
    """By the delivery's own id, so that a refresh finds it again wherever it stands then."""
    seen: Counter[str] = Counter()
    keys = []
    for delivery in deliveries:
        given = delivery.id or ""
        # No anchor has a colon.
        keys.append(f"{name}:{anchor(given, seen[given])}")
        seen[given] += 1
    return keys


def _delivery(delivery: Delivery, key: str, number: int, total: int, answer: str) -> DeliveryView:
    info = delivery.latest_status_info
    return DeliveryView(
        id=clean(delivery.id or ""),
        key=key,
        status=status(info.type if info else None),
        title=_title(number, total),
        units=_units(delivery.delivery_quantity),
        carrier=" · ".join(filter(None, (clean(delivery.carrier or ""), clean(delivery.service_level or "")))),
        facts=_delivery_facts(delivery),
        promised=_promised(delivery),
        shipped=when(delivery.shipping_date),
        updated=when(delivery.last_update),
        tracking=_tracking(delivery),
        steps=_steps(delivery),
        answer=answer,
    )


def _title(number: int, total: int) -> str:
    if total == 1:
        return gettext("Delivery")
    return gettext("Delivery %(n)d of %(total)d") % {"n": number, "total": total}


def _units(quantity: Quantity | None) -> str:
    return "" if quantity is None else counted("%(count)d unit", "%(count)d units", quantity)


def _delivery_facts(delivery: Delivery) -> tuple[Fact, ...]:
    given = (
        (gettext("Delivery type"), delivery.delivery_type),
        (gettext("Note"), delivery.description),
        (gettext("Can be returned"), _counted(delivery.returnable_quantity)),
    )
    return tuple(Fact(label, text) for label, value in given if (text := prose(value)))


def _promised(delivery: Delivery) -> tuple[str, tuple[When, ...]] | None:
    span = window(delivery.delivery_date_start, delivery.delivery_date_end)
    if not span:
        return None
    if not when(delivery.delivery_date_end):
        return gettext("Promised from"), span
    if not when(delivery.delivery_date_start):
        return gettext("Promised by"), span
    return gettext("Promised"), span


def _tracking(delivery: Delivery) -> TrackingView | None:
    info = delivery.tracking_info
    if info is None:
        return None
    link = outside_link(info.external_url)
    number = clean(info.tracking_number or "")
    if not number and not link:
        return None
    return TrackingView(number or gettext("Carrier’s page"), link)


def _steps(delivery: Delivery) -> tuple[StepView, ...]:
    info = delivery.latest_status_info
    road = _road(display().language, info.type if info else None, delivery.delivery_type)
    reached = when(info.status_date_time) if info else None
    if reached is None:
        return road
    return tuple(
        StepView(step.words, step.place, step.hint, reached) if step.place == Place.NOW.value else step
        for step in road
    )


@lru_cache(maxsize=512)
def _road(_language: str, code: str | None, delivery_type: str | None) -> tuple[StepView, ...]:
    """The road without its one date: few statuses make up all of them."""
    hints = {
        Place.BEFORE: gettext("usually before"),
        Place.NOW: gettext("latest status"),
        Place.AFTER: gettext("usually still to come"),
        Place.OPEN: gettext("not known"),
    }
    return tuple(
        StepView(status(step.status).words, step.place.value, hints[step.place], None)
        for step in timeline(code, delivery_type)
    )
