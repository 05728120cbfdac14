"""Typed orders, as lists and their own address give them. Only the id is required.

The shop's statuses are free text, different in each shop, and never an enumeration.
"""

from __future__ import annotations

import msgspec

from orders.erc.addresses import Address
from orders.erc.amounts import CustomFields, Price, Quantity
from orders.erc.payments import PaymentDetails
from orders.erc.schema import Unreadable
from orders.erc.timestamps import Timestamp

__all__ = ["Order", "OrderExtraInfo", "OrdersPage", "PaymentDetails", "PriceSummary"]


class PriceSummary(msgspec.Struct, frozen=True):
    """The totals of an order; the final one is after discounts, shipping and taxes."""

    original_total_amount: Price | None = None
    final_total_amount: Price | None = None
    discounts_amount: Price | None = None
    shipping_amount: Price | None = None
    taxes_amount: Price | None = None
    net_payment_amount: Price | None = None
    total_outstanding_amount: Price | None = None
    total_refunded_amount: Price | None = None


class OrderExtraInfo(msgspec.Struct, frozen=True):
    """The picture of the item that stands for the order."""

    highlighted_item_image_url: str | None = None


class Order(msgspec.Struct, frozen=True):
    """An order. Without a `customer_id` nothing can be asked about it, so nothing links to it."""

    id: str
    order_number: str | None = None
    customer_id: str | None = None
    purchase_datetime: Timestamp | None = None
    delivery_type: str | None = None
    shipping_addresses: tuple[Address, ...] = ()
    billing_address: Address | None = None
    items_number: Quantity | None = None
    price_summary: PriceSummary | None = None
    payment_details: PaymentDetails | None = None
    order_extra_info: OrderExtraInfo | None = None
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
    brand: str | None = None
    custom_fields: CustomFields | None = None
    # Our own field, under a name that no response has; a list notes on its page what its orders lack.
    defaulted: tuple[Unreadable, ...] = msgspec.field(default=(), name="\N{MIDDLE DOT}defaulted")


class OrdersPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of orders.

    `unreadable` lists the entries that are not among `orders`, `defaulted` the optional details that are left out;
    `beyond` counts the entries beyond those that the portal reads. `next_cursor` asks for the next page;
    `next_is_unusable` says that there is a next page without a usable cursor.
    """

    orders: tuple[Order, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    defaulted: tuple[Unreadable, ...] = ()
    beyond: int = 0
    next_cursor: str | None = None
    next_is_unusable: bool = False
