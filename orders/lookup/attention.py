"""Decides what about an item or a delivery needs an agent's attention, by the settings' rules."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import chain
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from orders.erc.schema import Delivery, Item
from orders.lookup.conventions import STATUSES
from orders.lookup.dates import Value, is_ahead, is_later_day, value_of, window_of
from orders.lookup.quantities import do_contradict
from orders.lookup.statuses import is_to_arrive, other_status, status_of

FINAL = frozenset({"DELIVERED", "PICKED_UP"})
_UNDER_WAY = frozenset({"CONFIRMED", "IN_TRANSIT", "OUT_FOR_DELIVERY"})


class ConcernKind(enum.StrEnum):
    """The reasons, most urgent first."""

    FAILED = "failed"
    ATTEMPTED = "attempted"
    LATE = "late"
    WAITING = "waiting"
    SILENT = "silent"
    DATE = "date"
    QUANTITIES = "quantities"


class Concern(NamedTuple):
    """One reason; `days` is how long it has lasted, or 0 where that does not matter."""

    reason: ConcernKind
    days: int = 0


class Reasons(NamedTuple):
    """Why an item needs attention: the concerns of each of its deliveries, in their order, and its own."""

    deliveries: tuple[tuple[Concern, ...], ...]
    item: tuple[Concern, ...]

    def __bool__(self) -> bool:
        return bool(self.item) or any(self.deliveries)

    def concerns(self) -> tuple[Concern, ...]:
        """List all of them."""
        return (*chain.from_iterable(self.deliveries), *self.item)


class Rules(NamedTuple):
    """Limits of waiting in days, and the current time in the zone in which days are counted."""

    silent_days: int
    waiting_days: int
    now: datetime

    @property
    def zone(self) -> tzinfo | None:
        return self.now.tzinfo


def rules() -> Rules:
    """Give the settings' rules at this minute, in the display's zone; results may be cached for the minute."""
    return Rules(
        silent_days=settings.ATTENTION_SILENT_DAYS,
        waiting_days=settings.ATTENTION_PICKUP_DAYS,
        now=timezone.localtime().replace(second=0, microsecond=0),
    )


def reasons(item: Item, rules: Rules) -> Reasons:
    """Find the reasons why an item or its deliveries need attention."""
    return Reasons(
        tuple([delivery_concerns(delivery, rules) for delivery in item.deliveries or ()]), item_concerns(item)
    )


def delivery_concerns(delivery: Delivery, rules: Rules) -> tuple[Concern, ...]:
    """List the reasons for one delivery; one that has arrived has none, unless its date lies in the future."""
    status = status_of(delivery)
    if status in FINAL:
        return (Concern(ConcernKind.DATE),) if is_dated_ahead(delivery, rules) else ()
    found = []
    if status == "FAILURE":
        found.append(Concern(ConcernKind.FAILED))
    if status == "ATTEMPTED_DELIVERY":
        found.append(Concern(ConcernKind.ATTEMPTED))
    if is_to_arrive(status) and has_passed(delivery, rules):
        found.append(Concern(ConcernKind.LATE))
    waited = days_at_status(delivery, rules) if status == "READY_FOR_PICKUP" else None
    if waited is not None and waited >= rules.waiting_days:
        found.append(Concern(ConcernKind.WAITING, waited))
    silent = days_of_silence(delivery, rules)
    if silent is not None and silent >= rules.silent_days:
        found.append(Concern(ConcernKind.SILENT, silent))
    return tuple(found)


def item_concerns(item: Item) -> tuple[Concern, ...]:
    """Give the reason where an item's counts contradict each other."""
    return (Concern(ConcernKind.QUANTITIES),) if do_contradict(item) else ()


def status_time(delivery: Delivery, rules: Rules) -> Value | None:
    """Give the time of the latest status; None where it is unknown or its day is still to come."""
    return None if is_day_ahead(delivery, rules) else _raw_status_time(delivery)


def days_at_status(delivery: Delivery, rules: Rules) -> int | None:
    """Count whole days since the status, or since the last update where the status has no time."""
    since = status_time(delivery, rules)
    return _days_since((since if since is not None else value_of(delivery.last_update),), rules)


def days_of_silence(delivery: Delivery, rules: Rules) -> int | None:
    """Count whole days since the last news of a delivery under way or at an unlisted status.

    None for others, for cancelled ones, of which no news is to come, and without news.
    """
    status = status_of(delivery)
    if status not in _UNDER_WAY and (not status or status in STATUSES or other_status(status) == "CANCELLED"):
        return None
    return _days_since((value_of(delivery.last_update), _raw_status_time(delivery)), rules)


def latest_news(delivery: Delivery, rules: Rules) -> Value | None:
    """Give the time of the last that is known of a delivery; None without one."""
    known = [one for one in (value_of(delivery.last_update), _raw_status_time(delivery)) if one is not None]
    return min(known, key=lambda value: _since(value, rules), default=None)


def _raw_status_time(delivery: Delivery) -> Value | None:
    return value_of(delivery.latest_status_info.status_date_time) if delivery.latest_status_info else None


def is_dated_ahead(delivery: Delivery, rules: Rules) -> bool:
    value = _raw_status_time(delivery)
    return value is not None and is_ahead(value, rules.now)


def is_day_ahead(delivery: Delivery, rules: Rules) -> bool:
    """Whether the day of the latest status is still to come for the reader, maybe not where the parcel is."""
    value = _raw_status_time(delivery)
    return value is not None and is_later_day(value, rules.now, rules.zone or UTC)


def _days_since(values: Iterable[Value | None], rules: Rules) -> int | None:
    spans = [_since(value, rules) for value in values if value is not None]
    return max(0, min(spans).days) if spans else None


def _since(value: Value, rules: Rules) -> timedelta:
    if isinstance(value, datetime):
        # Without an offset the time may be up to 14 hours later than it reads in this zone.
        aware = value if value.tzinfo else value.replace(tzinfo=rules.zone) + timedelta(hours=14)
        return rules.now - aware
    return rules.now.date() - value


def has_passed(delivery: Delivery, rules: Rules) -> bool:
    """Whether the promised window is over; a day ends when the next one begins."""
    if delivery.delivery_date_end is None:
        return False
    end = window_of(delivery.delivery_date_start, delivery.delivery_date_end).end
    return end is not None and _since(end, rules) > timedelta(0)
