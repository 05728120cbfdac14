"""The cases of the sentences: every status, mixes, missing dates and quantities. `answers.md` has the words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from orders.erc.schema import Delivery, TrackingInfo
from orders.presenters.answers import answers, order_answer
from tests.orders.test_attention import RULES, delivery, item


def _tracked(status: str | None, reached: str | None = None, **fields: Any) -> Delivery:
    return delivery(status, reached, tracking_info=TrackingInfo("1Z 99"), **fields)


def _one(one: Delivery) -> Callable[[], str]:
    return lambda: answers(item(one), RULES).deliveries[0]


def _item(*deliveries: Delivery, **fields: Any) -> Callable[[], str]:
    return lambda: answers(item(*deliveries, **fields), RULES).item


def _order(*, is_whole: bool = True, waiting: int = 0, **statuses: int) -> Callable[[], str]:
    counts = {"" if name == "none" else name: count for name, count in statuses.items()}
    return lambda: order_answer("A-1", counts, is_whole=is_whole, waiting=waiting)


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
    "delivery, fewer than no units": _one(delivery("DELIVERED", "2026-09-04", delivery_quantity=-1)),
    "delivery, a date to come": _one(delivery("DELIVERED", "2026-09-30")),
    "item, no delivery": _item(),
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
    "order, no delivery": _order(),
    "order, one delivery": _order(DELIVERED=1),
    "order, two deliveries": _order(DELIVERED=2),
    "order, mixed": _order(DELIVERED=9, IN_TRANSIT=1, FAILURE=1, none=1),
    **{
        f"order, {count} items without deliveries": _order(DELIVERED=1, waiting=count)
        for count in (1, 2, 3, 11, 100)
    },
    "order, status outside the list": _order(HELD_AT_CUSTOMS=2),
    "order, more to come": _order(is_whole=False, DELIVERED=20),
}
