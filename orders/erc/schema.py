"""Typed wire objects: what API.md says an answer holds, and nothing that it does not.

Unknown fields are ignored; an optional field that is absent and one that is null are the same. Fields marked
"newer" in API.md may be missing in any account. Money stays a Decimal from the bytes to the screen.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from orders.erc.moments import Moment

CustomFields = dict[str, Any]


class Price(msgspec.Struct, frozen=True):
    """The price of an item, exact; `currency` is an ISO 4217 code or whatever code came."""

    value: Decimal
    currency: str


class StatusInfo(msgspec.Struct, frozen=True):
    """The latest status of a delivery and when it was reached; `type` outside the known list is kept."""

    type: str
    status_date_time: Moment | None = None


class TrackingInfo(msgspec.Struct, frozen=True):
    """The carrier's tracking number and the carrier's page for it."""

    tracking_number: str
    external_url: str | None = None


class Delivery(msgspec.Struct, frozen=True):
    """One delivery of an item: `delivery_quantity` units of it."""

    id: str
    delivery_quantity: int | None = None
    latest_status_info: StatusInfo | None = None
    tracking_info: TrackingInfo | None = None
    last_update: Moment | None = None
    carrier: str | None = None
    delivery_type: str | None = None
    service_level: str | None = None
    description: str | None = None
    delivery_date_start: Moment | None = None
    delivery_date_end: Moment | None = None
    shipping_date: Moment | None = None
    returnable_quantity: int | None = None


class Item(msgspec.Struct, frozen=True):
    """One item of an order. `deliverable_quantity` counts the units yet to be delivered or processed."""

    id: str
    name: str
    price: Price
    description: str | None = None
    brand: str | None = None
    image_url: str | None = None
    quantity: int | None = None
    sku: str | None = None
    deliverable_quantity: int | None = None
    refundable_quantity: int | None = None
    deliveries: tuple[Delivery, ...] | None = None
    custom_fields: CustomFields | None = None


class Unreadable(msgspec.Struct, frozen=True):
    """Something in an answer that could not be read: where it stood, and why. Holds none of its content."""

    where: str
    reason: str


class ItemsPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of an order's items.

    `unreadable` lists the entries that are not among `items`; `defaulted` the optional details that were left
    out of items that are. `next_cursor` asks for the next page; where `next_is_unusable`, the answer named a
    next page without a cursor that could be used.
    """

    items: tuple[Item, ...]
    id: str | None = None
    unreadable: tuple[Unreadable, ...] = ()
    defaulted: tuple[Unreadable, ...] = ()
    refunds: tuple[CustomFields, ...] = ()
    returns: tuple[CustomFields, ...] = ()
    custom_fields: CustomFields | None = None
    next_cursor: str | None = None
    next_is_unusable: bool = False
