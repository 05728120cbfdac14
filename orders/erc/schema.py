"""Typed wire objects: what the vendor's reference says a response holds, and nothing that it does not.

Unknown fields are ignored; an optional field that is absent and one that is null are the same. Nothing but an id
and a name is needed of an item, and of a delivery nothing. Money stays a Decimal from the bytes to the screen.
docs/api-reference.md#page-of-items has the fields.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import msgspec

from orders.erc.after_sales import Record, Refund, Return
from orders.erc.amounts import CustomFields, Price, Quantity
from orders.erc.errors import ErcError
from orders.erc.timestamps import Timestamp

__all__ = [
    "CustomFields",
    "Delivery",
    "FetchedPage",
    "Item",
    "ItemsPage",
    "Price",
    "Quantity",
    "StatusInfo",
    "TrackingInfo",
    "Unreadable",
]


MAX_CURSOR = 8000
"""A cursor that is longer is no good: it has to come back to the portal in an address."""


class StatusInfo(msgspec.Struct, frozen=True):
    """The latest status of a delivery and when it was reached; `type` outside the known list is kept.

    There may be a time without a status.
    """

    type: str | None = None
    status_date_time: Timestamp | None = None


class TrackingInfo(msgspec.Struct, frozen=True):
    """The carrier's tracking number and the carrier's page for it, either of which may come alone."""

    tracking_number: str | None = None
    external_url: str | None = None


class Delivery(msgspec.Struct, frozen=True):
    """One delivery of an item: `delivery_quantity` units of it."""

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

    `deliveries_beyond` counts the deliveries that are more than the portal reads of one item.
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
    # Ours, not the wire's: a name that no response has.
    deliveries_beyond: int = msgspec.field(default=0, name="\N{MIDDLE DOT}deliveries_beyond")


class Unreadable(msgspec.Struct, frozen=True):
    """Something in a response that could not be read: where it stood, and why. Holds none of its content."""

    where: str
    reason: str


class ItemsPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of an order's items.

    `unreadable` lists the entries that are not among `items`; `defaulted` the optional details that were left
    out of items that are; `items_beyond` counts the entries that are in neither, because they are more than the
    portal reads of one response. `next_cursor` asks for the next page; where `next_is_unusable`, the response
    named a next page without a cursor that could be used.
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


class FetchedPage(NamedTuple):
    """A page of items, the response's body that it was read from, and when the API sent that.

    `is_cached` tells that it was fetched for an earlier look-up; `stale_because` is the failure that it stands in
    for where it is no longer fresh.
    """

    page: ItemsPage
    body: bytes
    as_of: datetime
    is_cached: bool = False
    stale_because: ErcError | None = None
