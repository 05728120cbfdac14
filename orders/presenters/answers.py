"""Answers to say or paste: one plain sentence for a delivery, an item and an order, made from the data alone.

True to API.md: only the latest status of a delivery is known, so nothing is said of earlier ones, and no date that
was not given is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from orders.attention import Rules, days_without_update, units_without_delivery
from orders.erc.moments import Moment
from orders.erc.schema import Delivery, Item, Quantity
from orders.presenters.display import gettext, ngettext
from orders.presenters.moments import day
from orders.presenters.quantities import counted, said
from orders.presenters.statuses import status, summary
from orders.presenters.text import clean, isolated

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
# What can be said of a number of units as it is: “2 of 3 delivered”, but “2 of 3 – delivery failed”.
_OF_UNITS = _DATED.keys() - {"ATTEMPTED_DELIVERY", "FAILURE"}
# Fewer days without news are the usual course of things, and not worth a word.
_FEW_DAYS = 2


class Answers(NamedTuple):
    """The sentence of an item, and one for each of its deliveries."""

    item: str
    deliveries: tuple[str, ...]


def answers(item: Item, at: Rules) -> Answers:
    """What is known of an item and of its deliveries.

    Such as “Kettle: 2 of 3 delivered on Sep 4, 2026; 1 in transit, tracking 1Z…”, and for a delivery “2 units: in
    transit since Sep 4, 2026, tracking 1Z…”.
    """
    deliveries = item.deliveries or ()
    told = [_told(delivery, at) for delivery in deliveries]
    return Answers(_item_answer(item, told), tuple(map(_delivery_answer, deliveries, told)))


def _delivery_answer(delivery: Delivery, told: str) -> str:
    count = _told_count(delivery)
    if count is None:
        return _sentence(told[:1].upper() + told[1:])
    return _about(counted("%(count)d unit", "%(count)d units", count), told)


def _item_answer(item: Item, told: Sequence[str]) -> str:
    deliveries = item.deliveries or ()
    name = isolated(clean(item.name)) or gettext("Item without a name")
    if not deliveries:
        return _about(name, gettext("no delivery yet"))
    is_all = item.quantity == 1 and [delivery.delivery_quantity for delivery in deliveries] == [1]
    if is_all:
        return _about(name, told[0])
    parts = [
        _part(delivery, words, item, is_first=index == 0)
        for index, (delivery, words) in enumerate(zip(deliveries, told, strict=True))
    ]
    left = units_without_delivery(item)
    if left:
        parts.append(counted("%(count)d has no delivery yet", "%(count)d have no delivery yet", left))
    return _about(name, gettext("; ").join(parts))


def order_answer(order_id: str, statuses: Mapping[str, int], *, is_whole: bool, waiting: int = 0) -> str:
    """How the deliveries of an order stand: “Order A-1: 3 deliveries – 2 × Delivered, 1 × In transit.”

    `waiting` counts the items of which not all has a delivery; to leave them out would say that all is on its way.
    """
    total = sum(statuses.values())
    order = gettext("Order %(order)s") % {"order": isolated(clean(order_id))}
    if not total:
        return _about(order, gettext("no delivery yet"))
    deliveries = ngettext("%(count)d delivery", "%(count)d deliveries", total) % {"count": total}
    if not is_whole:
        deliveries += " " + gettext("so far, the list goes on")
    stands = gettext(", ").join(f"{entry.number} × {isolated(entry.status.words)}" for entry in summary(statuses))
    told = [f"{deliveries} – {stands}"]
    if waiting:
        told.append(
            ngettext(
                "%(count)d item has no delivery yet for all or some of its units",
                "%(count)d items have no delivery yet for all or some of their units",
                waiting,
            )
            % {"count": waiting}
        )
    return _about(order, gettext("; ").join(told))


def _about(what: str, told: str) -> str:
    return _sentence(gettext("%(what)s: %(told)s") % {"what": what, "told": told})


def _told(delivery: Delivery, at: Rules) -> str:
    return gettext(", ").join((_state(delivery), *_details(delivery, at)))


def _part(delivery: Delivery, words: str, item: Item, *, is_first: bool) -> str:
    count = _told_count(delivery)
    if count is None:
        return words
    fits = bool(delivery.latest_status_info and delivery.latest_status_info.type in _OF_UNITS)
    if is_first and item.quantity is not None and item.quantity >= count:
        pattern = (
            gettext("%(count)d of %(total)d %(state)s") if fits else gettext("%(count)d of %(total)d – %(state)s")
        )
        return said(pattern, count=count, total=item.quantity, state=words)
    pattern = gettext("%(count)d %(state)s") if fits else gettext("%(count)d – %(state)s")
    return said(pattern, count=count, state=words)


def _told_count(delivery: Delivery) -> Quantity | None:
    """The units of a delivery, where that is a number that can be said; nobody has “-1 units”."""
    count = delivery.delivery_quantity
    return count if count is not None and count >= 0 else None


def _state(delivery: Delivery) -> str:
    info = delivery.latest_status_info
    on = day(info.status_date_time) if info else ""
    shown = status(info.type if info else None)
    if on and shown.code in _DATED:
        return gettext(_DATED[shown.code]) % {"day": on}
    if shown.code in _PLAIN:
        return gettext(_PLAIN[shown.code])
    return gettext("status “%(status)s”") % {"status": isolated(shown.words)}


def _details(delivery: Delivery, at: Rules) -> tuple[str, ...]:
    code = (delivery.latest_status_info.type or "") if delivery.latest_status_info else ""
    found = []
    if code in ("IN_TRANSIT", "OUT_FOR_DELIVERY"):
        found += [_silence(delivery, at), _promise(delivery.delivery_date_end)]
    elif code in ("", "UNKNOWN", "CONFIRMED"):
        found.append(_promise(delivery.delivery_date_end))
    number = clean(delivery.tracking_info.tracking_number or "") if delivery.tracking_info else ""
    if number:
        found.append(gettext("tracking %(number)s") % {"number": isolated(number)})
    return tuple(filter(None, found))


def _silence(delivery: Delivery, at: Rules) -> str:
    days = days_without_update(delivery, at)
    if days is None or days < _FEW_DAYS:
        return ""
    return ngettext("no update for %(days)d day", "no update for %(days)d days", days) % {"days": days}


def _promise(end: Moment | None) -> str:
    by = day(end)
    return gettext("promised by %(day)s") % {"day": by} if by else ""


def _sentence(words: str) -> str:
    return words if words.endswith((".", "…")) else words + "."
