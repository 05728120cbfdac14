"""Orders as agents see them all day: one thing, a few things, many things, nothing yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ercportal.demo.sandbox.catalogue.model import Clock, Order, delivery, tracking
from ercportal.demo.sandbox.catalogue.products import PRODUCTS, Product, sold

if TYPE_CHECKING:
    from ercportal.demo.sandbox.wire import Json


def everyday_orders(clock: Clock) -> list[Order]:
    """The everyday orders, fresh by this clock."""
    return [_one_item(clock), _three_items(clock), _not_sent_yet(), _office_order(clock), _empty(), _long(clock)]


def _one_item(clock: Clock) -> Order:
    mug = sold(
        "itm-20731-1",
        "MUG-0340-TL",
        2,
        deliverable_quantity=0,
        deliveries=[
            delivery("dlv-20731-1", "DELIVERED", clock.ago(days=3), 2, tracking_info=tracking("NP 4471 9920 15")),
        ],
    )
    about = "Two mugs, delivered three days ago."
    return Order("C-1001", "A-20731", "One item", about, (mug,), {"id": "page-20731"})


def _three_items(clock: Clock) -> Order:
    shoes = sold(
        "itm-20744-1",
        "SNK-7421-42",
        deliverable_quantity=1,
        deliveries=[
            delivery(
                "dlv-20744-1",
                "OUT_FOR_DELIVERY",
                clock.ago(hours=2.4),
                carrier="Kestrel Express",
                service_level="Before 6 pm",
                delivery_date_start=clock.day(0),
                delivery_date_end=clock.day(0),
                tracking_info=tracking("KE-8830-112-7", "kestrel.example"),
            ),
        ],
    )
    bag = sold(
        "itm-20744-2",
        "BAG-DAY22-MS",
        deliverable_quantity=1,
        deliveries=[
            delivery(
                "dlv-20744-2",
                "IN_TRANSIT",
                clock.ago(hours=15),
                carrier="Nordpost",
                delivery_date_start=clock.day(1),
                delivery_date_end=clock.day(2),
                tracking_info=tracking("NP 4472 0031 88"),
            ),
        ],
    )
    bottle = sold(
        "itm-20744-3",
        "BTL-075-MS",
        deliverable_quantity=1,
        deliveries=[delivery("dlv-20744-3", "CONFIRMED", clock.ago(hours=20))],
    )
    about = "Out for delivery this morning, in transit with a window from tomorrow, and confirmed."
    return Order("C-1001", "A-20744", "On the way", about, (shoes, bag, bottle), {"id": "page-20744"})


def _not_sent_yet() -> Order:
    chair = sold("itm-20790-1", "CHR-ASH-01", 4, deliverable_quantity=4, deliveries=[])
    cushion = sold("itm-20790-2", "BLK-WOL-IN", deliverable_quantity=1)
    about = "One item with an empty list of deliveries, one without the list."
    return Order("C-1001", "A-20790", "No deliveries yet", about, (chair, cushion), {"id": "page-20790"})


def _office_order(clock: Clock) -> Order:
    items = tuple(_office_item(number, product, clock) for number, product in enumerate(PRODUCTS[:45], start=1))
    about = "45 items in every state: three pages of 20, worth sorting by price."
    return Order("C-1002", "A-20810", "Office move", about, items, {"id": "page-20810"})


def _office_item(number: int, product: Product, clock: Clock) -> dict[str, Json]:
    item_id = f"itm-20810-{number:02}"
    quantity = 1 + number * 7 % 5
    states = (
        ("DELIVERED", 2 + number % 6),
        ("DELIVERED", 1 + number % 9),
        ("OUT_FOR_DELIVERY", 0.1),
        ("IN_TRANSIT", 0.5 + number % 3),
        ("CONFIRMED", 1),
        ("DELIVERED", 5),
        ("READY_FOR_PICKUP", 1),
        (None, 0),
    )
    status, days_ago = states[number * 3 % len(states)]
    if status is None:
        return sold(item_id, product.sku, quantity, deliverable_quantity=quantity, deliveries=[])
    sent = delivery(
        f"dlv-20810-{number:02}",
        status,
        clock.ago(days=days_ago),
        quantity,
        carrier="Nordpost" if number % 3 else "Kestrel Express",
        tracking_info=tracking(f"NP 4475 {1000 + number * 37} {number:02}"),
    )
    left = 0 if status == "DELIVERED" else quantity
    return sold(item_id, product.sku, quantity, deliverable_quantity=left, deliveries=[sent])


def _empty() -> Order:
    return Order("C-1002", "A-20815", "Empty order", "Everything was removed from it.", (), {"id": "page-20815"})


def _long(clock: Clock) -> Order:
    items = tuple(_long_item(number, clock) for number in range(1, 301))
    return Order("C-1006", "A-21250", "Long order", "300 items, for load tests.", items, {"id": "page-21250"})


def _long_item(number: int, clock: Clock) -> dict[str, Json]:
    product = PRODUCTS[number % len(PRODUCTS)]
    sent = delivery(
        f"dlv-21250-{number:03}", "IN_TRANSIT", clock.ago(days=1), tracking_info=tracking(f"NP 46 {number:08}")
    )
    return sold(
        f"itm-21250-{number:03}",
        product.sku,
        name=f"{product.name} (line {number})",
        deliverable_quantity=1,
        deliveries=[sent],
    )
