"""Decodes the family's orders: a list of them, one, and a customer's most recent one.

msgspec decodes the orders of a list that follow docs/api-reference.md: 20 of them take 0.7 ms so, 0.3 ms from the
cache, and 1 ms where they are read field by field, as all others are.
"""

from __future__ import annotations

from typing import Any

import msgspec

from orders.erc.addresses import join_addresses
from orders.erc.deadline import Deadline
from orders.erc.family_bodies import read_alone, read_body, read_entries
from orders.erc.json_bodies import as_utf8, read_loosely, require_plain_json
from orders.erc.links import next_cursor
from orders.erc.orders import Order, OrdersPage
from orders.erc.recent_order import RecentOrder
from orders.erc.swift_orders import decode_swiftly

_NULL = msgspec.Raw(b"null")


class _Envelope(msgspec.Struct):
    embedded: _Embedded = msgspec.field(name="_embedded")
    links: msgspec.Raw = msgspec.field(name="_links", default=_NULL)


class _Embedded(msgspec.Struct):
    orders: list[msgspec.Raw]


_envelope = msgspec.json.Decoder(_Envelope)


def decode_orders_page(body: bytes, *, is_checked: bool = False, deadline: Deadline | None = None) -> OrdersPage:
    """Decode one page of orders; `is_checked` says that this body was decoded before.

    Entries after the deadline are only counted. Raises InvalidResponse when the body is not JSON, repeats a key,
    or has no list; without `_embedded` nothing was found.
    """
    page = _take_apart(body, is_checked=is_checked)
    entries = read_entries(Order, page, "orders", deadline, _prepare, decode_swiftly)
    cursor, is_unusable = next_cursor(page.get("_links"))
    return OrdersPage(
        orders=entries.found,
        unreadable=entries.unreadable,
        defaulted=tuple(entries.notes),
        beyond=entries.beyond,
        next_cursor=cursor,
        next_is_unusable=is_unusable,
    )


def decode_order(
    body: bytes,
    *,
    is_checked: bool = False,
    deadline: Deadline | None = None,  # noqa: ARG001 - all decoders take the same
) -> Order:
    """Decode one order. Raises InvalidResponse when the body is not JSON, repeats a key, or has no id."""
    return read_alone(Order, read_body(body, is_checked=is_checked), _prepare)


def decode_recent_order(
    body: bytes,
    *,
    is_checked: bool = False,
    deadline: Deadline | None = None,  # noqa: ARG001 - all decoders take the same
) -> RecentOrder:
    """Decode the most recent order. Raises InvalidResponse as for any order."""
    return read_alone(RecentOrder, read_body(body, is_checked=is_checked), _prepare)


def _take_apart(body: bytes, *, is_checked: bool) -> dict[str, Any]:
    """Parse a page; leave its orders raw where msgspec can separate them. Raises InvalidResponse."""
    try:
        plain = as_utf8(body)
        if not is_checked:
            require_plain_json(plain)
        envelope = _envelope.decode(plain)
    except (ValueError, RecursionError):
        return read_body(body, is_checked=is_checked)
    links = read_loosely(bytes(envelope.links), is_checked=True)
    return {"_embedded": {"orders": envelope.embedded.orders}, "_links": links}


def _prepare(fields: dict[str, Any]) -> dict[str, Any]:
    """Join both forms of the address that a parcel goes to."""
    return {**fields, "shipping_addresses": join_addresses(fields, "shipping_addresses", "shipping_address")}
