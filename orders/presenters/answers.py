"""Makes answers for agents to say or paste: one plain sentence for a delivery, an item and an order.

Only the latest status of a delivery is known (docs/api-reference.md#delivery-statuses), so an answer claims
nothing about earlier ones and names only given dates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from orders.core.localization import gettext, ngettext
from orders.erc.schema import Delivery, Item, Quantity
from orders.lookup.attention import Rules, days_of_silence, status_time
from orders.lookup.dates import window_of
from orders.lookup.quantities import is_nothing_left, is_sent_again, units_never_delivered, units_without_delivery
from orders.lookup.statuses import status_of
from orders.presenters.dates import day
from orders.presenters.quantities import say, say_count
from orders.presenters.statuses import status, summary
from orders.presenters.text import clean, isolate, plain
from orders.presenters.tracking import shown_numbers

_DATED = {
    "CONFIRMED": _("confirmed on %(day)s"),
    "IN_TRANSIT": _("in transit since %(day)s"),
    "OUT_FOR_DELIVERY": _("out for delivery since %(day)s"),
    "DELIVERED": _("delivered on %(day)s"),
    "READY_FOR_PICKUP": _("ready for pickup since %(day)s"),
    "PICKED_UP": _("picked up on %(day)s"),
    "ATTEMPTED_DELIVERY": _("delivery attempted on %(day)s"),
    "FAILURE": _("delivery failed on %(day)s"),
}
_PLAIN = {
    "CONFIRMED": _("confirmed"),
    "IN_TRANSIT": _("in transit"),
    "OUT_FOR_DELIVERY": _("out for delivery"),
    "DELIVERED": _("delivered"),
    "READY_FOR_PICKUP": _("ready for pickup"),
    "PICKED_UP": _("picked up"),
    "ATTEMPTED_DELIVERY": _("delivery attempted"),
    "FAILURE": _("delivery failed"),
    "UNKNOWN": _("status not known"),
    "": _("no status yet"),
}
# Statuses that follow a number of units directly: “2 of 3 delivered”, but “2 of 3 – delivery failed”.
_OF_UNITS = _DATED.keys() - {"ATTEMPTED_DELIVERY", "FAILURE"}
# Statuses with which the promised day is still ahead.
_PROMISED = frozenset({"", "UNKNOWN", "CONFIRMED", "IN_TRANSIT", "OUT_FOR_DELIVERY"})
# Fewer days without news are usual once a parcel moves.
_MIN_SILENT_DAYS = 2


class Answers(NamedTuple):
    """The answers for an item and each of its deliveries."""

    item: str
    deliveries: tuple[str, ...]


class Extent(NamedTuple):
    """The part of an order that an answer covers: so many `items`, and what is missing from the whole."""

    items: int
    goes_on: bool = False
    unreadable: int = 0
    beyond: int = 0
    breaks_off: bool = False
    begins_later: bool = False


def answers(item: Item, at: Rules) -> Answers:
    """Make the answers for an item and its deliveries.

    Such as “Kettle: 2 of 3 delivered on Sep 4, 2026; 1 in transit, tracking 1Z…”, and for a delivery “2 units: in
    transit since Sep 4, 2026, tracking 1Z…”.
    """
    deliveries = item.deliveries or ()
    told = [_tell(delivery, at) for delivery in deliveries]
    return Answers(_item_answer(item, told), tuple(map(_delivery_answer, deliveries, told)))


def _delivery_answer(delivery: Delivery, told: str) -> str:
    count = _count_to_tell(delivery)
    if count is None:
        return _sentence(told[:1].upper() + told[1:])
    return _about(say_count("%(count)d unit", "%(count)d units", count), told)


def _item_answer(item: Item, told: Sequence[str]) -> str:
    deliveries = item.deliveries or ()
    name = isolate(plain(item.name)) or gettext("Item without a name")
    if not deliveries:
        return _about(name, gettext("nothing to deliver") if is_nothing_left(item) else gettext("no delivery yet"))
    is_all = item.quantity == 1 and [delivery.delivery_quantity for delivery in deliveries] == [1]
    parts = [told[0]] if is_all else [*_parts(item, told), *_rest(item)]
    return _about(name, gettext("; ").join(parts))


def _parts(item: Item, told: Sequence[str]) -> Iterator[str]:
    """Say each delivery with its units, the first “of” all that were ordered."""
    total = item.quantity
    for delivery, words in zip(item.deliveries or (), told, strict=True):
        status, count = status_of(delivery), _count_to_tell(delivery)
        # No units of a failed delivery that were sent again: the sum would exceed the order.
        if count is None or (status == "FAILURE" and is_sent_again(item)):
            yield words
            continue
        yield _part(words, count, total if total is not None and total >= count else None, status)
        # Say the total once: again it would seem to be another one.
        total = None


def _part(words: str, count: Quantity, total: Quantity | None, status: str) -> str:
    if total is not None:
        pattern = (
            gettext("%(count)d of %(total)d %(state)s")
            if status in _OF_UNITS
            else gettext("%(count)d of %(total)d – %(state)s")
        )
        return say(pattern, count=count, total=total, state=words)
    pattern = gettext("%(count)d %(state)s") if status in _OF_UNITS else gettext("%(count)d – %(state)s")
    return say(pattern, count=count, state=words)


def _rest(item: Item) -> Iterator[str]:
    """Say how many units are in no delivery."""
    if is_nothing_left(item):
        if units_never_delivered(item):
            yield gettext("nothing more to deliver")
    elif left := units_without_delivery(item):
        yield say_count("%(count)d has no delivery yet", "%(count)d have no delivery yet", left)


def order_answer(order_id: str, statuses: Mapping[str, int], extent: Extent, *, waiting: int = 0) -> str:
    """Sum up an order: “Order A-1: 3 deliveries – 2 × Delivered, 1 × In transit.”

    `waiting` counts the items with units in no delivery; without them all would seem to be on its way. An answer
    for a part of the order names the part.
    """
    total = sum(statuses.values())
    order = gettext("Order %(order)s") % {"order": isolate(clean(order_id))}
    if not total:
        return _about(order, gettext("; ").join((_no_delivery_words(extent, waiting), *_missing(extent))))
    deliveries = say_count("%(count)d delivery", "%(count)d deliveries", total)
    if extent.goes_on:
        deliveries += " " + gettext("so far, the list goes on")
    stands = gettext(", ").join(f"{entry.number} × {isolate(entry.status.words)}" for entry in summary(statuses))
    told = [f"{deliveries} – {stands}"]
    if waiting:
        told.append(
            say_count(
                "%(count)d item has no delivery yet for all or some of its units",
                "%(count)d items have no delivery yet for all or some of their units",
                waiting,
            )
        )
    return _about(order, gettext("; ").join((*told, *_missing(extent))))


def _no_delivery_words(extent: Extent, waiting: int) -> str:
    is_nothing = extent.items and not waiting
    if not (extent.goes_on and extent.items):
        return gettext("nothing to deliver") if is_nothing else gettext("no delivery yet")
    if is_nothing:
        return say_count(
            "nothing of the first item is to be delivered",
            "nothing of the first %(count)d items is to be delivered",
            extent.items,
        )
    return say_count(
        "the first item has no delivery yet", "none of the first %(count)d items has a delivery yet", extent.items
    )


def _missing(extent: Extent) -> Iterator[str]:
    """Say which parts of the order the answer does not cover."""
    if extent.unreadable:
        yield say_count(
            "%(count)d entry could not be read", "%(count)d entries could not be read", extent.unreadable
        )
    if extent.beyond:
        yield say_count("%(count)d more entry is not shown", "%(count)d more entries are not shown", extent.beyond)
    if extent.breaks_off:
        yield gettext("the rest of the list could not be loaded")
    if extent.begins_later:
        yield gettext("the items before these are not counted")


def _about(what: str, told: str) -> str:
    return _sentence(gettext("%(what)s: %(told)s") % {"what": what, "told": told})


def _tell(delivery: Delivery, at: Rules) -> str:
    code = status_of(delivery)
    return gettext(", ").join((_state(delivery, code, at), *_details(delivery, code, at)))


def _count_to_tell(delivery: Delivery) -> Quantity | None:
    """Give the units of a delivery; None for “-1 units” and “0 units”, which would make no sense."""
    count = delivery.delivery_quantity
    return count if count is not None and count > 0 else None


def _state(delivery: Delivery, code: str, at: Rules) -> str:
    shown = None if code in _PLAIN else status(code)
    code = shown.code if shown else code
    if shown and code not in _PLAIN:
        return gettext("status “%(status)s”") % {"status": isolate(shown.words)}
    on = day(status_time(delivery, at)) if code in _DATED else ""
    return gettext(_DATED[code]) % {"day": on} if on else gettext(_PLAIN[code])


def _details(delivery: Delivery, code: str, at: Rules) -> Iterator[str]:
    silence = days_of_silence(delivery, at)
    if silence is not None and silence >= (at.silent_days if code == "CONFIRMED" else _MIN_SILENT_DAYS):
        yield ngettext("no update for %(days)d day", "no update for %(days)d days", silence) % {"days": silence}
    end = window_of(delivery.delivery_date_start, delivery.delivery_date_end).end if code in _PROMISED else None
    if by := day(end):
        yield gettext("promised by %(day)s") % {"day": by}
    if numbers := shown_numbers(delivery):
        yield gettext("tracking %(number)s") % {"number": gettext(", ").join(map(isolate, numbers))}


def _sentence(words: str) -> str:
    return words if words.endswith((".", "…")) else words + "."
