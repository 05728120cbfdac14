"""Decodes the bytes of a 200 response into an ItemsPage and loses nothing that can be read.

Each item is decoded alone: an entry without an id or a name counts as unreadable, an unreadable optional field is
left out and noted, and neither costs the rest of the page. msgspec decodes items that follow
docs/api-reference.md; the others are read field by field.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

import msgspec

from orders.erc.after_sales import Record, Refund, Return
from orders.erc.card_numbers import mask_value
from orders.erc.deadline import Deadline
from orders.erc.errors import InvalidResponse
from orders.erc.fitting import (
    MAX_ENTRIES,
    UNFIT,
    Notes,
    custom_fields_or_none,
    entries_of,
    is_within_bounds,
    note,
    read_object,
    read_struct,
    read_text,
    says_nothing,
)
from orders.erc.json_bodies import as_utf8, read_loosely, require_plain_json
from orders.erc.links import next_cursor
from orders.erc.schema import Delivery, Item, ItemsPage, Quantity, Unreadable
from orders.erc.timestamps import from_wire

_Struct = TypeVar("_Struct", bound=msgspec.Struct)

MAX_ITEMS = 1000
"""The decoder stops after this many items, or after as many unreadable entries."""

MAX_DELIVERIES = 10_000
"""The decoder stops after the item that brings the deliveries to this many."""

# So many items are decoded even after the deadline: a late response is still worth something.
_MIN_ITEMS = 100
_MAX_CACHED_ITEMS = 300
# Items have a kilobyte or two; this limit bounds the cache to some ten megabytes a process.
_MAX_CACHED_BYTES = 16_384
_OUT_OF_BOUNDS = "the number is out of all bounds"

_NULL = msgspec.Raw(b"null")


class _Envelope(msgspec.Struct):
    embedded: _Embedded = msgspec.field(name="_embedded")
    id: msgspec.Raw = _NULL
    custom_fields: msgspec.Raw = _NULL
    links: msgspec.Raw = msgspec.field(name="_links", default=_NULL)


class _Embedded(msgspec.Struct):
    items: list[msgspec.Raw]
    refunds: msgspec.Raw = _NULL
    returns: msgspec.Raw = _NULL


class _Parts(NamedTuple):
    """The parts of a response. `items` are raw where msgspec could separate them, else loosely read."""

    items: list[Any]
    id: Any
    custom_fields: Any
    links: Any
    refunds: Any
    returns: Any


class _Read(NamedTuple):
    """An item and notes of what it lacks; their places are relative to the item."""

    item: Item
    notes: tuple[Unreadable, ...] = ()


_envelope = msgspec.json.Decoder(_Envelope)
_item = msgspec.json.Decoder(Item, dec_hook=from_wire, float_hook=Decimal)


def decode_items_page(body: bytes, *, is_checked: bool = False, deadline: Deadline | None = None) -> ItemsPage:
    """Decode one page of items; `is_checked` says that this body was decoded before.

    Entries after the deadline or beyond the limits above are only counted. Raises InvalidResponse when the body is
    not JSON, repeats a key, or has no `_embedded.items`.
    """
    parts = _take_apart(as_utf8(body), is_checked=is_checked)
    items, unreadable, notes, beyond = _read_items(parts.items, deadline)
    cursor, unusable = next_cursor(parts.links)
    return ItemsPage(
        items=tuple(items),
        id=_text_or_none(parts.id),
        unreadable=tuple(unreadable),
        refunds=_records(Refund, parts.refunds, "refunds", notes),
        returns=_records(Return, parts.returns, "returns", notes),
        custom_fields=custom_fields_or_none(parts.custom_fields, "custom_fields", notes),
        defaulted=tuple(notes),
        items_beyond=beyond,
        next_cursor=cursor,
        next_is_unusable=unusable,
    )


def _take_apart(body: bytes, *, is_checked: bool) -> _Parts:
    try:
        if not is_checked:
            require_plain_json(body)
        envelope = _envelope.decode(body)
        return _Parts(
            envelope.embedded.items,
            *map(_loose, (envelope.id, envelope.custom_fields, envelope.links)),
            *map(_loose, (envelope.embedded.refunds, envelope.embedded.returns)),
        )
    except (ValueError, RecursionError):
        return _take_apart_loosely(read_loosely(body))


def _loose(raw: msgspec.Raw) -> Any:
    # Fields are usually absent, and the slow reader costs as much as an item.
    return None if raw == _NULL else read_loosely(bytes(raw))


def _take_apart_loosely(page: Any) -> _Parts:
    embedded = page.get("_embedded") if isinstance(page, dict) else None
    if not isinstance(embedded, dict):
        raise InvalidResponse("the answer has not the promised shape: it has no `_embedded` object")
    try:
        items = entries_of(Item, embedded.get("items"))
    except TypeError as error:
        raise InvalidResponse(f"the answer has not the promised shape: `_embedded.items`: {error}") from error
    return _Parts(
        items,
        *(page.get(name) for name in ("id", "custom_fields", "_links")),
        *(embedded.get(name) for name in ("refunds", "returns")),
    )


def _read_items(entries: list[Any], deadline: Deadline | None) -> tuple[list[Item], list[Unreadable], Notes, int]:
    items: list[Item] = []
    unreadable: list[Unreadable] = []
    notes: Notes = []
    deliveries = 0
    for index, entry in enumerate(entries):
        is_late = index >= _MIN_ITEMS and deadline is not None and deadline.has_passed
        if is_late or max(len(items), len(unreadable)) >= MAX_ITEMS or deliveries >= MAX_DELIVERIES:
            return items, unreadable, notes, len(entries) - index
        where = f"items[{index}]"
        try:
            item, left_out = _read_item(entry)
        except UNFIT as error:
            unreadable.append(Unreadable(where, str(error)))
            continue
        items.append(item)
        deliveries += len(item.deliveries or ())
        for one in left_out:
            note(notes, where + one.where, one.reason)
    return items, unreadable, notes, 0


def _read_item(entry: Any) -> _Read:
    if not isinstance(entry, msgspec.Raw):
        return _fit(entry)
    raw = bytes(entry)
    return _cached_item(raw) if len(raw) <= _MAX_CACHED_BYTES else _raw_item(raw)


def _raw_item(raw: bytes) -> _Read:
    try:
        item = _item.decode(raw)
        _require_bounds(item)
        if item.custom_fields:
            item = msgspec.structs.replace(item, custom_fields=mask_value(item.custom_fields, is_free=True))
    except (ValueError, ArithmeticError, TypeError, RecursionError):
        return _fit(read_loosely(raw))
    beyond = len(item.deliveries or ()) - MAX_ENTRIES
    if beyond > 0:
        deliveries = (item.deliveries or ())[:MAX_ENTRIES]
        item = msgspec.structs.replace(item, deliveries=deliveries, deliveries_beyond=beyond)
    return _Read(item)


# The same bytes give the identical object, so that caches of cards can compare by identity.
_cached_item = lru_cache(maxsize=_MAX_CACHED_ITEMS)(_raw_item)


def _fit(value: Any) -> _Read:
    """Read an item field by field; only count the deliveries beyond the limit."""
    notes: Notes = []
    item = read_struct(Item, value, "", notes)
    given = value.get("deliveries")
    beyond = len(entries_of(Delivery, given)) - MAX_ENTRIES if isinstance(given, list | dict) else 0
    if beyond > 0:
        item = msgspec.structs.replace(item, deliveries_beyond=beyond)
    return _Read(item, tuple(notes))


def _require_bounds(item: Item) -> None:
    """Raise ValueError for NaN, for a number with too many digits, and for a count that may need normalizing."""
    if item.price and not is_within_bounds(item.price.value):
        raise ValueError(_OUT_OF_BOUNDS)
    counts: list[Quantity | None] = [item.quantity, item.deliverable_quantity, item.refundable_quantity]
    for delivery in item.deliveries or ():
        counts += (delivery.delivery_quantity, delivery.returnable_quantity)
    for count in counts:
        if count is not None and (isinstance(count, Decimal) or not is_within_bounds(count)):
            raise ValueError(_OUT_OF_BOUNDS)


def _text_or_none(value: Any) -> str | None:
    return read_text(value) if isinstance(value, str) else None


def _records(kind: type[_Struct], value: Any, where: str, notes: Notes) -> tuple[Record[_Struct], ...]:
    """Read refunds or returns, each as it came and typed."""
    if says_nothing(value):
        return ()
    try:
        entries = entries_of(kind, value)
    except TypeError as error:
        note(notes, where, error)
        return ()
    if len(entries) > MAX_ENTRIES:
        note(notes, f"{where}[{MAX_ENTRIES}]", f"{len(entries) - MAX_ENTRIES} entries are more than is read")
    found = []
    for index, entry in enumerate(entries[:MAX_ENTRIES]):
        place = f"{where}[{index}]"
        try:
            found.append(Record(mask_value(read_object(entry, place, notes)), _convert(kind, entry)))
        except UNFIT as error:
            note(notes, place, error)
    return tuple(found)


def _convert(kind: type[_Struct], entry: Any) -> _Struct | None:
    # No notes here: the raw entry stands beside the typed one, so nothing is lost.
    try:
        return read_struct(kind, entry, "", [])
    except UNFIT:
        return None
