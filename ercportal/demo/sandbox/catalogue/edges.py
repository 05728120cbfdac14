"""Orders at the edge of the contract: as little as it allows, every optional null, and entries that break it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ercportal.demo.sandbox.catalogue.model import Clock, Order, delivery, item
from ercportal.demo.sandbox.catalogue.products import sold

if TYPE_CHECKING:
    from ercportal.demo.sandbox.wire import Json

MALFORMED_TOTAL = 9
MALFORMED_UNREADABLE = 5


def edge_orders(clock: Clock) -> list[Order]:
    """The orders at the edge of the contract, fresh by this clock."""
    return [_only_required(), _all_null(), _newly_optional(clock), _malformed(clock)]


def _only_required() -> Order:
    items = (
        item("itm-21203-1", "Stoneware mug", "14.90"),
        item("itm-21203-2", "Arc desk lamp", "64.50", deliveries=[{"id": "dlv-21203-1"}]),
        item(
            "itm-21203-3",
            "Ash dining chair",
            "149.00",
            deliveries=[
                {
                    "id": "dlv-21203-2",
                    "latest_status_info": {"type": "IN_TRANSIT"},
                    "tracking_info": {"tracking_number": "NP 4471 0000 01"},
                },
            ],
        ),
    )
    about = "No field that the API does not promise: no picture, no quantity, no dates, no page id."
    return Order("C-1006", "A-21203", "Only required fields", about, items)


def _all_null() -> Order:
    nothing: dict[str, Json] = dict.fromkeys(
        ("description", "brand", "image_url", "quantity", "sku", "deliverable_quantity", "refundable_quantity")
    )
    bare_delivery: dict[str, Json] = {
        "id": "dlv-21204-1",
        **dict.fromkeys(("delivery_quantity", "latest_status_info", "tracking_info", "last_update", "carrier")),
        **dict.fromkeys(("delivery_type", "service_level", "description", "delivery_date_start")),
        **dict.fromkeys(("delivery_date_end", "shipping_date", "returnable_quantity")),
    }
    half_delivery: dict[str, Json] = {
        "id": "dlv-21204-2",
        "latest_status_info": {"type": "DELIVERED", "status_date_time": None},
        "tracking_info": {"tracking_number": "NP 4471 0000 02", "external_url": None},
    }
    items = (
        item("itm-21204-1", "Stoneware mug", "14.90", "EUR", **nothing, deliveries=None, custom_fields=None),
        item("itm-21204-2", "Arc desk lamp", "64.50", "EUR", **nothing, deliveries=[bare_delivery, half_delivery]),
    )
    page: dict[str, Json] = {"id": None, "custom_fields": None}
    embedded: dict[str, Json] = {"refunds": None, "returns": None}
    about = "Every optional field is there and null, the next link too."
    return Order("C-1006", "A-21204", "Every optional null", about, items, page, embedded, last_next=None)


def _newly_optional(clock: Clock) -> Order:
    """What the API once promised and now may leave out: prices, ids of deliveries, statuses, tracking numbers."""
    mug: dict[str, Json] = {"id": "itm-21205-1", "name": "Stoneware mug", "quantity": 1}
    lamp: dict[str, Json] = {
        "id": "itm-21205-2",
        "name": "Arc desk lamp",
        "price": None,
        "deliveries": [
            {"latest_status_info": {"type": "DELIVERED", "status_date_time": clock.ago(days=2)}},
            {
                "id": None,
                "tracking_info": {"external_url": "https://track.nordpost.example/parcels/NP4471000003"},
                "latest_status_info": {"type": "IN_TRANSIT", "status_date_time": clock.ago(hours=20)},
            },
        ],
    }
    chair = item(
        "itm-21205-3",
        "Ash dining chair",
        "149.00",
        deliveries=[{"id": "dlv-21205-3", "latest_status_info": {"status_date_time": clock.ago(days=1)}}],
    )
    coffee = item(
        "itm-21205-4",
        "Coffee beans, by weight",
        "12.40",
        quantity=Decimal("0.5"),
        deliveries=[delivery("dlv-21205-4", "CONFIRMED", clock.ago(hours=3), Decimal("0.5"))],
    )
    about = (
        "No price, a price that is null, deliveries without id, status or tracking number, and half a kilogram."
    )
    return Order("C-1006", "A-21205", "Without price, id or number", about, (mug, lamp, chair, coffee))


def _malformed(clock: Clock) -> Order:
    sent = [delivery("dlv-21207-1", "DELIVERED", clock.ago(days=2))]
    items: tuple[Json, ...] = (
        sold("itm-21207-1", "MUG-0340-TL", deliveries=sent),
        None,
        sold("itm-21207-2", "KET-17L-CR", deliveries=sent),
        "itm-21207-3",
        {"name": "A book without an id", "price": {"value": 22, "currency": "EUR"}},
        {"id": "itm-21207-4", "description": "A chair without a name"},
        sold("itm-21207-5", "BOK-9781-PB", deliveries=sent),
        {"id": "itm-21207-6", "name": None, "description": "A watch whose name is null"},
        sold("itm-21207-7", "PLT-SNK-12", deliveries=sent),
    )
    about = f"{MALFORMED_UNREADABLE} of {MALFORMED_TOTAL} entries break the contract; the last next link is empty."
    return Order("C-1006", "A-21207", "Malformed entries", about, items, {"id": "page-21207"}, last_next={})
