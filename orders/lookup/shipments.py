"""Tracking numbers and shipments: a parcel with several items is one shipment."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from orders.erc.schema import Delivery, Item
from orders.lookup.conventions import LONG_NUMBER, NUMBER_SEPARATORS, bare, is_no_number
from orders.lookup.statuses import status_of

MARK_BYTES = 4
"""The length of a counted shipment's mark."""

# Enough to tell some hundred parcels apart.
_KEY_BYTES = 5
_MAX_KEY = 40
# No delivery has more parcels, and each number gets a link and a button.
_MAX_NUMBERS = 50
_MAX_CACHED_LENGTH = 200


def tracking_numbers(text: str | None) -> tuple[str, ...]:
    """Split a field into its numbers, each once and as it came; none for a placeholder.

    A field with too many numbers stays one text.
    """
    return _read_tracking(text).numbers


class _Tracking(NamedTuple):
    """The numbers of a field, and a key that is the same for every spelling of them."""

    numbers: tuple[str, ...] = ()
    key: str = ""


def _read_tracking(text: str | None) -> _Tracking:
    if not text:
        return _Tracking()
    return _tracking(text) if len(text) <= _MAX_CACHED_LENGTH else _tracking.__wrapped__(text)


# Each field is read several times: for its page, its answer, its parcel and the counts.
@lru_cache(maxsize=1024)
def _tracking(text: str) -> _Tracking:
    fields = NUMBER_SEPARATORS.split(text, maxsplit=_MAX_NUMBERS)
    parts = [part.strip() for field in fields for part in _split_field(field)]
    if len(parts) > _MAX_NUMBERS:
        parts = [text.strip()]
    numbers: dict[str, str] = {}
    for part in parts:
        word = bare(part)
        if not is_no_number(word):
            numbers.setdefault(word, part)
    return _Tracking(tuple(numbers.values()), " ".join(sorted(numbers)))


def shipment_key(delivery: Delivery) -> str:
    """Give the key that deliveries of one shipment share: their tracking number; empty without one.

    Ids do not help, because some shops count each item's deliveries from 1.
    """
    return _read_tracking(delivery.tracking_info.tracking_number).key if delivery.tracking_info else ""


def parcel_key(delivery: Delivery) -> str:
    """Give the key by which deliveries are grouped: the tracking number, else the id; empty without either.

    The id is good enough here: a group still shows each of its deliveries. A usual number is its own key, in
    capitals as it is printed, so that a page which shows it grows by next to nothing when it is compressed.
    """
    number = shipment_key(delivery)
    if number.isascii() and number.isalnum() and len(number) <= _MAX_KEY:
        return number.upper()
    key = number or (f"id {delivery.id}" if delivery.id else "")
    return _digest(key, _KEY_BYTES).hex() if key else ""


def status_counts(items: Iterable[Item], known: Iterable[bytes] = ()) -> tuple[Counter[str], list[bytes]]:
    """Count shipments by status, and give the marks of the new ones.

    A mark identifies a shipment at a status: one that was counted here or is `known` is not counted again. Where a
    shipment's deliveries differ in status, each status counts.
    """
    counts: Counter[str] = Counter()
    seen, new = set(known), []
    for item in items:
        for delivery in item.deliveries or ():
            if mark := shipment_mark(delivery):
                if mark in seen:
                    continue
                seen.add(mark)
                new.append(mark)
            counts[status_of(delivery)] += 1
    return counts, new


def shipment_mark(delivery: Delivery) -> bytes:
    """Give the mark of a delivery's shipment at its status; empty without a tracking number."""
    key = shipment_key(delivery)
    return _digest(f"{status_of(delivery)}\n{key}", MARK_BYTES) if key else b""


def _digest(text: str, size: int) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=size).digest()


def _split_field(field: str) -> list[str]:
    """Split at blanks if they stand between whole numbers, not between the groups of one."""
    parts = field.split()
    is_list = len(parts) > 1 and all(len(part) >= LONG_NUMBER and any(map(str.isdigit, part)) for part in parts)
    return parts if is_list else [field]
