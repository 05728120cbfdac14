"""The typed most recent order of a customer, the only one with a dated history. Only the id is required."""

from __future__ import annotations

import msgspec

from orders.erc.addresses import Address
from orders.erc.amounts import CustomFields
from orders.erc.schema import Item, TrackingInfo, Unreadable
from orders.erc.timestamps import Timestamp


class HistoryStep(msgspec.Struct, frozen=True):
    """A step of the order's history; unknown types stay as they came."""

    generic_type: str | None = None
    detailed_type: str | None = None
    status_date_time: Timestamp | None = None


class RecentOrder(msgspec.Struct, frozen=True):
    """A customer's most recent order.

    `status_info_current_index` says which step is the present one; nobody says whether it counts from 0 or from 1.
    """

    id: str
    order_number: str | None = None
    customer_id: str | None = None
    purchase_datetime: Timestamp | None = None
    delivery_type: str | None = None
    shipping_addresses: tuple[Address, ...] = ()
    highlighted_item: Item | None = None
    tracking_info: TrackingInfo | None = None
    status: str | None = None
    cancellation_status: str | None = None
    fulfillment_status: str | None = None
    payment_status: str | None = None
    delivery_status: str | None = None
    return_status: str | None = None
    is_cancellable: bool | None = None
    is_change_shipping_address_allowed: bool | None = None
    is_refundable: bool | None = None
    is_returnable: bool | None = None
    status_info: tuple[HistoryStep, ...] = ()
    status_info_current_index: int | None = None
    brand: str | None = None
    custom_fields: CustomFields | None = None
    # Our own field, under a name that no response has.
    defaulted: tuple[Unreadable, ...] = msgspec.field(default=(), name="\N{MIDDLE DOT}defaulted")
