"""What an item's counts and those of its deliveries say together. A missing count says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from orders.erc.schema import Delivery, Item, Quantity
from orders.lookup.statuses import status_of

_ARRIVED = frozenset({"DELIVERED", "PICKED_UP"})
_FAILED = "FAILURE"


def is_nothing_left(item: Item) -> bool:
    """Whether nothing of an item is to be delivered, as of a gift card or of what was cancelled."""
    return item.quantity == 0 or item.deliverable_quantity == 0


def units_without_delivery(item: Item) -> Quantity:
    """How many units of an item are to be delivered and in no delivery; 0 where the counts do not tell."""
    return 0 if is_nothing_left(item) else _units_left_over(item)


def units_never_delivered(item: Item) -> Quantity:
    """How many units are in no delivery and will be in none, because nothing more is to be delivered."""
    return _units_left_over(item) if is_nothing_left(item) else 0


def is_waiting(item: Item) -> bool:
    """Whether an item waits for a delivery, with all or some of its units."""
    return not is_nothing_left(item) if not item.deliveries else units_without_delivery(item) > 0


def is_sent_again(item: Item) -> bool:
    """Whether the other deliveries hold all units, so that those of a failed one are among them."""
    tally = _tally(item.deliveries or ())
    return tally.most_failed > 0 and item.quantity is not None and tally.others >= item.quantity


def do_contradict(item: Item) -> bool:
    """Whether the counts of an item contradict each other.

    Whether units on their way are still “to be delivered” is not documented, so either is right. What failed may
    be on its way again in another delivery.
    """
    deliveries, quantity, left = item.deliveries or (), item.quantity, item.deliverable_quantity
    tally = _tally(deliveries)
    if tally.is_negative or (quantity is not None and quantity < 0) or (left is not None and left < 0):
        return True
    if quantity is None:
        return False
    is_too_much = max(tally.others, tally.most_failed) > quantity
    is_more_to_come = left is not None and tally.arrived + left > quantity
    is_too_little = left is not None and tally.is_whole and tally.all + left < quantity
    return is_too_much or is_more_to_come or is_too_little


class _Tally(NamedTuple):
    """The units of all deliveries, of those that did not fail, of those that arrived, the most of a failed one.

    `is_whole` tells that there are deliveries and each has a count.
    """

    all: Quantity
    others: Quantity
    arrived: Quantity
    most_failed: Quantity
    is_whole: bool
    is_negative: bool


def _tally(deliveries: Sequence[Delivery]) -> _Tally:
    total = others = arrived = most_failed = cast("Quantity", 0)
    is_whole, is_negative = bool(deliveries), False
    for delivery in deliveries:
        count = delivery.delivery_quantity
        if count is None:
            is_whole = False
            continue
        status = status_of(delivery)
        is_negative = is_negative or count < 0
        total += count
        if status == _FAILED:
            most_failed = max(most_failed, count)
            continue
        others += count
        if status in _ARRIVED:
            arrived += count
    return _Tally(total, others, arrived, most_failed, is_whole, is_negative)


def _units_left_over(item: Item) -> Quantity:
    deliveries = item.deliveries or ()
    tally = _tally(deliveries)
    if item.quantity is None or tally.is_negative or (deliveries and not tally.is_whole):
        return 0
    return max(item.quantity - tally.all, 0)
