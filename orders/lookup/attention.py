"""What about an item or a delivery needs an agent's attention, and why; by rules that settings and clock make."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from orders.erc.schema import Delivery, Item
from orders.lookup.dates import Value, is_ahead, value_of, window_of
from orders.lookup.quantities import do_contradict
from orders.lookup.statuses import status_of

FINAL = frozenset({"DELIVERED", "PICKED_UP"})
_UNDER_WAY = frozenset({"CONFIRMED", "IN_TRANSIT", "OUT_FOR_DELIVERY"})


class ConcernKind(enum.Enum):
    """Why; in the order in which an agent should hear of them."""

    FAILED = "failed"
    ATTEMPTED = "attempted"
    LATE = "late"
    WAITING = "waiting"
    SILENT = "silent"
    DATE = "date"
    QUANTITIES = "quantities"


class Concern(NamedTuple):
    """One reason; `days` is how long it has lasted, where that is what matters, else 0."""

    reason: ConcernKind
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


def rules() -> Rules:
    """The rules of the settings at this minute, in the display's zone; what is made by them holds for as long."""
    return Rules(
        silent_days=settings.ATTENTION_SILENT_DAYS,
        waiting_days=settings.ATTENTION_PICKUP_DAYS,
        now=timezone.localtime().replace(second=0, microsecond=0),
    )


def concerns(item: Item, rules: Rules) -> tuple[Concern, ...]:
    """What about an item and its deliveries needs attention."""
    found = [concern for delivery in item.deliveries or () for concern in delivery_concerns(delivery, rules)]
    return (*found, *item_concerns(item))


def delivery_concerns(delivery: Delivery, rules: Rules) -> tuple[Concern, ...]:
    """What about this delivery needs attention; a delivery that has arrived needs none, unless it is yet to be."""
    status = status_of(delivery)
    if status in FINAL:
        return (Concern(ConcernKind.DATE),) if is_dated_ahead(delivery, rules) else ()
    found = []
    if status == "FAILURE":
        found.append(Concern(ConcernKind.FAILED))
    if status == "ATTEMPTED_DELIVERY":
        found.append(Concern(ConcernKind.ATTEMPTED))
    if status != "FAILURE" and _has_passed(delivery, rules):
        found.append(Concern(ConcernKind.LATE))
    waited = days_at_status(delivery, rules) if status == "READY_FOR_PICKUP" else None
    if waited is not None and waited >= rules.waiting_days:
        found.append(Concern(ConcernKind.WAITING, waited))
    silent = days_of_silence(delivery, rules)
    if silent is not None and silent >= rules.silent_days:
        found.append(Concern(ConcernKind.SILENT, silent))
    return tuple(found)


def item_concerns(item: Item) -> tuple[Concern, ...]:
    """Whether the counts of an item contradict each other."""
    return (Concern(ConcernKind.QUANTITIES),) if do_contradict(item) else ()


def status_time(delivery: Delivery, rules: Rules) -> Value | None:
    """When the latest status was reached; None where nothing tells, or where it is a time that is yet to come."""
    value = _raw_status_time(delivery)
    return None if value is None or is_ahead(value, rules.now) else value


def days_at_status(delivery: Delivery, rules: Rules) -> int | None:
    """Whole days since the status was reached; where that is not told, since the last update, which is later."""
    since = status_time(delivery, rules)
    return _days_since((since if since is not None else value_of(delivery.last_update),), rules)


def days_of_silence(delivery: Delivery, rules: Rules) -> int | None:
    """Whole days since the last that is known of a delivery under way; None for others and where nothing is."""
    if status_of(delivery) not in _UNDER_WAY:
        return None
    return _days_since((value_of(delivery.last_update), _raw_status_time(delivery)), rules)


def _raw_status_time(delivery: Delivery) -> Value | None:
    return value_of(delivery.latest_status_info.status_date_time) if delivery.latest_status_info else None


def is_dated_ahead(delivery: Delivery, rules: Rules) -> bool:
    value = _raw_status_time(delivery)
    return value is not None and is_ahead(value, rules.now)


def _days_since(moments: Iterable[Value | None], rules: Rules) -> int | None:
    spans = [_since(moment, rules) for moment in moments if moment is not None]
    return max(0, min(spans).days) if spans else None


def _since(value: Value, rules: Rules) -> timedelta:
    if isinstance(value, datetime):
        # Without an offset it may be up to 14 hours later than it reads in this zone.
        aware = value if value.tzinfo else value.replace(tzinfo=rules.zone) + timedelta(hours=14)
        return rules.now - aware
    return rules.now.date() - value


def _has_passed(delivery: Delivery, rules: Rules) -> bool:
    """Whether the promised time is over; a day is over when the next one begins."""
    if delivery.delivery_date_end is None:
        return False
    end = window_of(delivery.delivery_date_start, delivery.delivery_date_end).end
    return end is not None and _since(end, rules) > timedelta(0)
