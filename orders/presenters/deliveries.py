"""Deliveries of an item for its card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from orders.core.localization import display, gettext
from orders.erc.schema import Delivery, Quantity
from orders.erc.timestamps import Timestamp
from orders.lookup.attention import FINAL, Rules, has_passed, is_day_ahead
from orders.lookup.dates import day_or_time, is_ahead, is_later_day, value_of
from orders.lookup.shipments import parcel_key
from orders.lookup.statuses import is_to_arrive, status_of
from orders.lookup.timeline import StepState, timeline
from orders.presenters.attention import anchor
from orders.presenters.dates import DateText, Moment, moment, shipped, short_window, short_window_end, updated
from orders.presenters.facts import Fact
from orders.presenters.quantities import count_text, say_count
from orders.presenters.statuses import Status, status
from orders.presenters.text import Prose, clean, description, plain, prose
from orders.presenters.tracking import TrackingView, tracking_views

_MAX_CACHED_LENGTH = 200


class StepView(NamedTuple):
    """A step of the timeline; `hint` tells screen readers its position."""

    words: str
    place: str
    hint: str


class StepsView(NamedTuple):
    """The timeline around the latest status, which has no place on it where there is none."""

    before: tuple[StepView, ...]
    now: StepView | None
    after: tuple[StepView, ...]


class Dated(NamedTuple):
    """A labelled day or time, or the two ends of a span."""

    label: str
    first: DateText
    last: DateText | None = None


class _Labels(NamedTuple):
    """What stands before a window: before both of its ends, before one alone, and once it has passed."""

    whole: str
    begin: str
    by: str
    passed: str


_EXPECTED = _Labels(
    # Translators: before a span of days in which a shipment is expected.
    whole=_("Expected"),
    begin=_("Expected from"),
    by=_("Expected by"),
    passed=_("Was expected by"),
)
_NEXT = _Labels(
    # Translators: before the span in which the carrier tries again, after an unsuccessful delivery attempt.
    whole=_("Next delivery attempt"),
    begin=_("Next delivery attempt from"),
    by=_("Next delivery attempt by"),
    # Translators: before the day until which the carrier would try again; it has passed.
    passed=_("Next delivery attempt was expected by"),
)
_PICKUP = _Labels(
    # Translators: before the span in which a shipment waits at a pickup location.
    whole=_("Can be collected"),
    begin=_("Can be collected from"),
    by=_("Can be collected until"),
    passed=_("Could be collected until"),
)


class DeliveryView(NamedTuple):
    """A delivery for a card. `key` is its own name on the page; deliveries in one parcel share `parcel`.

    A message about it names it by its `key`. `reached` is the time of the latest status, and `promised` the day
    that is still ahead or has passed in vain. `dates` and `facts` are what is less often asked for.
    """

    id: str
    key: str
    parcel: str
    status: Status
    title: str
    units: str
    carrier: str
    reached: Moment | None
    promised: Dated | None
    note: Prose | None
    dates: tuple[Dated, ...]
    facts: tuple[Fact, ...]
    tracking: tuple[TrackingView, ...]
    steps: StepsView
    answer: str


def delivery_views(
    deliveries: Sequence[Delivery], at: Rules, *, card: str, told: Sequence[str]
) -> tuple[DeliveryView, ...]:
    """Make the views of an item's deliveries; `card` is the item's anchor, `told` their answers."""
    return tuple(
        _delivery(delivery, at, key=key, title=_title(number, len(deliveries)), answer=answer)
        for number, (delivery, key, answer) in enumerate(
            zip(deliveries, delivery_keys(card, deliveries), told, strict=True), start=1
        )
    )


def delivery_keys(name: str, deliveries: Sequence[Delivery]) -> list[str]:
    """Make keys from the deliveries' ids, each of its own on the page."""
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
    info = delivery.tracking_info
    reached = _reached(delivery, at)
    promised, is_open = _promise(delivery, at), _is_open(delivery, at)
    return DeliveryView(
        id=clean(delivery.id or ""),
        key=key,
        parcel=parcel_key(delivery) or key,
        status=status(status_of(delivery)),
        title=title,
        units=_units(delivery.delivery_quantity),
        carrier=" · ".join(filter(None, (plain(delivery.carrier), plain(delivery.service_level)))),
        reached=reached,
        promised=promised if is_open else None,
        note=description(delivery.description),
        dates=_other_dates(delivery, at, None if is_open else promised, reached),
        facts=_delivery_facts(delivery),
        tracking=tracking_views(info.tracking_number, info.external_url) if info else (),
        steps=_steps(delivery),
        answer=answer,
    )


def _title(number: int, total: int) -> str:
    if total == 1:
        # Translators: the noun: what a carrier carries, maybe several parcels.
        return gettext("Shipment")
    return gettext("Shipment %(n)d of %(total)d") % {"n": number, "total": total}


def _units(quantity: Quantity | None) -> str:
    return say_count("%(count)d unit", "%(count)d units", quantity) if quantity else ""


def _delivery_facts(delivery: Delivery) -> tuple[Fact, ...]:
    found = []
    if kind := prose(plain(delivery.delivery_type)):
        found.append(Fact(gettext("Delivery type"), kind))
    if returnable := prose(count_text(delivery.returnable_quantity)):
        found.append(Fact(gettext("Returnable units"), returnable))
    return tuple(found)


def _reached(delivery: Delivery, at: Rules) -> Moment | None:
    info = delivery.latest_status_info
    return moment(info.status_date_time, at.now) if info and not is_day_ahead(delivery, at) else None


def _promise(delivery: Delivery, at: Rules) -> Dated | None:
    """Say the window; of what does not arrive any more only what was expected, unless it has arrived."""
    start, end, code = delivery.delivery_date_start, delivery.delivery_date_end, status_of(delivery)
    labels = {"ATTEMPTED_DELIVERY": _NEXT, "READY_FOR_PICKUP": _PICKUP}.get(code, _EXPECTED)
    first, last = short_window(start, end, at.now)
    is_past = has_passed(delivery, at) or not (is_to_arrive(code) or code in FINAL)
    if is_past and (until := short_window_end(start, end, at.now)):
        return Dated(gettext(labels.passed), until)
    if first and last:
        return Dated(gettext(labels.whole), first, None if first == last else last)
    if first:
        return Dated(gettext(labels.begin), first)
    return Dated(gettext(labels.by), last) if last else None


def _is_open(delivery: Delivery, at: Rules) -> bool:
    """Whether a window still tells something: without an end it does not once it has begun."""
    if not is_to_arrive(status_of(delivery)):
        return False
    begin = value_of(delivery.delivery_date_start) if delivery.delivery_date_end is None else None
    return begin is None or is_ahead(begin, at.now)


def _other_dates(
    delivery: Delivery, at: Rules, promised: Dated | None, reached: Moment | None
) -> tuple[Dated, ...]:
    """List the promise of what has arrived, the shipping, and a last update other than the status."""
    found = [promised] if promised else []
    if sent := shipped(delivery.shipping_date, at.now):
        label = (
            # Translators: before the day on which a shipment is to leave.
            gettext("Shipping expected")
            if _is_to_come(delivery.shipping_date, at)
            # Translators: before the day on which a shipment left.
            else gettext("Shipped")
        )
        found.append(Dated(label, sent))
    latest = None if _is_to_come(delivery.last_update, at) else updated(delivery.last_update, at.now)
    if latest and not (reached and reached.when.text == latest.text):
        found.append(Dated(gettext("Last update"), latest))
    return tuple(found)


def _is_to_come(timestamp: Timestamp | None, at: Rules) -> bool:
    value = day_or_time(timestamp)
    return value is not None and is_later_day(value, at.now, at.zone or UTC)


def _steps(delivery: Delivery) -> StepsView:
    code, kind = status_of(delivery), delivery.delivery_type or ""
    road = _road if len(code) + len(kind) <= _MAX_CACHED_LENGTH else _road.__wrapped__
    return road(display().language, code, kind)


@lru_cache(maxsize=512)
def _road(_language: str, code: str, delivery_type: str) -> StepsView:
    """Make the timeline, cached: there are few statuses."""
    hints = {
        StepState.BEFORE: gettext("usually earlier"),
        StepState.NOW: gettext("latest status"),
        StepState.AFTER: gettext("usually still to come"),
        StepState.OPEN: gettext("not known"),
    }
    places = timeline(code, delivery_type)
    steps = tuple(StepView(status(step.status).words, step.place.value, hints[step.place]) for step in places)
    at = next((at for at, step in enumerate(places) if step.place is StepState.NOW), None)
    return StepsView((), None, steps) if at is None else StepsView(steps[:at], steps[at], steps[at + 1 :])
