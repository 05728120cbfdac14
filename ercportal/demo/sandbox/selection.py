"""Which items of an order come, and in which order: `order_by` and the filters (the reference, "Endpoint").

Catalogue entries may be malformed on purpose, so nothing here relies on their shape: what cannot be compared comes
last, what cannot be filtered is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from ercportal.demo.sandbox.parameters import DATE_FILTERS, ItemsQuery, day_of

if TYPE_CHECKING:
    from ercportal.demo.sandbox.wire import Json

SortKey: TypeAlias = "str | int | Decimal"


def select(items: Sequence[Json], query: ItemsQuery) -> list[Json]:
    """The items that pass the query's filters, in the query's order, else in the order's own."""
    chosen = [item for item in items if _passes(item, query.filters)]
    if query.order_by is None:
        return chosen
    return _ordered(chosen, *query.order_by)


def _ordered(items: list[Json], field: str, descending: bool) -> list[Json]:  # noqa: FBT001 - one half of a pair
    keyed = [(_sort_key(item, field), item) for item in items]
    comparable = [(key, item) for key, item in keyed if key is not None]
    rest = [item for key, item in keyed if key is None]
    comparable.sort(key=_first, reverse=descending)
    return [item for _, item in comparable] + rest


def _first(pair: tuple[SortKey, Json]) -> tuple[bool, SortKey]:
    key = pair[0]
    return isinstance(key, str), key


def _sort_key(item: Json, field: str) -> SortKey | None:
    if not isinstance(item, Mapping):
        return None
    value = item.get(field)
    if field == "price":
        value = value.get("value") if isinstance(value, Mapping) else None
        return value if isinstance(value, (int, Decimal)) else None
    if isinstance(value, str):
        return value.casefold()
    return value if isinstance(value, int) else None


def _passes(item: Json, filters: Mapping[str, str]) -> bool:
    if not filters:
        return True
    return isinstance(item, Mapping) and all(_TESTS[name](item, wanted) for name, wanted in filters.items())


def _deliveries(item: Mapping[str, Json]) -> Iterator[Mapping[str, Json]]:
    deliveries = item.get("deliveries")
    if isinstance(deliveries, Sequence) and not isinstance(deliveries, str):
        yield from (entry for entry in deliveries if isinstance(entry, Mapping))


def _brand_is(item: Mapping[str, Json], wanted: str) -> bool:
    return item.get("brand") == wanted


def _description_has(item: Mapping[str, Json], wanted: str) -> bool:
    description = item.get("description")
    return isinstance(description, str) and wanted.casefold() in description.casefold()


def _some_delivery_is(field: str) -> Callable[[Mapping[str, Json], str], bool]:
    def test(item: Mapping[str, Json], wanted: str) -> bool:
        return any(delivery.get(field) == wanted for delivery in _deliveries(item))

    return test


def _some_delivery_day_is(field: str) -> Callable[[Mapping[str, Json], str], bool]:
    def test(item: Mapping[str, Json], wanted: str) -> bool:
        return any(day_of(delivery.get(field)) == day_of(wanted) for delivery in _deliveries(item))

    return test


_TESTS: dict[str, Callable[[Mapping[str, Json], str], bool]] = {
    "brand": _brand_is,
    "description": _description_has,
    "carrier": _some_delivery_is("carrier"),
    "delivery_type": _some_delivery_is("delivery_type"),
    **{name: _some_delivery_day_is(name) for name in DATE_FILTERS},
}
