"""A customer's most recent order with its dated history, the only one in the API's family."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ercportal.demo.sandbox.catalogue.order_facts import readable_items
from ercportal.demo.sandbox.catalogue.terms import CANCELLED

if TYPE_CHECKING:
    from ercportal.demo.sandbox.catalogue.model import Clock, Order
    from ercportal.demo.sandbox.catalogue.terms import Terms
    from ercportal.demo.sandbox.wire import Json

_ROADS = {
    CANCELLED: ("CONFIRMED",),
    "CONFIRMED": ("CONFIRMED",),
    "IN_TRANSIT": ("CONFIRMED", "IN_TRANSIT"),
    "OUT_FOR_DELIVERY": ("CONFIRMED", "IN_TRANSIT", "OUT_FOR_DELIVERY"),
    "DELIVERED": ("CONFIRMED", "IN_TRANSIT", "OUT_FOR_DELIVERY", "DELIVERED"),
    "READY_FOR_PICKUP": ("CONFIRMED", "READY_FOR_PICKUP"),
    "PICKED_UP": ("CONFIRMED", "READY_FOR_PICKUP", "PICKED_UP"),
    "ATTEMPTED_DELIVERY": ("CONFIRMED", "IN_TRANSIT", "OUT_FOR_DELIVERY", "ATTEMPTED_DELIVERY"),
    "FAILURE": ("CONFIRMED", "IN_TRANSIT", "FAILURE"),
}
_GENERIC = {
    "CONFIRMED": "CONFIRMED",
    "IN_TRANSIT": "ON_ITS_WAY",
    "READY_FOR_PICKUP": "ON_ITS_WAY",
    "OUT_FOR_DELIVERY": "OUT_FOR_DELIVERY",
    "ATTEMPTED_DELIVERY": "OUT_FOR_DELIVERY",
    "DELIVERED": "DELIVERED",
    "PICKED_UP": "DELIVERED",
    "FAILURE": "UNKNOWN",
}
_FACTS = (
    "id",
    "order_number",
    "customer_id",
    "purchase_datetime",
    "delivery_type",
    "shipping_address",
    "status",
    "cancellation_status",
    "fulfillment_status",
    "payment_status",
    "delivery_status",
    "return_status",
    "is_cancellable",
    "is_change_shipping_address_allowed",
    "is_refundable",
    "is_returnable",
    "brand",
    "custom_fields",
)


def most_recent_order(order: Order, terms: Terms, facts: Mapping[str, Json], clock: Clock) -> dict[str, Json]:
    """The order as the address of the most recent one tells of it. The index of the present step counts from 0."""
    history = status_history(terms, clock)
    shown: dict[str, Json] = {name: facts[name] for name in _FACTS if name in facts}
    shown |= {"status_info": history, "status_info_current_index": len(history) - 1}
    items = readable_items(order.items)
    if items:
        shown["highlighted_item"] = items[0]
        if tracking := _first_tracking(items[0]):
            shown["tracking_info"] = tracking
    return shown


def status_history(terms: Terms, clock: Clock) -> list[Json]:
    """The steps so far: the first one when the order was placed, the others evenly until its stage was reached."""
    road = _ROADS[terms.stage]
    gap = (terms.days - terms.reached) / max(len(road) - 1, 1)
    return [
        {
            "generic_type": _GENERIC[step],
            "detailed_type": step,
            "status_date_time": clock.ago(days=terms.days - gap * number),
        }
        for number, step in enumerate(road)
    ]


def _first_tracking(item: Mapping[str, Json]) -> Json:
    deliveries = item.get("deliveries")
    if not isinstance(deliveries, list):
        return None
    tracked = (entry["tracking_info"] for entry in deliveries if entry.get("tracking_info"))
    return next(tracked, None)
