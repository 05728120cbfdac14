"""Orders whose deliveries are the story: split, collected, failed, and one of each status."""

from __future__ import annotations

from ercportal.demo.sandbox.catalogue.model import Clock, Order, delivery, tracking
from ercportal.demo.sandbox.catalogue.products import PRODUCTS, sold

STATUSES = (
    "CONFIRMED",
    "IN_TRANSIT",
    "OUT_FOR_DELIVERY",
    "DELIVERED",
    "READY_FOR_PICKUP",
    "PICKED_UP",
    "ATTEMPTED_DELIVERY",
    "FAILURE",
    "UNKNOWN",
)
"""Every status of docs/api-reference.md#delivery-statuses."""

UNLISTED_STATUS = "HELD_AT_CUSTOMS"


def delivery_orders(clock: Clock) -> list[Order]:
    """The orders about deliveries, fresh by this clock."""
    return [
        _split(clock),
        _every_status(clock),
        _collection(clock),
        _failed(clock),
        _encoded(clock),
        _encoded_two(clock),
    ]


def _split(clock: Clock) -> Order:
    deliveries = [
        delivery(
            "dlv-20758-1",
            "DELIVERED",
            clock.ago(days=4),
            3,
            carrier="Nordpost",
            tracking_info=tracking("NP 4470 7781 02"),
        ),
        delivery(
            "dlv-20758-2",
            "IN_TRANSIT",
            clock.ago(hours=9),
            2,
            carrier="Nordpost",
            tracking_info=tracking("NP 4470 7781 19"),
        ),
        delivery(
            "dlv-20758-3",
            "CONFIRMED",
            clock.ago(hours=30),
            1,
            delivery_date_start=clock.day(4),
            delivery_date_end=clock.day(6),
        ),
    ]
    chairs = sold("itm-20758-1", "CHR-ASH-02", 6, deliverable_quantity=3, deliveries=deliveries)
    about = "Six chairs in three deliveries: delivered, in transit, confirmed."
    return Order("C-1001", "A-20758", "One item, three deliveries", about, (chairs,), {"id": "page-20758"})


def _every_status(clock: Clock) -> Order:
    items = tuple(
        sold(
            f"itm-20822-{number:02}",
            PRODUCTS[number].sku,
            deliverable_quantity=0 if status in ("DELIVERED", "PICKED_UP") else 1,
            deliveries=[
                delivery(
                    f"dlv-20822-{number:02}",
                    status,
                    clock.ago(days=number / 2, hours=1),
                    tracking_info=tracking(f"NP 4473 00{number:02} 40"),
                ),
            ],
        )
        for number, status in enumerate((*STATUSES, UNLISTED_STATUS), start=1)
    )
    about = f"One item for each status of the reference, and one for {UNLISTED_STATUS}, which is not in it."
    return Order("C-1002", "A-20822", "Every delivery status", about, items, {"id": "page-20822"})


def _collection(clock: Clock) -> Order:
    ready = sold(
        "itm-20901-1",
        "PLT-MON-17",
        deliverable_quantity=1,
        deliveries=[
            delivery(
                "dlv-20901-1",
                "READY_FOR_PICKUP",
                clock.ago(hours=5),
                delivery_type="PICKUP",
                description="Shop at Lindenplatz 4, open until 8 pm. Kept for seven days.",
                delivery_date_end=clock.day(7),
            ),
        ],
    )
    collected = sold(
        "itm-20901-2",
        "TEA-EGB-125",
        3,
        deliverable_quantity=0,
        deliveries=[
            delivery("dlv-20901-2", "PICKED_UP", clock.ago(days=1, hours=2), 3, delivery_type="PICKUP"),
        ],
    )
    about = "Collection in a shop: one item is ready for pickup, one was picked up yesterday."
    return Order("C-1003", "A-20901", "Collection in a shop", about, (ready, collected), {"id": "page-20901"})


def _failed(clock: Clock) -> Order:
    attempted = sold(
        "itm-20907-1",
        "LMP-ARC-AM",
        deliverable_quantity=1,
        deliveries=[
            delivery(
                "dlv-20907-1",
                "ATTEMPTED_DELIVERY",
                clock.ago(hours=22),
                carrier="Kestrel Express",
                description="Nobody was at home. Next attempt tomorrow.",
                delivery_date_start=clock.at(1, 9),
                delivery_date_end=clock.at(1, 13),
                tracking_info=tracking("KE-8829-940-2", "kestrel.example"),
            ),
        ],
    )
    failed = sold(
        "itm-20907-2",
        "CAM-OPT-5X",
        deliverable_quantity=1,
        deliveries=[
            delivery(
                "dlv-20907-2",
                "FAILURE",
                clock.ago(days=2),
                carrier="Kestrel Express",
                description="The parcel was damaged in transport and is on its way back.",
                tracking_info=tracking("#KE 8829-933-6", "kestrel.example"),
            ),
        ],
    )
    about = "A delivery that was attempted and one that failed."
    return Order("C-1003", "A-20907", "Trouble on the road", about, (attempted, failed), {"id": "page-20907"})


def _encoded(clock: Clock) -> Order:
    blanket = sold(
        "itm/7#1?ä%",
        "BLK-BBY-RO",
        deliverable_quantity=1,
        deliveries=[
            delivery("dlv/7#1", "IN_TRANSIT", clock.ago(hours=7), tracking_info=tracking("NP 4474 5520 61"))
        ],
    )
    train = sold("itm/7#2", "TOY-TRN-01", deliverable_quantity=1, deliveries=[])
    about = "Every id holds characters that need percent-encoding."
    return Order("kunde/ä 7", "a/b#c?d%é", "Awkward ids", about, (blanket, train), {"id": "page/7"})


def _encoded_two(clock: Clock) -> Order:
    items = tuple(
        sold(
            f"itm-x-{number}",
            PRODUCTS[number + 20].sku,
            deliveries=[delivery(f"dlv-x-{number}", "DELIVERED", clock.ago(days=number))],
        )
        for number in range(1, 6)
    )
    about = "Five items whose pages need the ids encoded in the next link: try it with limit=2."
    return Order("kunde/ä 7", "50%25 + ½", "Awkward ids over pages", about, items, {"id": "page/8"})
