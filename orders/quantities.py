"""What the counts of an item and of its deliveries say together. What is not given says nothing."""

from __future__ import annotations

from collections.abc import Iterable

from orders.erc.schema import Delivery, Item, Quantity
from orders.statuses import status_of

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
    failed = _sum(_of(item, is_failed=True))
    return bool(failed) and item.quantity is not None and _sum(_of(item, is_failed=False)) >= item.quantity


def do_contradict(item: Item) -> bool:
    """Whether the counts of an item contradict each other.

    Whether units on their way are still “to be delivered” is not documented, so either is right. What failed may
    be on its way again in another delivery.
    """
    deliveries, quantity, left = item.deliveries or (), item.quantity, item.deliverable_quantity
    counts = [delivery.delivery_quantity for delivery in deliveries]
    if any(count is not None and count < 0 for count in (*counts, quantity, left)):
        return True
    if quantity is None:
        return False
    arrived = _sum(delivery for delivery in deliveries if status_of(delivery) in _ARRIVED)
    failed = max((_sum([delivery]) for delivery in _of(item, is_failed=True)), default=0)
    is_too_much = max(_sum(_of(item, is_failed=False)), failed) > quantity
    is_more_to_come = left is not None and arrived + left > quantity
    is_too_little = left is not None and bool(counts) and None not in counts and _sum(deliveries) + left < quantity
    return is_too_much or is_more_to_come or is_too_little


def _units_left_over(item: Item) -> Quantity:
    counts = [delivery.delivery_quantity for delivery in item.deliveries or ()]
    if item.quantity is None or any(count is None or count < 0 for count in counts):
        return 0
    return max(item.quantity - _sum(item.deliveries or ()), 0)


def _of(item: Item, *, is_failed: bool) -> list[Delivery]:
    return [one for one in item.deliveries or () if (status_of(one) == _FAILED) is is_failed]


def _sum(deliveries: Iterable[Delivery]) -> Quantity:
    counts = (delivery.delivery_quantity for delivery in deliveries)
    return sum((count for count in counts if count is not None), start=0)
