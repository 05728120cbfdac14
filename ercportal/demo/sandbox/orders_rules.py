"""What may be asked of a list of orders.

The reference does not say what `search` matches: here it is any part of the order number, as it is printed.
Nor does it say what `order_by` takes: here the fields below.
"""

from __future__ import annotations

from ercportal.demo.sandbox.parameters import Entry, Filter, ListRules
from ercportal.demo.sandbox.query_string import any_text


def _number_has(order: Entry, wanted: str) -> bool:
    number = order.get("order_number")
    return isinstance(number, str) and wanted.casefold() in number.casefold()


def _brand_is(order: Entry, wanted: str) -> bool:
    return order.get("brand") == wanted


ORDERS = ListRules(
    sortable=("purchase_datetime", "order_number", "items_number"),
    filters={"search": Filter(any_text, _number_has), "brand": Filter(any_text, _brand_is)},
)
