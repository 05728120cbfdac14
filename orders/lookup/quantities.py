"""Compares an item's counts with those of its deliveries. A missing count says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from orders.erc.schema import Delivery, Item, Quantity
from orders.lookup.statuses import is_to_arrive, status_of

_ARRIVED = frozenset({"DELIVERED", "PICKED_UP"})


def is_nothing_left(item: Item) -> bool:
    """Whether nothing of an item will be delivered, as with a gift card or a cancelled item."""
    return item.quantity == 0 or item.deliverable_quantity == 0


def units_without_delivery(item: Item) -> Quantity:
    """Count the units that still need a delivery; 0 where the counts do not tell."""
    return 0 if is_nothing_left(item) else _units_left_over(item)


def units_never_delivered(item: Item) -> Quantity:
    """Count the units without a delivery that will get none, because nothing more will be delivered."""
    return _units_left_over(item) if is_nothing_left(item) else 0


def is_waiting(item: Item) -> bool:
    """Whether some units of an item wait for a delivery."""
    return not is_nothing_left(item) if not item.deliveries else units_without_delivery(item) > 0


def has_units(item: Item, delivery: Delivery) -> bool:
    """Whether a delivery tells where some of an item's units are; it does not where it has none of them."""
    return not item.quantity or delivery.delivery_quantity != 0


def has_failed(delivery: Delivery) -> bool:
    """Whether a delivery has ended without its units, which may be sent again in another one."""
    status = status_of(delivery)
    return status not in _ARRIVED and not is_to_arrive(status)


def is_sent_again(item: Item) -> bool:
    """Whether the other deliveries have all units, and so those of a failed one."""
    tally = _tally(item.deliveries or ())
    return tally.most_failed > 0 and item.quantity is not None and tally.others >= item.quantity


def do_contradict(item: Item) -> bool:
    """Whether the counts of an item contradict each other.

    The API does not say whether units on their way still count as “to be delivered”, so both are right. Units of a
    failed delivery may be in another one.
    """
    tally = _tally(item.deliveries or ())
    return _are_impossible(item, tally) or _are_too_few(item, tally)


def are_impossible(item: Item) -> bool:
    """Whether the counts of an item contradict each other so that those of its deliveries cannot all be right.

    They can where units are missing, as after a part of an item was cancelled.
    """
    return _are_impossible(item, _tally(item.deliveries or ()))


class _Tally(NamedTuple):
    """Units of all deliveries, of those that did not fail, of those that arrived, and the most of a failed one.

    `is_whole` says that there are deliveries and each has a count.
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
        is_negative = is_negative or count < 0
        total += count
        status = status_of(delivery)
        if status in _ARRIVED:
            arrived += count
            others += count
        elif is_to_arrive(status):
            others += count
        else:
            most_failed = max(most_failed, count)
    return _Tally(total, others, arrived, most_failed, is_whole, is_negative)


def _are_impossible(item: Item, tally: _Tally) -> bool:
    quantity, left = item.quantity, item.deliverable_quantity
    if tally.is_negative or (quantity is not None and quantity < 0) or (left is not None and left < 0):
        return True
    if quantity is None:
        return False
    is_more_to_come = left is not None and tally.arrived + left > quantity
    return is_more_to_come or max(tally.others, tally.most_failed) > quantity


def _are_too_few(item: Item, tally: _Tally) -> bool:
    quantity, left = item.quantity, item.deliverable_quantity
    return quantity is not None and left is not None and tally.is_whole and tally.all + left < quantity


def _units_left_over(item: Item) -> Quantity:
    deliveries = item.deliveries or ()
    tally = _tally(deliveries)
    if item.quantity is None or tally.is_negative:
        return 0
    if deliveries and not tally.is_whole:
        left = item.deliverable_quantity or 0
        is_all_there = all(status_of(delivery) in _ARRIVED for delivery in deliveries)
        return left if is_all_there and 0 < left < item.quantity else 0
    return max(item.quantity - tally.all, 0)
