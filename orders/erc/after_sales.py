"""Typed refunds and returns of an order.

Money is flat here: an `amount` and its `currency` side by side. Only the id of a refund or a return is required,
so that an incomplete part does not cost the rest.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Generic, TypeVar

import msgspec

from orders.erc.amounts import CustomFields, Price, Quantity
from orders.erc.payments import PaymentDetails
from orders.erc.timestamps import Timestamp

Kind = TypeVar("Kind")


class Record(msgspec.Struct, Generic[Kind], frozen=True):
    """An entry with all `fields` as they came; `read` is its typed form, None where the entry has no id."""

    fields: CustomFields
    read: Kind | None = None


class LineItem(msgspec.Struct, frozen=True):
    """The copy of an item inside a refund or a return."""

    id: str | None = None
    name: str | None = None
    price: Price | None = None
    image_url: str | None = None
    quantity: Quantity | None = None
    sku: str | None = None
    description: str | None = None


class OrderAdjustment(msgspec.Struct, frozen=True):
    """Money that a refund adds to or takes off the whole order."""

    id: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    reason: str | None = None


class RefundLineItem(msgspec.Struct, frozen=True):
    """Units of an item that were refunded; `line_item_id` names the item."""

    line_item_id: str | None = None
    quantity: Quantity | None = None
    amount: Decimal | None = None
    currency: str | None = None
    line_item: LineItem | None = None


class PaymentDetail(PaymentDetails, frozen=True):
    """The card of a transaction."""

    is_refunded: bool | None = None


class Transaction(msgspec.Struct, frozen=True):
    """A payment back to the customer."""

    id: str | None = None
    created_at: Timestamp | None = None
    amount: Decimal | None = None
    currency: str | None = None
    kind: str | None = None
    gateway: str | None = None
    payment_detail: PaymentDetail | None = None


class Fee(msgspec.Struct, frozen=True):
    """An amount with an id: refunded shipping, or the cost of a return's shipping."""

    id: str | None = None
    amount: Decimal | None = None
    currency: str | None = None


class IssuedBy(msgspec.Struct, frozen=True):
    """Who gave a refund; an unknown `source` stays as it came."""

    display_name: str | None = None
    source: str | None = None
    happened_at: Timestamp | None = None
    raw_app_title: str | None = None


class Refund(msgspec.Struct, frozen=True):
    """A refund of the order."""

    id: str
    created_at: Timestamp | None = None
    updated_at: Timestamp | None = None
    note: str | None = None
    order_adjustments: tuple[OrderAdjustment, ...] | None = None
    refund_line_items: tuple[RefundLineItem, ...] | None = None
    transactions: tuple[Transaction, ...] | None = None
    shipping_lines: tuple[Fee, ...] | None = None
    issued_by: IssuedBy | None = None


class RestockingFee(msgspec.Struct, frozen=True):
    """The part of a refund that the shop deducts for restocking."""

    id: str | None = None
    percentage: Decimal | None = None
    amount: Decimal | None = None
    currency: str | None = None


class ReturnLineItem(msgspec.Struct, frozen=True):
    """Units of an item that come back; `line_item_id` names the item."""

    id: str | None = None
    line_item_id: str | None = None
    quantity: Quantity | None = None
    processed_quantity: Quantity | None = None
    return_reason: str | None = None
    return_reason_note: str | None = None
    customer_note: str | None = None
    restocking_fee: RestockingFee | None = None
    line_item: LineItem | None = None


class ProductVariant(msgspec.Struct, frozen=True):
    """The product that replaces a returned one."""

    id: str | None = None
    sku: str | None = None
    price: Price | None = None
    images_ids: tuple[str, ...] | None = None
    options: CustomFields | None = None
    available_quantity: Quantity | None = None


class ExchangeLineItem(msgspec.Struct, frozen=True):
    """Units that replace those of the items in `line_item_ids`."""

    id: str | None = None
    line_item_ids: tuple[str, ...] | None = None
    quantity: Quantity | None = None
    processed_quantity: Quantity | None = None
    product_variant: ProductVariant | None = None


class Decline(msgspec.Struct, frozen=True):
    """Why a return was declined."""

    reason: str | None = None
    note: str | None = None


class ReturnTracking(msgspec.Struct, frozen=True):
    """Tracking of a parcel on its way back."""

    tracking_number: str | None = None
    external_url: str | None = None


class Return(msgspec.Struct, frozen=True):
    """A return; `status` is free text."""

    id: str
    name: str | None = None
    status: str | None = None
    created_at: Timestamp | None = None
    request_approved_at: Timestamp | None = None
    closed_at: Timestamp | None = None
    refund_ids: tuple[str, ...] | None = None
    return_line_items: tuple[ReturnLineItem, ...] | None = None
    shipping_fees: tuple[Fee, ...] | None = None
    exchange_line_items: tuple[ExchangeLineItem, ...] | None = None
    decline: Decline | None = None
    tracking_info: tuple[ReturnTracking, ...] | None = None
