"""Which fields of an answer the portal does not know, and so leaves out."""

from __future__ import annotations

from collections.abc import Set
from functools import cache
from typing import Any

import msgspec

from orders.erc.schema import Delivery, Item, Price, StatusInfo, TrackingInfo

_PAGE = {"id", "_embedded", "custom_fields", "_links"}
_EMBEDDED = {"items", "refunds", "returns"}
_MOST = 200


def ignored_fields(body: bytes) -> tuple[str, ...]:
    """Where they stand, such as `items[0].colour`; empty where the body is no page of items."""
    try:
        page = msgspec.json.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return ()
    if not isinstance(page, dict):
        return ()
    found = _others(page, _PAGE, "")
    embedded = page.get("_embedded")
    if isinstance(embedded, dict):
        found += _others(embedded, _EMBEDDED, "_embedded.")
        for index, item in enumerate(_list(embedded.get("items"))):
            found += _of_item(item, f"items[{index}].")
    return tuple(found[:_MOST])


def _of_item(item: Any, where: str) -> list[str]:
    found = _of(item, Item, where)
    if isinstance(item, dict):
        found += _of(item.get("price"), Price, f"{where}price.")
        for index, delivery in enumerate(_list(item.get("deliveries"))):
            place = f"{where}deliveries[{index}]."
            found += _of(delivery, Delivery, place)
            if isinstance(delivery, dict):
                found += _of(delivery.get("latest_status_info"), StatusInfo, f"{place}latest_status_info.")
                found += _of(delivery.get("tracking_info"), TrackingInfo, f"{place}tracking_info.")
    return found


def _of(value: Any, kind: type[msgspec.Struct], where: str) -> list[str]:
    return _others(value, _known(kind), where) if isinstance(value, dict) else []


@cache
def _known(kind: type[msgspec.Struct]) -> frozenset[str]:
    # msgspec reads the annotations anew each time, which an order of some hundred items would wait seconds for.
    return frozenset(field.encode_name for field in msgspec.structs.fields(kind))


def _others(value: dict[str, Any], known: Set[str], where: str) -> list[str]:
    return [f"{where}{name}" for name in value if name not in known]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
