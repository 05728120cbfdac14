"""Finds fields of a response that the portal does not know, and so leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cache
from itertools import chain, islice
from typing import Any

import msgspec

from orders.erc.errors import InvalidResponse
from orders.erc.fitting import MAX_ENTRIES, entries_of
from orders.erc.json_bodies import as_utf8, read_loosely
from orders.erc.schema import Delivery, Item, Price, StatusInfo, TrackingInfo

_PAGE = {"id", "_embedded", "custom_fields", "_links"}
_EMBEDDED = {"items", "refunds", "returns"}
_MAX_FOUND = 200
_MAX_ITEMS = 1000


def ignored_fields(body: bytes) -> tuple[str, ...]:
    """List the places of the first two hundred, such as `items[0].colour`; empty where the body is no page."""
    try:
        page = read_loosely(as_utf8(body))
    except InvalidResponse:
        return ()
    if not isinstance(page, dict):
        return ()
    embedded = page.get("_embedded")
    found = chain(_others(page, _PAGE, ""), _others(embedded, _EMBEDDED, "_embedded."), _of_items(embedded))
    return tuple(islice(found, _MAX_FOUND))


def _of_items(embedded: Any) -> Iterator[str]:
    items = embedded.get("items") if isinstance(embedded, dict) else None
    for index, item in enumerate(_entries(Item, items)[:_MAX_ITEMS]):
        yield from _of_item(item, f"items[{index}].")


def _of_item(item: Any, where: str) -> Iterator[str]:
    if not isinstance(item, dict):
        return
    yield from _of(item, Item, where)
    yield from _of(item.get("price"), Price, f"{where}price.")
    for index, delivery in enumerate(_entries(Delivery, item.get("deliveries"))[:MAX_ENTRIES]):
        if isinstance(delivery, dict):
            place = f"{where}deliveries[{index}]."
            yield from _of(delivery, Delivery, place)
            yield from _of(delivery.get("latest_status_info"), StatusInfo, f"{place}latest_status_info.")
            yield from _of(delivery.get("tracking_info"), TrackingInfo, f"{place}tracking_info.")


def _of(value: Any, kind: type[msgspec.Struct], where: str) -> Iterator[str]:
    return _others(value, _field_names(kind), where)


@cache
def _field_names(kind: type[msgspec.Struct]) -> frozenset[str]:
    # msgspec parses the annotations at each call, which would take seconds for an order of some hundred items.
    return frozenset(field.encode_name for field in msgspec.structs.fields(kind))


def _others(value: Any, known: Set[str], where: str) -> Iterator[str]:
    return (f"{where}{name}" for name in value if name not in known) if isinstance(value, dict) else iter(())


def _entries(kind: type[msgspec.Struct], value: Any) -> list[Any]:
    return entries_of(kind, value) if isinstance(value, list | dict) else []
