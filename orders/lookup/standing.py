"""Tells where the items of an order stand, what of them needs action, and which promise is the nearest.

An item whose shipments differ is at no single place, so it is counted as divided, and one of which only a part has
a shipment as begun: nothing is said of the whole from a part of it.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from orders.erc.schema import Delivery, Item
from orders.erc.timestamps import Timestamp
from orders.lookup.attention import ConcernKind, Reasons, Rules, has_passed
from orders.lookup.dates import Value, window_of
from orders.lookup.quantities import (
    has_failed,
    has_units,
    is_nothing_left,
    is_sent_again,
    is_waiting,
    units_never_delivered,
)
from orders.lookup.shipments import shipment_mark
from orders.lookup.statuses import is_to_arrive, is_unlisted, status_of

# In a list's state, which a link carries.
_MAX_DATE = 40
_ORDER = tuple(ConcernKind)
_URGENT = (ConcernKind.FAILED, ConcernKind.LATE)


class Standing(enum.StrEnum):
    """Where an item is, in the order in which it is told; the values stand in the links of open pages."""

    DELIVERED = "d"
    COLLECTED = "k"
    PARTLY = "p"
    OUT = "o"
    MOVING = "m"
    PICKUP = "c"
    ATTEMPTED = "a"
    FAILED = "f"
    DIVIDED = "s"
    BEGUN = "b"
    NOT_SENT = "n"
    OTHER = "w"
    UNKNOWN = "u"
    NOTHING = "x"


class Alarm(enum.IntEnum):
    """How urgent what needs action is."""

    NONE = 0
    CHECK = 1
    URGENT = 2


class Promise(NamedTuple):
    """The window in which something is expected, as it came; an absent end is empty."""

    start: str = ""
    end: str = ""


class Appraisal(NamedTuple):
    """What some items add to the totals of their order.

    `flagged` counts the items that need attention, `troubled` the shipments among them, `contradicting` the items
    whose counts contradict each other. `promise` is the nearest one of those that are still ahead.
    """

    standings: dict[str, int]
    flagged: int = 0
    troubled: int = 0
    contradicting: int = 0
    alarm: Alarm = Alarm.NONE
    promise: Promise = Promise()


class Trouble(NamedTuple):
    """One shipment that needs action: the delivery by which it is told, and the items that are in it.

    Without a delivery it is an item whose counts contradict each other.
    """

    delivery: Delivery | None
    items: tuple[Item, ...]
    alarm: Alarm


_BY_STATUS = {
    "DELIVERED": Standing.DELIVERED,
    "PICKED_UP": Standing.COLLECTED,
    "OUT_FOR_DELIVERY": Standing.OUT,
    "IN_TRANSIT": Standing.MOVING,
    "READY_FOR_PICKUP": Standing.PICKUP,
    "ATTEMPTED_DELIVERY": Standing.ATTEMPTED,
    "FAILURE": Standing.FAILED,
    "CONFIRMED": Standing.NOT_SENT,
}
_ARRIVED = {Standing.DELIVERED, Standing.COLLECTED}


def standing_of(item: Item) -> Standing:
    """Tell where an item is."""
    deliveries = item.deliveries or ()
    if not deliveries:
        return Standing.NOTHING if is_nothing_left(item) else Standing.NOT_SENT
    if item.deliveries_beyond:
        return Standing.DIVIDED
    telling = _telling(item, deliveries)
    found = {_standing_at(status_of(one)) for one in telling}
    if is_waiting(item):
        found.add(Standing.NOT_SENT)
    found = found or {_standing_at(status_of(one)) for one in deliveries}
    if found <= _ARRIVED and units_never_delivered(item):
        return Standing.PARTLY
    if len(found) == 1:
        return found.pop()
    if found == _ARRIVED:
        return Standing.DELIVERED
    if found & _ARRIVED:
        return Standing.PARTLY
    return Standing.DIVIDED if len(telling) > 1 else Standing.BEGUN


def _telling(item: Item, deliveries: Sequence[Delivery]) -> Sequence[Delivery]:
    """Choose the deliveries that tell where an item's units are: those of a failed one may be sent again."""
    telling = [one for one in deliveries if has_units(item, one)]
    lasting = [one for one in telling if not has_failed(one)]
    return lasting if len(lasting) < len(telling) and is_sent_again(item) else telling


def _standing_at(code: str) -> Standing:
    return Standing.OTHER if is_unlisted(code) else _BY_STATUS.get(code, Standing.UNKNOWN)


def appraise(
    items: Sequence[Item],
    because: Sequence[Reasons],
    known: Collection[bytes],
    rules: Rules | None,
    before: Promise,
) -> Appraisal:
    """Sum up a page's items; shipments whose marks are `known` were counted before.

    `because` has each item's reasons for attention, and `before` is the nearest promise so far. Without rules,
    nothing needs attention.
    """
    standings = Counter(standing_of(item).value for item in items)
    if rules is None:
        return Appraisal(dict(standings), promise=before)
    troubles = list(find_troubles(items, because))
    new = [one for one in troubles if one.delivery and shipment_mark(one.delivery) not in known]
    return Appraisal(
        dict(standings),
        flagged=sum(map(bool, because)),
        troubled=len(new),
        contradicting=sum(bool(one.item) for one in because),
        alarm=max((one.alarm for one in troubles), default=Alarm.NONE),
        promise=_nearest(items, rules, before),
    )


def find_troubles(items: Iterable[Item], because: Iterable[Reasons]) -> Iterator[Trouble]:
    """List what needs action, each shipment once, the most urgent first; `because` has each item's reasons."""
    found: dict[bytes, Trouble] = {}
    places: dict[bytes, int] = {}
    for item, (of_deliveries, of_item) in zip(items, because, strict=True):
        for delivery, found_here in zip(item.deliveries or (), of_deliveries, strict=True):
            if not found_here:
                continue
            key = shipment_mark(delivery) or b"%d" % len(found)
            former = found.get(key)
            if former is None:
                alarm = Alarm.URGENT if any(one.reason in _URGENT for one in found_here) else Alarm.CHECK
                found[key] = Trouble(delivery, (item,), alarm)
                places[key] = min([_ORDER.index(one.reason) for one in found_here])
            elif former.items[-1] is not item:
                found[key] = former._replace(items=(*former.items, item))
        if of_item:
            key = b"item %d" % len(found)
            found[key] = Trouble(None, (item,), Alarm.CHECK)
            places[key] = _ORDER.index(ConcernKind.QUANTITIES)
    return iter([found[key] for key in sorted(found, key=places.__getitem__)])


def _nearest(items: Iterable[Item], rules: Rules, before: Promise) -> Promise:
    best, best_at = before, _moment(before, rules)
    for item in items:
        for delivery in item.deliveries or ():
            status = status_of(delivery)
            # At a pickup location the window is that of the customer.
            if status == "READY_FOR_PICKUP" or not is_to_arrive(status) or has_passed(delivery, rules):
                continue
            promise = Promise(_text(delivery.delivery_date_start), _text(delivery.delivery_date_end))
            at = _moment(promise, rules)
            if at is not None and (best_at is None or at < best_at):
                best, best_at = promise, at
    return best


def _text(timestamp: Timestamp | None) -> str:
    return timestamp.text if timestamp is not None and len(timestamp.text) <= _MAX_DATE else ""


def timestamps_of(promise: Promise) -> tuple[Timestamp | None, Timestamp | None]:
    """Give the ends of a promise as the API gave them."""
    return (
        Timestamp(promise.start) if promise.start else None,
        Timestamp(promise.end) if promise.end else None,
    )


def _moment(promise: Promise, rules: Rules) -> datetime | None:
    """Give the moment at which a promise ends; None where it has no end, or that has passed."""
    end = window_of(*timestamps_of(promise)).end
    if end is None:
        return None
    at = _end_of(end, rules)
    return at if at is not None and at >= rules.now else None


def _end_of(value: Value, rules: Rules) -> datetime | None:
    try:
        if not isinstance(value, datetime):
            return datetime.combine(value, time(), tzinfo=rules.zone) + timedelta(days=1)
        return value if value.tzinfo else value.replace(tzinfo=rules.zone)
    except (OverflowError, ValueError):
        return None
