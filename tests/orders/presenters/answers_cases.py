"""The cases of the sentences: every status, mixes, missing dates and quantities. `answers.md` has the words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec

from orders.erc.schema import Delivery, TrackingInfo
from orders.presenters.answers import Extent, answers, order_answer
from tests.support.deliveries import RULES, delivery, item


def _tracked(status: str | None, reached: str | None = None, **fields: Any) -> Delivery:
    return delivery(status, reached, tracking_info=TrackingInfo("1Z 99"), **fields)


def _one(one: Delivery) -> Callable[[], str]:
    return lambda: answers(item(one), RULES).deliveries[0]


def _item(*deliveries: Delivery, **fields: Any) -> Callable[[], str]:
    return lambda: answers(item(*deliveries, **fields), RULES).item


def _order(extent: Extent | None = None, *, waiting: int = 0, **statuses: int) -> Callable[[], str]:
    counts = {"" if name == "none" else name: count for name, count in statuses.items()}
    return lambda: order_answer("A-1", counts, extent or Extent(20), waiting=waiting)


_STATUSES = (
    "CONFIRMED",
    "IN_TRANSIT",
    "OUT_FOR_DELIVERY",
    "DELIVERED",
    "READY_FOR_PICKUP",
    "PICKED_UP",
    "ATTEMPTED_DELIVERY",
    "FAILURE",
    "UNKNOWN",
    "HELD_AT_CUSTOMS",
)

CASES: dict[str, Callable[[], str]] = {
    **{f"delivery, {status}, dated": _one(delivery(status, "2026-09-09")) for status in _STATUSES},
    **{f"delivery, {status}, no date": _one(delivery(status)) for status in _STATUSES},
    "delivery, no status": _one(delivery(None)),
    "delivery, a date that is none": _one(delivery("DELIVERED", "someday")),
    "delivery, silent": _one(_tracked("IN_TRANSIT", "2026-09-04")),
    **{
        f"delivery, silent since {reached}": _one(delivery("IN_TRANSIT", reached))
        for reached in ("2026-09-08", "2026-08-30", "2026-06-02")
    },
    "delivery, promised": _one(delivery("CONFIRMED", delivery_date_end="2026-09-12")),
    **{
        f"delivery, {count} units": _one(delivery("DELIVERED", "2026-09-04", delivery_quantity=count))
        for count in (0, 1, 2, 3, 11, 100)
    },
    "delivery, half a unit": _one(delivery("DELIVERED", "2026-09-04", delivery_quantity=Decimal("0.5"))),
    "delivery, one and a half units": _one(delivery("DELIVERED", "2026-09-04", delivery_quantity=Decimal("1.50"))),
    "delivery, status spelled otherwise": _one(delivery("out-for-delivery", "2026-09-09")),
    "delivery, confirmed long ago": _one(delivery("CONFIRMED", "2026-06-16")),
    "delivery, status not known and promised": _one(delivery("UNKNOWN", delivery_date_end="2026-09-12")),
    "delivery, promised by a midnight": _one(delivery("CONFIRMED", delivery_date_end="2026-09-12T00:00:00Z")),
    "delivery, promised by no date": _one(delivery("CONFIRMED", delivery_date_end="9999-12-31")),
    "delivery, in transit since no date": _one(delivery("IN_TRANSIT", "0001-01-01T00:00:00Z")),
    "delivery, a placeholder for a number": _one(delivery("IN_TRANSIT", tracking_info=TrackingInfo("N/A"))),
    "delivery, number that ends with a stop": _one(delivery("IN_TRANSIT", tracking_info=TrackingInfo("1Z."))),
    "delivery, fewer than no units": _one(delivery("DELIVERED", "2026-09-04", delivery_quantity=-1)),
    "delivery, a date to come": _one(delivery("DELIVERED", "2026-09-30")),
    "item, no delivery": _item(),
    "item, nothing to deliver": _item(quantity=1, deliverable_quantity=0),
    "item, nothing more to deliver": _item(
        delivery("DELIVERED", delivery_quantity=2), quantity=3, deliverable_quantity=0
    ),
    "item, part of a unit": _item(
        delivery("DELIVERED", delivery_quantity=Decimal("0.5")), quantity=Decimal("0.75")
    ),
    "item, part of a unit without a delivery": _item(
        delivery("DELIVERED", delivery_quantity=1), quantity=Decimal("1.5")
    ),
    "item, failed and sent again": _item(
        delivery("FAILURE", delivery_quantity=1),
        delivery("IN_TRANSIT", "2026-09-09", delivery_quantity=1),
        quantity=1,
    ),
    "item, three tracking numbers": _item(
        delivery("IN_TRANSIT", delivery_quantity=1, tracking_info=TrackingInfo("1Z1, 1Z2; 1Z3")), quantity=1
    ),
    "item, name with an entity": lambda: (
        answers(msgspec.structs.replace(item(), name="Fish &amp; Chips"), RULES).item
    ),
    "item, no name": lambda: answers(msgspec.structs.replace(item(), name=" "), RULES).item,
    "item, parts": _item(
        delivery("DELIVERED", "2026-09-04", delivery_quantity=2),
        _tracked("IN_TRANSIT", "2026-09-04", delivery_quantity=1),
        quantity=3,
    ),
    **{
        f"item, {status or 'no status'}, 2 of 3": _item(delivery(status, delivery_quantity=2), quantity=3)
        for status in ("CONFIRMED", "READY_FOR_PICKUP", "FAILURE", "UNKNOWN", "HELD_AT_CUSTOMS", None)
    },
    "item, the only unit": _item(_tracked("DELIVERED", "2026-09-04", delivery_quantity=1), quantity=1),
    "item, all in one delivery": _item(delivery("DELIVERED", delivery_quantity=3), quantity=3),
    "item, name that ends with a digit": lambda: (
        answers(
            msgspec.structs.replace(
                item(delivery("DELIVERED", delivery_quantity=2), quantity=3), name="Mug No. 7"
            ),
            RULES,
        ).item
    ),
    "item, fewer than no units": _item(delivery("DELIVERED", delivery_quantity=-1), quantity=3),
    "item, more in all than ordered": _item(
        delivery("DELIVERED", delivery_quantity=2), delivery("FAILURE", delivery_quantity=2), quantity=3
    ),
    "item, one without a delivery": _item(delivery("DELIVERED", delivery_quantity=2), quantity=3),
    "item, some without a delivery": _item(delivery("DELIVERED", delivery_quantity=1), quantity=5),
    "item, more sent than ordered": _item(delivery("DELIVERED", delivery_quantity=5), quantity=3),
    "item, no quantities": _item(delivery("FAILURE"), delivery(None)),
    "order, no delivery": _order(waiting=2),
    "order, nothing to deliver": _order(),
    "order, no item": _order(Extent(0)),
    **{
        f"order, none of the first {count}": _order(Extent(count, goes_on=True), waiting=count)
        for count in (1, 2, 3, 11, 20, 100)
    },
    **{
        f"order, nothing of the first {count} to deliver": _order(Extent(count, goes_on=True))
        for count in (1, 2, 3, 11, 20, 100)
    },
    **{
        f"order, {count} entries unreadable": _order(Extent(20, unreadable=count), DELIVERED=1)
        for count in (1, 2, 3, 11, 100)
    },
    **{
        f"order, {count} entries beyond": _order(Extent(20, beyond=count), DELIVERED=1)
        for count in (1, 2, 3, 11, 100)
    },
    "order, no delivery and an entry unreadable": _order(Extent(20, unreadable=1), waiting=20),
    "order, list broke off": _order(Extent(20, breaks_off=True), DELIVERED=1),
    "order, list begins later": _order(Extent(20, begins_later=True), DELIVERED=1),
    "order, one delivery": _order(DELIVERED=1),
    "order, two deliveries": _order(DELIVERED=2),
    "order, mixed": _order(DELIVERED=9, IN_TRANSIT=1, FAILURE=1, none=1),
    **{
        f"order, {count} items without deliveries": _order(DELIVERED=1, waiting=count)
        for count in (1, 2, 3, 11, 100)
    },
    "order, status outside the list": _order(HELD_AT_CUSTOMS=2),
    "order, more to come": _order(Extent(20, goes_on=True), DELIVERED=20),
}
