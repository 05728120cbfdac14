"""Deliveries of an item for its card."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from orders.core.localization import display, gettext
from orders.erc.schema import Delivery, Quantity
from orders.lookup.attention import Rules, is_dated_ahead
from orders.lookup.shipments import parcel_key
from orders.lookup.statuses import status_of
from orders.lookup.timeline import StepState, timeline
from orders.presenters.attention import anchor
from orders.presenters.dates import DateText, when, when_shipped, window
from orders.presenters.facts import Fact
from orders.presenters.quantities import count_text, say_count
from orders.presenters.statuses import Status, status
from orders.presenters.text import clean, description, plain, prose
from orders.presenters.tracking import TrackingView, tracking_views

_MAX_CACHED_LENGTH = 200


class StepView(NamedTuple):
    """A step of the timeline; `hint` tells screen readers its position, `reached` is the one known date."""

    words: str
    place: str
    hint: str
    reached: DateText | None


class DeliveryView(NamedTuple):
    """A delivery for a card. `key` is its unique place on the page; deliveries in one parcel share `parcel`."""

    id: str
    key: str
    parcel: str
    status: Status
    title: str
    units: str
    carrier: str
    facts: tuple[Fact, ...]
    promised: tuple[str, tuple[DateText, ...]] | None
    shipped: DateText | None
    updated: DateText | None
    tracking: tuple[TrackingView, ...]
    steps: tuple[StepView, ...]
    answer: str


def delivery_views(
    deliveries: Sequence[Delivery], at: Rules, *, card: str, told: Sequence[str]
) -> tuple[DeliveryView, ...]:
    """Make the views of an item's deliveries; `card` is the item's anchor, `told` their answers."""
    return tuple(
        _delivery(delivery, at, key=key, title=_title(number, len(deliveries)), answer=answer)
        for number, (delivery, key, answer) in enumerate(
            zip(deliveries, _keys(card, deliveries), told, strict=True), start=1
        )
    )


def _keys(name: str, deliveries: Sequence[Delivery]) -> list[str]:
    """Make keys from the deliveries' ids, so that a refresh finds each again at any position."""
    seen: dict[str, int] = {}
    keys = []
    for delivery in deliveries:
        given = delivery.id or ""
        place = seen.get(given, 0)
        # Unambiguous: no anchor has a colon.
        keys.append(f"{name}:{anchor(given, place)}")
        seen[given] = place + 1
    return keys


def _delivery(delivery: Delivery, at: Rules, *, key: str, title: str, answer: str) -> DeliveryView:
    return DeliveryView(
        id=clean(delivery.id or ""),
        key=key,
        parcel=parcel_key(delivery) or key,
        status=status(status_of(delivery)),
        title=title,
        units=_units(delivery.delivery_quantity),
        carrier=" · ".join(filter(None, (plain(delivery.carrier), plain(delivery.service_level)))),
        facts=_delivery_facts(delivery),
        promised=_promise(delivery),
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
    return say_count("%(count)d unit", "%(count)d units", quantity) if quantity else ""


def _delivery_facts(delivery: Delivery) -> tuple[Fact, ...]:
    given = (
        (gettext("Delivery type"), prose(plain(delivery.delivery_type))),
        (gettext("Note"), description(delivery.description)),
        (gettext("Can be returned"), prose(count_text(delivery.returnable_quantity))),
    )
    return tuple(Fact(label, text) for label, text in given if text)


def _promise(delivery: Delivery) -> tuple[str, tuple[DateText, ...]] | None:
    first, last = window(delivery.delivery_date_start, delivery.delivery_date_end)
    if first and last:
        return gettext("Promised"), (first,) if first == last else (first, last)
    if first:
        return gettext("Promised from"), (first,)
    return (gettext("Promised by"), (last,)) if last else None


def _steps(delivery: Delivery, at: Rules) -> tuple[StepView, ...]:
    info = delivery.latest_status_info
    code, kind = status_of(delivery), delivery.delivery_type or ""
    road = _road if len(code) + len(kind) <= _MAX_CACHED_LENGTH else _road.__wrapped__
    steps, now = road(display().language, code, kind)
    shown = when(info.status_date_time) if info and not is_dated_ahead(delivery, at) else None
    if shown is None or now is None:
        return steps
    present = steps[now]
    return (*steps[:now], StepView(present.words, present.place, present.hint, shown), *steps[now + 1 :])


@lru_cache(maxsize=512)
def _road(_language: str, code: str, delivery_type: str) -> tuple[tuple[StepView, ...], int | None]:
    """Make the timeline without its date, and the date's position, cached: there are few statuses."""
    hints = {
        StepState.BEFORE: gettext("usually before"),
        StepState.NOW: gettext("latest status"),
        StepState.AFTER: gettext("usually still to come"),
        StepState.OPEN: gettext("not known"),
    }
    road = timeline(code, delivery_type)
    steps = tuple(StepView(status(step.status).words, step.place.value, hints[step.place], None) for step in road)
    return steps, next((place for place, step in enumerate(road) if step.place is StepState.NOW), None)
