"""The cases of the answers: every status, every arithmetic of units and of items. `answers.md` has the words.

Each case has the line on the agent's screen and the message for the customer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from orders.erc.fetched import Fetched
from orders.erc.query import ItemsQuery
from orders.erc.schema import Delivery, Item, ItemsPage, TrackingInfo, Unreadable
from orders.lookup.listing import Listing, continue_list
from orders.presenters.answers import answers
from orders.presenters.messages import item_message, order_message
from orders.presenters.order_answer import order_answer
from tests.support.deliveries import RULES, delivery, item

LINE_END = " ⏎ "
"""Stands in `answers.md` for the end of a line."""


class Texts(NamedTuple):
    """What the screen says, and what the customer gets."""

    screen: str
    message: str


Case = Callable[[], Texts]


def _tracked(status: str | None, reached: str | None = None, **fields: Any) -> Delivery:
    info = TrackingInfo("1Z 99", "https://track.nordpost.example/1Z99")
    return delivery(status, reached, **{"tracking_info": info, "carrier": "Nordpost", **fields})


def _item(*deliveries: Delivery, **fields: Any) -> Case:
    return _of(item(*deliveries, **fields))


def _of(one: Item) -> Case:
    return lambda: Texts(answers(one, RULES).item, item_message(one, RULES).replace("\n", LINE_END))


def _named(name: str, *deliveries: Delivery, **fields: Any) -> Case:
    return _of(msgspec.structs.replace(item(*deliveries, **fields), name=name))


def listed(*items: Item, brand: str | None = None, **page: Any) -> Listing:
    named = tuple(msgspec.structs.replace(one, id=f"i{number}") for number, one in enumerate(items))
    fetched = Fetched(ItemsPage(items=named, **page), b"", datetime(2026, 9, 10, 12, tzinfo=UTC))
    query = ItemsQuery(customer_id="C-1", order_id="A-1", brand=brand)
    return continue_list(query, fetched, state="", rules=RULES)


def _order(*items: Item, **page: Any) -> Case:
    def texts() -> Texts:
        listing = listed(*items, **page)
        shown = order_answer(listing, RULES)
        lines = [f"{line.name} – {line.words}" for line in shown.lines]
        screen = LINE_END.join(filter(None, (shown.words, *lines, shown.more)))
        return Texts(screen, order_message(listing, RULES).replace("\n", LINE_END))

    return texts


def _at(status: str | None, **fields: Any) -> Item:
    return item(delivery(status, **fields))


_WITHOUT = item()
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
    "DELAYED",
    "RETURNED_TO_SENDER",
    "LOST",
    "DAMAGED",
    "CANCELLED",
    "LABEL_CREATED",
    "STUCK_IN_DEPOT",
)
_COUNTS = (1, 2, 3, 11, 100)
_UNREADABLE = Unreadable("items[1]", "why")

CASES: dict[str, Case] = {
    **{f"{status}, dated": _item(_tracked(status, "2026-09-09")) for status in _STATUSES},
    **{f"{status}, no date": _item(delivery(status)) for status in _STATUSES},
    "no status": _item(delivery(None)),
    "a date that is none": _item(delivery("DELIVERED", "someday")),
    "a day to come": _item(delivery("DELIVERED", "2026-09-30")),
    "today, with its time": _item(delivery("OUT_FOR_DELIVERY", "2026-09-10T07:59:00Z")),
    "another year": _item(delivery("DELIVERED", "2025-12-24")),
    "status spelled otherwise": _item(delivery("out-for-delivery", "2026-09-09")),
    **{
        f"silent since {reached}": _item(delivery("IN_TRANSIT", reached))
        for reached in ("2026-09-08", "2026-08-30", "2026-06-02")
    },
    "confirmed long ago": _item(delivery("CONFIRMED", "2026-06-16")),
    **{
        f"{status}, window ahead": _item(
            delivery(status, delivery_date_start="2026-09-12", delivery_date_end="2026-09-14")
        )
        for status in ("CONFIRMED", "ATTEMPTED_DELIVERY", "READY_FOR_PICKUP", "UNKNOWN", "DELIVERED", "FAILURE")
    },
    **{
        f"{status}, hours tomorrow": _item(
            delivery(status, delivery_date_start="2026-09-11T08:00:00Z", delivery_date_end="2026-09-11T12:00:00Z")
        )
        for status in ("IN_TRANSIT", "ATTEMPTED_DELIVERY", "READY_FOR_PICKUP")
    },
    **{
        f"{status}, one day": _item(
            delivery(status, delivery_date_start="2026-09-12", delivery_date_end="2026-09-12")
        )
        for status in ("IN_TRANSIT", "ATTEMPTED_DELIVERY", "READY_FOR_PICKUP")
    },
    **{
        f"{status}, last day ahead": _item(delivery(status, delivery_date_end="2026-09-12"))
        for status in (
            *("IN_TRANSIT", "ATTEMPTED_DELIVERY", "READY_FOR_PICKUP", "HELD_AT_CUSTOMS"),
            *("RETURNED_TO_SENDER", "LOST", "CANCELLED"),
        )
    },
    **{
        f"{status}, first day ahead": _item(delivery(status, delivery_date_start="2026-09-12"))
        for status in ("IN_TRANSIT", "ATTEMPTED_DELIVERY", "READY_FOR_PICKUP")
    },
    **{
        f"{status}, last day passed": _item(delivery(status, delivery_date_end="2026-09-02"))
        for status in ("IN_TRANSIT", "ATTEMPTED_DELIVERY", "READY_FOR_PICKUP", "DELIVERED", "LOST")
    },
    "a window that is over today": _item(
        delivery(
            "IN_TRANSIT", delivery_date_start="2026-09-10T06:00:00Z", delivery_date_end="2026-09-10T08:00:00Z"
        )
    ),
    "a window that ends before it begins": _item(
        delivery("IN_TRANSIT", delivery_date_start="2026-09-14", delivery_date_end="2026-09-12")
    ),
    "a day that is tomorrow": _item(delivery("OUT_FOR_DELIVERY", "2026-09-11")),
    "first day passed": _item(delivery("IN_TRANSIT", delivery_date_start="2026-09-02")),
    "promised by no date": _item(delivery("CONFIRMED", delivery_date_end="9999-12-31")),
    "note of the carrier": _item(delivery("ATTEMPTED_DELIVERY", description="Nobody was at home.")),
    "three tracking numbers": _item(
        _tracked("IN_TRANSIT", tracking_info=TrackingInfo("1Z1, 1Z2; 1Z3")), quantity=1
    ),
    "page without a number": _item(
        _tracked("IN_TRANSIT", tracking_info=TrackingInfo(None, "https://track.nordpost.example/x"))
    ),
    "placeholder for a number": _item(delivery("IN_TRANSIT", tracking_info=TrackingInfo("N/A"))),
    "number with a mark of direction": _item(
        delivery("IN_TRANSIT", tracking_info=TrackingInfo("\u2068A-1\u200f"))
    ),
    "no shipment": _item(),
    "nothing to deliver": _item(quantity=1, deliverable_quantity=0),
    "the only unit": _item(delivery("DELIVERED", "2026-09-04", delivery_quantity=1), quantity=1),
    "all in one shipment": _item(delivery("DELIVERED", delivery_quantity=3), quantity=3),
    "two shipments": _item(
        _tracked("DELIVERED", "2026-09-04", delivery_quantity=2),
        _tracked("IN_TRANSIT", "2026-09-04", delivery_quantity=1),
        quantity=3,
    ),
    **{
        f"{status or 'no status'}, 2 of 3": _item(delivery(status, delivery_quantity=2), quantity=3)
        for status in (*_STATUSES, None)
    },
    **{
        f"{count} units, none ordered": _item(delivery("DELIVERED", "2026-09-04", delivery_quantity=count))
        for count in (-1, 0, *_COUNTS, Decimal("0.5"), Decimal("1.50"))
    },
    **{
        f"{count} units without a shipment": _item(delivery("DELIVERED", delivery_quantity=1), quantity=count + 1)
        for count in _COUNTS
    },
    "part of a unit": _item(delivery("DELIVERED", delivery_quantity=Decimal("0.5")), quantity=Decimal("0.75")),
    "nothing more to deliver": _item(
        delivery("DELIVERED", delivery_quantity=2), quantity=3, deliverable_quantity=0
    ),
    "failed and sent again": _item(
        delivery("FAILURE", delivery_quantity=1),
        delivery("IN_TRANSIT", "2026-09-09", delivery_quantity=1),
        quantity=1,
    ),
    "lost and sent again": _item(
        delivery("LOST", delivery_quantity=1),
        delivery("IN_TRANSIT", "2026-09-09", delivery_quantity=1),
        quantity=1,
        deliverable_quantity=0,
    ),
    "many shipments": _item(
        *(delivery("DELIVERED", f"2026-09-0{day}", delivery_quantity=1) for day in range(1, 6)),
        delivery("IN_TRANSIT", "2026-09-09", delivery_quantity=1),
        quantity=8,
    ),
    "many shipments without counts": _item(
        *(delivery("DELIVERED", f"2026-09-0{day}") for day in range(1, 5)), delivery("IN_TRANSIT", "2026-09-09")
    ),
    "no unit of three": _item(delivery("DELIVERED", delivery_quantity=0), quantity=3),
    "no unit and three": _item(
        delivery("DELIVERED", delivery_quantity=0), delivery("IN_TRANSIT", delivery_quantity=3), quantity=3
    ),
    "more to deliver than has a shipment": _item(delivery("DELIVERED"), quantity=3, deliverable_quantity=2),
    "more sent than ordered": _item(delivery("DELIVERED", delivery_quantity=5), quantity=3),
    "fewer than no units of three": _item(delivery("DELIVERED", delivery_quantity=-1), quantity=3),
    "name with an entity": _named("Fish &amp; Chips"),
    "name that ends with a digit": _named("Mug No. 7", delivery("DELIVERED")),
    "no name": _named(" "),
    "order, nothing": _order(),
    "order, one item": _order(_at("DELIVERED", reached="2026-09-04")),
    **{
        f"order, {count} {status}": _order(*[_at(status)] * count, *[_at("DELIVERED")] * 5)
        for status in ("PICKED_UP", "OUT_FOR_DELIVERY", "IN_TRANSIT", "READY_FOR_PICKUP", "CONFIRMED", "UNKNOWN")
        for count in _COUNTS
    },
    **{
        f"order, {count} of 101 delivered": _order(
            *[_at("DELIVERED")] * count, *[_at("IN_TRANSIT")] * (101 - count)
        )
        for count in (0, *_COUNTS)
    },
    **{f"order, all {count} delivered": _order(*[_at("DELIVERED")] * count) for count in (2, 3, 11, 100)},
    **{f"order, none of {count} sent": _order(*[_WITHOUT] * count) for count in (2, 3, 11, 100)},
    **{
        f"order, {count} troubled": _order(*[_at("FAILURE")] * count, *[_at("ATTEMPTED_DELIVERY")] * count)
        for count in _COUNTS
    },
    **{
        f"order, {count} partly delivered": _order(
            *[item(delivery("DELIVERED"), delivery("IN_TRANSIT"))] * count, *[_at("DELIVERED")] * 5
        )
        for count in _COUNTS
    },
    **{
        f"order, {count} in several shipments": _order(
            *[item(delivery("CONFIRMED"), delivery("IN_TRANSIT"))] * count, *[_at("DELIVERED")] * 5
        )
        for count in _COUNTS
    },
    **{
        f"order, {count} not fully sent": _order(
            *[item(delivery("IN_TRANSIT", delivery_quantity=1), quantity=2)] * count, *[_at("DELIVERED")] * 5
        )
        for count in _COUNTS
    },
    "order, failed and sent again": _order(
        item(delivery("FAILURE", delivery_quantity=1), delivery("DELIVERED", delivery_quantity=1), quantity=1),
        _at("DELIVERED"),
    ),
    "order, nothing more to deliver": _order(
        item(delivery("DELIVERED", delivery_quantity=2), quantity=3, deliverable_quantity=0), _at("DELIVERED")
    ),
    **{
        f"order, {count} without anything to deliver": _order(*[item(quantity=0)] * count, *[_at("DELIVERED")] * 5)
        for count in _COUNTS
    },
    **{
        f"order, {count} with counts that contradict each other": _order(
            *[item(delivery("DELIVERED", delivery_quantity=5), quantity=3)] * count, *[_at("IN_TRANSIT")] * 5
        )
        for count in _COUNTS
    },
    "order, a failed and an attempted shipment": _order(
        item(_tracked("FAILURE", "2026-09-08", description="It was damaged.")),
        item(
            _tracked(
                "ATTEMPTED_DELIVERY",
                "2026-09-09T17:59:00Z",
                delivery_date_start="2026-09-11T08:00:00Z",
                delivery_date_end="2026-09-11T12:00:00Z",
                description="Nobody was at home.",
            )
        ),
        _at("DELIVERED"),
    ),
    "order, the next delivery": _order(
        *[_at("IN_TRANSIT", delivery_date_end="2026-09-14")] * 2,
        _at("IN_TRANSIT", delivery_date_start="2026-09-11", delivery_date_end="2026-09-13"),
        _at("IN_TRANSIT", delivery_date_end="2026-09-01"),
        _at("DELIVERED", delivery_date_end="2026-09-11"),
    ),
    "order, more to deliver than has a shipment": _order(
        item(delivery("DELIVERED"), quantity=3, deliverable_quantity=2), _at("DELIVERED")
    ),
    "order, no unit of three": _order(
        item(delivery("DELIVERED", delivery_quantity=0), quantity=3), _at("DELIVERED")
    ),
    "order, more shipments than fit": _order(
        msgspec.structs.replace(_at("DELIVERED"), deliveries_beyond=4), _at("DELIVERED")
    ),
    "order, delivered on a day to come": _order(*[_at("DELIVERED", reached="2026-09-30")] * 2),
    "order, status outside the reference": _order(*[_at("HELD_AT_CUSTOMS")] * 2),
    **{
        f"order, {count} with a status outside the reference": _order(
            *[_at("HELD_AT_CUSTOMS")] * count, *[_at("DELIVERED")] * 5
        )
        for count in _COUNTS
    },
    "order, all at different places": _order(*map(_at, _STATUSES)),
    **{
        f"order, first {count}, more to come": _order(*[_at("DELIVERED")] * count, next_cursor="1")
        for count in _COUNTS
    },
    **{
        f"order, first {count} without a shipment, more to come": _order(*[_WITHOUT] * count, next_cursor="1")
        for count in _COUNTS
    },
    **{
        f"order, {count} entries unreadable": _order(*[_at("DELIVERED")] * 2, unreadable=(_UNREADABLE,) * count)
        for count in _COUNTS
    },
    **{f"order, {count} entries beyond": _order(*[_at("DELIVERED")] * 2, items_beyond=count) for count in _COUNTS},
    "order, only entries unreadable": _order(unreadable=(_UNREADABLE,)),
    "order, no item matches the filters": _order(brand="Arda"),
    **{
        f"order, {count} items match the filters": _order(*[_at("DELIVERED")] * count, brand="Arda")
        for count in _COUNTS
    },
    "order, list broke off": _order(*[_at("DELIVERED")] * 2, next_is_unusable=True),
}
