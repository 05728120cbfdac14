"""The query parameters of the items endpoint, read strictly (the reference, "Endpoint")."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from ercportal.demo.sandbox.wire import FieldFault, RefusedError, error_answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

DEFAULT_LIMIT = 20
LARGEST_LIMIT = 100
SORTABLE = ("price", "name", "quantity", "sku", "brand")
DATE_FILTERS = ("delivery_date_start", "delivery_date_end", "shipping_date")
FILTERS = ("brand", "carrier", "delivery_type", "description", *DATE_FILTERS)

_KNOWN = frozenset({"limit", "order_by", "cursor", *FILTERS})


@dataclass(frozen=True)
class ItemsQuery:
    """What a client asked for. `order_by` is (field, descending); `filters` are as sent."""

    limit: int = DEFAULT_LIMIT
    order_by: tuple[str, bool] | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    cursor: str | None = None

    def selection(self) -> list[tuple[str, str]]:
        """The parameters that decide which items come and in which order, as a client would send them."""
        chosen = sorted(self.filters.items())
        if self.order_by is not None:
            name, descending = self.order_by
            chosen.append(("order_by", f"{name}:{'desc' if descending else 'asc'}"))
        return chosen


def read_query(query: str, *, has_cursor: bool = True) -> ItemsQuery:
    """The parameters of a query string, `cursor` among them where the endpoint `has_cursor`.

    Raises RefusedError (400, with `fields`) naming each one that is wrong.
    """
    names = _KNOWN if has_cursor else _KNOWN - {"cursor"}
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query), errors="strict")
    except ValueError:
        raise RefusedError(error_answer(400, "The query string cannot be read.")) from None
    faults = _shape_faults(pairs, names)
    given = dict(pairs)
    known = {name: value for name, value in given.items() if name in names and value}
    faults += [fault for name, value in known.items() if (fault := _value_fault(name, value))]
    if faults:
        raise RefusedError(error_answer(400, "One or more parameters are not valid.", faults))
    return ItemsQuery(
        limit=int(given.get("limit", DEFAULT_LIMIT)),
        order_by=_split_order(given["order_by"]) if "order_by" in given else None,
        filters={name: value for name, value in given.items() if name in FILTERS},
        cursor=given.get("cursor"),
    )


def day_of(text: object) -> date | None:
    """The day of an ISO 8601 date or timestamp; None if it is neither."""
    if not isinstance(text, str):
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _shape_faults(pairs: list[tuple[str, str]], names: Set[str]) -> list[FieldFault]:
    counted = Counter(name for name, _ in pairs)
    faults = [FieldFault(name, "is not a parameter of this endpoint") for name in counted if name not in names]
    faults += [FieldFault(name, "was sent more than once") for name, count in counted.items() if count > 1]
    faults += [FieldFault(name, "must not be empty") for name, value in pairs if name in names and not value]
    return faults


def _value_fault(name: str, value: str) -> FieldFault | None:
    if name == "limit" and not _is_limit(value):
        return FieldFault(name, f"must be a whole number from 1 to {LARGEST_LIMIT}")
    if name == "order_by" and not _is_order(value):
        return FieldFault(name, f"must be field:asc or field:desc, field being one of {', '.join(SORTABLE)}")
    if name in DATE_FILTERS and day_of(value) is None:
        return FieldFault(name, "must be an ISO 8601 date or timestamp")
    return None


def _is_limit(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 3 and 1 <= int(value) <= LARGEST_LIMIT


def _is_order(value: str) -> bool:
    name, _, direction = value.partition(":")
    return name in SORTABLE and direction in ("asc", "desc")


def _split_order(value: str) -> tuple[str, bool]:
    name, _, direction = value.partition(":")
    return name, direction == "desc"
