"""Typed wire objects with the fields of docs/api-reference.md#page-of-items.

Unknown fields are ignored; absent and null are the same. Only the id and the name of an item are required. Money
stays a Decimal from the bytes to the screen.
"""

from __future__ import annotations

import msgspec

from orders.erc.after_sales import Record, Refund, Return
from orders.erc.amounts import CustomFields, Price, Quantity
from orders.erc.timestamps import Timestamp

__all__ = [
    "CustomFields",
    "Delivery",
    "Item",
    "ItemsPage",
    "Price",
    "Quantity",
    "StatusInfo",
    "TrackingInfo",
    "Unreadable",
]


MAX_CURSOR = 8000
"""A longer cursor is unusable: it has to come back to the portal in an address."""


class StatusInfo(msgspec.Struct, frozen=True):
    """The latest status of a delivery and its time, of which either may be absent; an unknown `type` stays."""

    type: str | None = None
    status_date_time: Timestamp | None = None


class TrackingInfo(msgspec.Struct, frozen=True):
    """The carrier's tracking number and its page for it; either may be absent."""

    tracking_number: str | None = None
    external_url: str | None = None


class Delivery(msgspec.Struct, frozen=True):
    """One delivery of `delivery_quantity` units of an item."""

    id: str | None = None
    delivery_quantity: Quantity | None = None
    latest_status_info: StatusInfo | None = None
    tracking_info: TrackingInfo | None = None
    last_update: Timestamp | None = None
    carrier: str | None = None
    delivery_type: str | None = None
    service_level: str | None = None
    description: str | None = None
    delivery_date_start: Timestamp | None = None
    delivery_date_end: Timestamp | None = None
    shipping_date: Timestamp | None = None
    returnable_quantity: Quantity | None = None


class Item(msgspec.Struct, frozen=True):
    """One item of an order. `deliverable_quantity` counts the units yet to be delivered or processed.

    `deliveries_beyond` counts the deliveries beyond those that the portal reads.
    """

    id: str
    name: str
    price: Price | None = None
    description: str | None = None
    brand: str | None = None
    image_url: str | None = None
    quantity: Quantity | None = None
    sku: str | None = None
    deliverable_quantity: Quantity | None = None
    refundable_quantity: Quantity | None = None
    deliveries: tuple[Delivery, ...] | None = None
    custom_fields: CustomFields | None = None
    # Our own field, under a name that no response has.
    deliveries_beyond: int = msgspec.field(default=0, name="\N{MIDDLE DOT}deliveries_beyond")


class Unreadable(msgspec.Struct, frozen=True):
    """The place of something unreadable in a response and the reason, without its content."""

    where: str
    reason: str


class ItemsPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of an order's items.

    `unreadable` lists the entries that are not among `items`, `defaulted` the optional details that `items` lack;
    `items_beyond` counts the entries beyond those that the portal reads. `next_cursor` asks for the next page;
    `next_is_unusable` says that there is a next page without a usable cursor.
    """

    items: tuple[Item, ...]
    id: str | None = None
    unreadable: tuple[Unreadable, ...] = ()
    defaulted: tuple[Unreadable, ...] = ()
    items_beyond: int = 0
    refunds: tuple[Record[Refund], ...] = ()
    returns: tuple[Record[Return], ...] = ()
    custom_fields: CustomFields | None = None
    next_cursor: str | None = None
    next_is_unusable: bool = False
