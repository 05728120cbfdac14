"""Which entries of a list come, and in which order: `order_by` and the filters.

Catalogue entries may be malformed on purpose, so nothing here relies on their shape: what cannot be compared comes
last, what cannot be filtered is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from ercportal.demo.sandbox.parameters import ListQuery, ListRules
    from ercportal.demo.sandbox.wire import Json

SortKey: TypeAlias = "str | int | Decimal"


def select(entries: Sequence[Json], query: ListQuery, rules: ListRules) -> list[Json]:
    """The entries that pass the query's filters, in the query's order, else in their own."""
    chosen = [entry for entry in entries if _passes(entry, query.filters, rules)]
    if query.order_by is None:
        return chosen
    return _ordered(chosen, *query.order_by)


def _ordered(entries: list[Json], field: str, descending: bool) -> list[Json]:  # noqa: FBT001 - one half of a pair
    keyed = [(_sort_key(entry, field), entry) for entry in entries]
    comparable = [(key, entry) for key, entry in keyed if key is not None]
    rest = [entry for key, entry in keyed if key is None]
    comparable.sort(key=_first, reverse=descending)
    return [entry for _, entry in comparable] + rest


def _first(pair: tuple[SortKey, Json]) -> tuple[bool, SortKey]:
    key = pair[0]
    return isinstance(key, str), key


def _sort_key(entry: Json, field: str) -> SortKey | None:
    if not isinstance(entry, Mapping):
        return None
    value = entry.get(field)
    if isinstance(value, Mapping):
        value = value.get("value")
    if isinstance(value, str):
        return value.casefold()
    return value if isinstance(value, (int, Decimal)) else None


def _passes(entry: Json, filters: Mapping[str, str], rules: ListRules) -> bool:
    if not filters:
        return True
    return isinstance(entry, Mapping) and all(
        rules.filters[name].is_fit(entry, wanted) for name, wanted in filters.items()
    )
