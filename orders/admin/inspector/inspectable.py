"""What can be inspected besides an order's items: a row for each endpoint, and for each way to search."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext

from orders.connection_check.endpoints import endpoint_name
from orders.erc.paths import EndpointName
from orders.erc.query import (
    CustomerOrdersQuery,
    CustomerQuery,
    CustomersQuery,
    OrderQuery,
    OrdersQuery,
    Query,
    RecentOrderQuery,
)
from orders.models import AccessKind

_PAGE_SIZE = 50


class Inspectable(NamedTuple):
    """A request: the fields that its form takes, the query that they make, and how the access log calls it."""

    endpoint: EndpointName
    fields: tuple[str, ...]
    query: Callable[[Mapping[str, Any]], Query[Any]]
    kind: AccessKind


def _customers(criterion: str, kind: AccessKind) -> Inspectable:
    return Inspectable(
        EndpointName.CUSTOMERS,
        ("q",),
        lambda given: CustomersQuery(**{criterion: given["q"]}, per_page=_PAGE_SIZE),
        kind,
    )


BY_IDS: Mapping[str, Inspectable] = {
    "customer": Inspectable(
        EndpointName.CUSTOMER,
        ("customer_id",),
        lambda given: CustomerQuery(customer_id=given["customer_id"]),
        AccessKind.ORDERS,
    ),
    "customer_orders": Inspectable(
        EndpointName.CUSTOMER_ORDERS,
        ("customer_id", "cursor"),
        lambda given: CustomerOrdersQuery(
            customer_id=given["customer_id"], limit=_PAGE_SIZE, cursor=given["cursor"] or None
        ),
        AccessKind.ORDERS,
    ),
    "order": Inspectable(
        EndpointName.ORDER,
        ("customer_id", "order_id"),
        lambda given: OrderQuery(customer_id=given["customer_id"], order_id=given["order_id"]),
        AccessKind.ITEMS,
    ),
    "recent_order": Inspectable(
        EndpointName.RECENT_ORDER,
        ("customer_id",),
        lambda given: RecentOrderQuery(customer_id=given["customer_id"]),
        AccessKind.ORDERS,
    ),
}
"""The requests whose ids stand in the page's address."""

SEARCHES: Mapping[str, Inspectable] = {
    "email": _customers("email", AccessKind.SEARCH_EMAIL),
    "phone": _customers("phone", AccessKind.SEARCH_PHONE),
    "name": _customers("name", AccessKind.SEARCH_NAME),
    "ids": _customers("ids", AccessKind.SEARCH_ID),
    "orders": Inspectable(
        EndpointName.ORDERS,
        ("q",),
        lambda given: OrdersQuery(search=given["q"], limit=_PAGE_SIZE),
        AccessKind.SEARCH_NUMBER,
    ),
}
"""The requests whose text is posted, because it is what a caller says."""


class Choice(NamedTuple):
    """An entry of a menu."""

    value: str
    words: str
    is_chosen: bool


def menus(chosen: str) -> dict[str, tuple[Choice, ...]]:
    """Give the entries of both forms' menus."""
    by_ids = {EndpointName.ITEMS.value: EndpointName.ITEMS} | {
        value: one.endpoint for value, one in BY_IDS.items()
    }
    searches = {
        "email": gettext("Customers by e-mail"),
        "phone": gettext("Customers by phone"),
        "name": gettext("Customers by name"),
        "ids": gettext("Customers by ids"),
        "orders": gettext("Orders by number"),
    }
    return {
        "by_ids": tuple(Choice(value, endpoint_name(name), value == chosen) for value, name in by_ids.items()),
        "searches": tuple(Choice(value, words, value == chosen) for value, words in searches.items()),
    }
