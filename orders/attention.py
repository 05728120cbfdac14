"""What about an item or a delivery needs an agent's attention, and why. Pure: knows the answer and the clock."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from orders.erc.moments import Moment
from orders.erc.schema import Delivery, Item, Quantity

FINAL = frozenset({"DELIVERED", "PICKED_UP"})
_UNDER_WAY = frozenset({"IN_TRANSIT", "OUT_FOR_DELIVERY"})


class Reason(enum.Enum):
    """Why; in the order in which an agent should hear of them."""

    FAILED = "failed"
    ATTEMPTED = "attempted"
    LATE = "late"
    WAITING = "waiting"
    SILENT = "silent"
    QUANTITIES = "quantities"


class Concern(NamedTuple):
    """One reason; `days` is how long it has lasted, where that is what matters, else 0."""

    reason: Reason
    days: int = 0


class Rules(NamedTuple):
    """When waiting is too long, in days, and what time it is, in the zone in which days are counted."""

    silent_days: int
    waiting_days: int
    now: datetime

    @property
    def zone(self) -> tzinfo | None:
        """The zone of the clock."""
        return self.now.tzinfo


def concerns(item: Item, rules: Rules) -> tuple[Concern, ...]:
    """What about an item and its deliveries needs attention."""
    found = [concern for delivery in item.deliveries or () for concern in delivery_concerns(delivery, rules)]
    return (*found, *item_concerns(item))


def delivery_concerns(delivery: Delivery, rules: Rules) -> tuple[Concern, ...]:
    """What about this delivery needs attention; a delivery that has arrived needs none."""
    status = (delivery.latest_status_info.type or "") if delivery.latest_status_info else ""
    if status in FINAL:
        return ()
    found = []
    if status == "FAILURE":
        found.append(Concern(Reason.FAILED))
    if status == "ATTEMPTED_DELIVERY":
        found.append(Concern(Reason.ATTEMPTED))
    if status != "FAILURE" and _has_passed(delivery.delivery_date_end, rules):
        found.append(Concern(Reason.LATE))
    waited = _days_since([_reached(delivery)], rules)
    if status == "READY_FOR_PICKUP" and waited is not None and waited >= rules.waiting_days:
        found.append(Concern(Reason.WAITING, waited))
    silent = days_without_update(delivery, rules)
    if status in _UNDER_WAY and silent is not None and silent >= rules.silent_days:
        found.append(Concern(Reason.SILENT, silent))
    return tuple(found)


def item_concerns(item: Item) -> tuple[Concern, ...]:
    """Whether the counts of an item contradict each other; what is not given contradicts nothing.

    Whether units on their way are still “to be delivered” is not documented, so either is right.
    """
    deliveries = item.deliveries or ()
    counts = [delivery.delivery_quantity for delivery in deliveries]
    shipped = sum(count for count in counts if count is not None)
    arrived = sum(
        delivery.delivery_quantity or 0
        for delivery in deliveries
        if delivery.latest_status_info and delivery.latest_status_info.type in FINAL
    )
    left = item.deliverable_quantity
    if any(count is not None and count < 0 for count in (*counts, item.quantity, left)):
        return (Concern(Reason.QUANTITIES),)
    if item.quantity is None:
        return ()
    is_too_much = shipped > item.quantity or (left is not None and arrived + left > item.quantity)
    is_too_little = left is not None and bool(counts) and None not in counts and shipped + left < item.quantity
    return (Concern(Reason.QUANTITIES),) if is_too_much or is_too_little else ()


def units_without_delivery(item: Item) -> Quantity:
    """How many units of an item are in none of its deliveries; 0 where the counts do not tell."""
    counts = [delivery.delivery_quantity for delivery in item.deliveries or ()]
    if item.quantity is None or any(count is None or count < 0 for count in counts):
        return 0
    left = item.quantity - sum(count for count in counts if count is not None)
    return left if left > 0 else 0


def days_without_update(delivery: Delivery, rules: Rules) -> int | None:
    """Whole days since the last that is known of a delivery; None where no moment is known."""
    return _days_since([delivery.last_update, _reached(delivery)], rules)


def _reached(delivery: Delivery) -> Moment | None:
    return delivery.latest_status_info.status_date_time if delivery.latest_status_info else None


def _days_since(moments: Iterable[Moment | None], rules: Rules) -> int | None:
    spans = [span for moment in moments if moment and (span := _since(moment, rules)) is not None]
    return max(0, min(spans) // timedelta(days=1)) if spans else None


def _since(moment: Moment, rules: Rules) -> timedelta | None:
    value = moment.value
    try:
        if isinstance(value, datetime):
            # Without an offset it may be up to 14 hours later than it reads in this zone.
            aware = value if value.tzinfo else value.replace(tzinfo=rules.zone) + timedelta(hours=14)
            return rules.now - aware
        return timedelta(days=(rules.now.date() - value).days) if isinstance(value, date) else None
    except OverflowError:
        return None


def _has_passed(moment: Moment | None, rules: Rules) -> bool:
    span = _since(moment, rules) if moment else None
    # A day has passed once it is over.
    return span is not None and span > timedelta(0)
