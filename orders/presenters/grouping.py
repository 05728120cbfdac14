"""Tells in which group of its page an item stands."""

from __future__ import annotations

import enum

from orders.erc.schema import Item
from orders.lookup.quantities import is_nothing_left, units_without_delivery
from orders.lookup.statuses import status_of


class Group(enum.IntEnum):
    """The groups in their order on the page."""

    ATTENTION = 0
    OUT = 1
    PICKUP = 2
    WAY = 3
    OTHER = 4
    UNSENT = 5
    DELIVERED = 6
    NOTHING = 7


_BY_STATUS = {
    "READY_FOR_PICKUP": Group.PICKUP,
    "OUT_FOR_DELIVERY": Group.OUT,
    "IN_TRANSIT": Group.WAY,
    "CONFIRMED": Group.UNSENT,
    "DELIVERED": Group.DELIVERED,
    "PICKED_UP": Group.DELIVERED,
}


def group_of(item: Item, *, is_flagged: bool) -> Group:
    """Choose an item's group: of several deliveries the one that comes first on the page decides."""
    if is_flagged:
        return Group.ATTENTION
    found = [_BY_STATUS.get(status_of(delivery), Group.OTHER) for delivery in item.deliveries or ()]
    if not found:
        return Group.NOTHING if is_nothing_left(item) else Group.UNSENT
    if units_without_delivery(item):
        found.append(Group.UNSENT)
    return min(found)
