"""The query parameters of the lists that are paged by cursor: a limit, an order, filters and a cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ercportal.demo.sandbox.query_string import (
    Check,
    any_text,
    field_and_direction,
    read_parameters,
    whole_number,
)

if TYPE_CHECKING:
    from ercportal.demo.sandbox.wire import Json

DEFAULT_LIMIT = 20
LARGEST_LIMIT = 100

Entry: TypeAlias = "Mapping[str, Json]"


class Filter(NamedTuple):
    """One filter of a list: which values it takes, and whether an entry fits one."""

    check: Check
    is_fit: Callable[[Entry, str], bool]


@dataclass(frozen=True)
class ListRules:
    """What may be asked of a list: the fields that it can be ordered by, its filters, and whether it is paged."""

    sortable: tuple[str, ...]
    filters: Mapping[str, Filter]
    has_cursor: bool = True

    def checks(self) -> dict[str, Check]:
        """A check for each parameter that the list takes."""
        checks: dict[str, Check] = {name: chosen.check for name, chosen in self.filters.items()}
        checks |= {"limit": whole_number(LARGEST_LIMIT), "order_by": field_and_direction(self.sortable)}
        return checks | {"cursor": any_text} if self.has_cursor else checks


@dataclass(frozen=True)
class ListQuery:
    """What a client asked for. `order_by` is (field, descending); `filters` are as sent."""

    limit: int = DEFAULT_LIMIT
    order_by: tuple[str, bool] | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    cursor: str | None = None

    def selection(self) -> list[tuple[str, str]]:
        """The parameters that decide which entries come and in which order, as a client would send them."""
        chosen = sorted(self.filters.items())
        if self.order_by is not None:
            name, descending = self.order_by
            chosen.append(("order_by", f"{name}:{'desc' if descending else 'asc'}"))
        return chosen


def read_list_query(query: str, rules: ListRules) -> ListQuery:
    """The parameters of a query string. Raises Refused (400, with `fields`) naming each one that is wrong."""
    given = read_parameters(query, rules.checks())
    return ListQuery(
        limit=int(given.get("limit", DEFAULT_LIMIT)),
        order_by=_split_order(given["order_by"]) if "order_by" in given else None,
        filters={name: value for name, value in given.items() if name in rules.filters},
        cursor=given.get("cursor"),
    )


def _split_order(value: str) -> tuple[str, bool]:
    name, _, direction = value.partition(":")
    return name, direction == "desc"
