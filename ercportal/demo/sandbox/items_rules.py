"""What may be asked of an order's items (docs/api-reference.md#query-parameters)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from ercportal.demo.sandbox.parameters import Entry, Filter, ListRules
from ercportal.demo.sandbox.query_string import a_day, any_text, day_of


def _deliveries(item: Entry) -> Iterator[Entry]:
    deliveries = item.get("deliveries")
    if isinstance(deliveries, Sequence) and not isinstance(deliveries, str):
        yield from (entry for entry in deliveries if isinstance(entry, Mapping))


def _brand_is(item: Entry, wanted: str) -> bool:
    return item.get("brand") == wanted


def _description_has(item: Entry, wanted: str) -> bool:
    description = item.get("description")
    return isinstance(description, str) and wanted.casefold() in description.casefold()


def _some_delivery_is(field: str) -> Callable[[Entry, str], bool]:
    return lambda item, wanted: any(delivery.get(field) == wanted for delivery in _deliveries(item))


def _some_delivery_day_is(field: str) -> Callable[[Entry, str], bool]:
    return lambda item, wanted: any(
        day_of(delivery.get(field)) == day_of(wanted) for delivery in _deliveries(item)
    )


ITEMS = ListRules(
    sortable=("price", "name", "quantity", "sku", "brand"),
    filters={
        "brand": Filter(any_text, _brand_is),
        "description": Filter(any_text, _description_has),
        "carrier": Filter(any_text, _some_delivery_is("carrier")),
        "delivery_type": Filter(any_text, _some_delivery_is("delivery_type")),
        **{
            name: Filter(a_day, _some_delivery_day_is(name))
            for name in ("delivery_date_start", "delivery_date_end", "shipping_date")
        },
    },
)

ITEMS_OF_CONNECTIONS = replace(ITEMS, has_cursor=False)
"""The provider's side declares no cursor."""
