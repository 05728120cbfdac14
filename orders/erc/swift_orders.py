"""Decodes an order of a list with msgspec, where that gives the same as to read it field by field."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from orders.erc.addresses import Address
from orders.erc.amounts import Quantity
from orders.erc.card_numbers import mask_value
from orders.erc.fitting import is_within_bounds
from orders.erc.orders import Order
from orders.erc.timestamps import from_wire

_NO_ADDRESS = Address()


class _WireOrder(Order, frozen=True):
    """An order with the other form of the address that a parcel goes to."""

    shipping_address: Address | None = None


_order = msgspec.json.Decoder(_WireOrder, dec_hook=from_wire, float_hook=Decimal)


def decode_swiftly(raw: bytes) -> Order | None:
    """Decode an order; None for one that has to be read field by field."""
    try:
        return _decode(raw)
    except (ValueError, ArithmeticError, TypeError, RecursionError):
        return None


def _decode(raw: bytes) -> Order:
    wire = _order.decode(raw)
    for number in _numbers(wire):
        if not is_within_bounds(number):
            raise ValueError("the number is out of all bounds")
    if wire.defaulted:
        raise ValueError("a field of ours is no field of a response")
    fields = msgspec.structs.asdict(wire)
    one = fields.pop("shipping_address")
    fields["shipping_addresses"] = _addresses(
        wire.shipping_addresses if one is None else (*wire.shipping_addresses, one)
    )
    if wire.custom_fields:
        fields["custom_fields"] = mask_value(wire.custom_fields, is_free=True)
    return Order(**fields)


def _addresses(found: tuple[Address, ...]) -> tuple[Address, ...]:
    if len(found) > 1 or _NO_ADDRESS in found:
        raise ValueError("some addresses may be the same, or none at all")
    return found


def _numbers(order: Order) -> Iterator[Quantity]:
    if isinstance(order.items_number, Decimal):
        raise TypeError("the count may need normalizing")
    if order.items_number is not None:
        yield order.items_number
    if order.price_summary:
        for price in msgspec.structs.astuple(order.price_summary):
            if price is not None:
                yield price.value
