"""Items and deliveries as cards."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings

from orders.attention import Rules, is_dated_ahead
from orders.attention_rules import rules
from orders.erc.schema import Delivery, Item, Quantity
from orders.presenters.answers import answers
from orders.presenters.attention import Flag, anchor, flags
from orders.presenters.display import display, gettext
from orders.presenters.facts import Fact, facts
from orders.presenters.hosts import own_names
from orders.presenters.keeping import kept_where_small
from orders.presenters.links import picture_address
from orders.presenters.moments import When, when, when_shipped, window
from orders.presenters.money import price_text
from orders.presenters.quantities import counted, number_text
from orders.presenters.statuses import Status, status
from orders.presenters.text import Prose, clean, description, plain, prose
from orders.presenters.tracking import TrackingView, tracking_views
from orders.quantities import is_nothing_left
from orders.shipments import parcel_key
from orders.statuses import status_of
from orders.timeline import Place, timeline

_KEPT_CARDS = 300


class StepView(NamedTuple):
    """A step of the timeline; `hint` says to screen readers where it lies, `reached` is the one known date."""

    words: str
    place: str
    hint: str
    reached: When | None


class DeliveryView(NamedTuple):
    """A delivery of an item as its card shows it; `parcel` is the same for all that are in one parcel."""

    id: str
    parcel: str
    status: Status
    title: str
    units: str
    carrier: str
    facts: tuple[Fact, ...]
    promised: tuple[str, tuple[When, ...]] | None
    shipped: When | None
    updated: When | None
    tracking: tuple[TrackingView, ...]
    steps: tuple[StepView, ...]
    answer: str


class Undelivered(NamedTuple):
    """What is said of an item without deliveries, and the parcel that it stands in by that."""

    parcel: str
    words: str


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
    undelivered: Undelivered
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


def card(item: Item, at: Rules | None = None) -> CardView:
    """The card of an item, seen `at` a moment (now, unless given)."""
    shown = display()
    allowed = (tuple(settings.IMAGE_ORIGINS), own_names())
    return _card(_Same(item), at or rules(), shown.language, shown.zone, allowed)


@kept_where_small(maxsize=_KEPT_CARDS)
def _card(same: _Same, at: Rules, *_display: object) -> CardView:
    item = same.item
    deliveries = item.deliveries or ()
    said = answers(item, at)
    place = anchor(item.id)
    return CardView(
        id=clean(item.id),
        name=plain(item.name) or gettext("Item without a name"),
        brand=plain(item.brand),
        sku=clean(item.sku or ""),
        price=price_text(item.price.value, item.price.currency) if item.price else "",
        picture=picture_address(item.image_url),
        description=description(item.description),
        quantities=Quantities(
            ordered=_counted(item.quantity),
            to_deliver=_counted(item.deliverable_quantity),
            refundable=_counted(item.refundable_quantity),
        ),
        facts=facts(item.custom_fields),
        deliveries=tuple(
            _delivery(
                delivery,
                at,
                parcel=parcel_key(delivery) or f"{place}:{number}",
                title=_title(number, len(deliveries)),
                answer=answer,
            )
            for number, (delivery, answer) in enumerate(zip(deliveries, said.deliveries, strict=True), start=1)
        ),
        undelivered=_undelivered(item),
        anchor=place,
        answer=said.item,
        flags=flags(item, at),
    )


def _counted(count: Quantity | None) -> str:
    return "" if count is None else number_text(count)


def _undelivered(item: Item) -> Undelivered:
    if is_nothing_left(item):
        return Undelivered("nothing", gettext("Nothing to deliver."))
    return Undelivered("none", gettext("No delivery yet."))


def _delivery(delivery: Delivery, at: Rules, *, parcel: str, title: str, answer: str) -> DeliveryView:
    return DeliveryView(
        id=clean(delivery.id or ""),
        parcel=parcel,
        status=status(status_of(delivery)),
        title=title,
        units=_units(delivery.delivery_quantity),
        carrier=" · ".join(filter(None, (plain(delivery.carrier), plain(delivery.service_level)))),
        facts=_delivery_facts(delivery),
        promised=_promised(delivery),
        shipped=when_shipped(delivery.shipping_date),
        updated=when(delivery.last_update),
        tracking=tracking_views(delivery),
        steps=_steps(delivery, at),
        answer=answer,
    )


def _title(number: int, total: int) -> str:
    if total == 1:
        return gettext("Delivery")
    return gettext("Delivery %(n)d of %(total)d") % {"n": number, "total": total}


def _units(quantity: Quantity | None) -> str:
    return counted("%(count)d unit", "%(count)d units", quantity) if quantity else ""


def _delivery_facts(delivery: Delivery) -> tuple[Fact, ...]:
    given = (
        (gettext("Delivery type"), prose(plain(delivery.delivery_type))),
        (gettext("Note"), description(delivery.description)),
        (gettext("Can be returned"), prose(_counted(delivery.returnable_quantity))),
    )
    return tuple(Fact(label, text) for label, text in given if text)


def _promised(delivery: Delivery) -> tuple[str, tuple[When, ...]] | None:
    span = window(delivery.delivery_date_start, delivery.delivery_date_end)
    if not span:
        return None
    if not when(delivery.delivery_date_end):
        return gettext("Promised from"), span
    if not when(delivery.delivery_date_start):
        return gettext("Promised by"), span
    return gettext("Promised"), span


def _steps(delivery: Delivery, at: Rules) -> tuple[StepView, ...]:
    info = delivery.latest_status_info
    road = _road(display().language, status_of(delivery), delivery.delivery_type)
    shown = when(info.status_date_time) if info and not is_dated_ahead(delivery, at) else None
    if shown is None:
        return road
    return tuple(
        StepView(step.words, step.place, step.hint, shown) if step.place == Place.NOW.value else step
        for step in road
    )


@kept_where_small(maxsize=512)
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
