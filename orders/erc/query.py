"""What the portal asks the API for: one class for each endpoint."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar
from urllib.parse import unquote

import msgspec

from orders.erc.customers import Customer, CustomersPage
from orders.erc.decode import decode_items_page
from orders.erc.decode_customers import decode_customer, decode_customers_page
from orders.erc.decode_orders import decode_order, decode_orders_page, decode_recent_order
from orders.erc.orders import Order, OrdersPage
from orders.erc.paths import EndpointName
from orders.erc.recent_order import RecentOrder
from orders.erc.schema import ItemsPage

Page = TypeVar("Page")

FILTER_NAMES = (
    "brand",
    "carrier",
    "delivery_type",
    "delivery_date_start",
    "delivery_date_end",
    "shipping_date",
    "description",
)
"""The newer query parameters, which narrow the list (docs/api-reference.md#query-parameters)."""

_MAX_ID = 512
# One customer or order is never larger, and reading 5 MB would stop every thread, also the items', for a second.
_MAX_ALONE_BYTES = 250_000
_SEPARATOR = re.compile(r"[/\\]")


def is_usable_id(text: str) -> bool:
    """Whether an opaque id can be a part of the API's path."""
    if not text or len(text) > _MAX_ID or not text.isprintable() or has_dot_segment(text):
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def has_dot_segment(text: str) -> bool:
    r"""Whether a part of the id between `/` or `\` is `.` or `..`, plain or percent-decoded once.

    Requests encode every reserved character. But a gateway that decodes before it routes would resolve such a part
    as a folder, and could respond with another customer's order.
    """
    return any(segment in (".", "..") for form in (text, unquote(text)) for segment in _SEPARATOR.split(form))


class Query(msgspec.Struct, Generic[Page], frozen=True, kw_only=True, omit_defaults=True):
    """A request for one page of an endpoint. A field that is None is not sent."""

    endpoint: ClassVar[EndpointName]
    path_names: ClassVar[tuple[str, ...]] = ()
    """The fields that stand in the path."""

    decode: ClassVar[Callable[..., Any]]
    """Makes a Page of a body; takes `is_checked` and `deadline`, and raises InvalidResponse."""

    max_body_bytes: ClassVar[int | None] = None
    """The largest response; None where the setting for all of them is enough."""

    def path_ids(self) -> dict[str, str]:
        """Give the ids in the path, by the name of their place."""
        return {name: getattr(self, name) for name in self.path_names}

    def parameters(self) -> dict[str, str]:
        """Give the query parameters to send, in a fixed order."""
        return {
            name: str(value) for name, value in msgspec.to_builtins(self).items() if name not in self.path_names
        }

    def resource(self) -> str:
        """Name what the API may fail for alone; empty where there is only the endpoint."""
        return "\n".join(self.path_ids().values())


class ItemsQuery(Query[ItemsPage], frozen=True, kw_only=True, omit_defaults=True):
    """A page of an order's items (docs/api-reference.md#query-parameters)."""

    endpoint = EndpointName.ITEMS
    path_names = ("customer_id", "order_id")
    decode = staticmethod(decode_items_page)

    customer_id: str
    order_id: str
    limit: int | None = None
    order_by: str | None = None
    cursor: str | None = None
    brand: str | None = None
    carrier: str | None = None
    delivery_type: str | None = None
    delivery_date_start: str | None = None
    delivery_date_end: str | None = None
    shipping_date: str | None = None
    description: str | None = None

    @property
    def is_of_whole_order(self) -> bool:
        """Whether nothing is narrowed, sorted or continued, so that "not found" speaks of the order itself."""
        return self.parameters().keys() <= {"limit"}


class CustomersQuery(Query[CustomersPage], frozen=True, kw_only=True, omit_defaults=True):
    """A page of the customers that fit every criterion (docs/api-reference.md#customers).

    `phone` is in E.164; `ids` are separated by commas; `match_mode` is "exact" or "fuzzy".
    """

    endpoint = EndpointName.CUSTOMERS
    decode = staticmethod(decode_customers_page)

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    ids: str | None = None
    brand: str | None = None
    match_mode: str | None = msgspec.field(default=None, name="matchMode")
    page: int | None = None
    per_page: int | None = None


class CustomerQuery(Query[Customer], frozen=True, kw_only=True, omit_defaults=True):
    """One customer (docs/api-reference.md#customer)."""

    endpoint = EndpointName.CUSTOMER
    path_names = ("customer_id",)
    decode = staticmethod(decode_customer)
    max_body_bytes = _MAX_ALONE_BYTES

    customer_id: str


class CustomerOrdersQuery(Query[OrdersPage], frozen=True, kw_only=True, omit_defaults=True):
    """A page of a customer's orders (docs/api-reference.md#orders)."""

    endpoint = EndpointName.CUSTOMER_ORDERS
    path_names = ("customer_id",)
    decode = staticmethod(decode_orders_page)

    customer_id: str
    search: str | None = None
    limit: int | None = None
    cursor: str | None = None
    order_by: str | None = None
    brand: str | None = None


class OrdersQuery(Query[OrdersPage], frozen=True, kw_only=True, omit_defaults=True):
    """A page of the account's orders (docs/api-reference.md#orders)."""

    endpoint = EndpointName.ORDERS
    decode = staticmethod(decode_orders_page)

    search: str | None = None
    limit: int | None = None
    cursor: str | None = None
    order_by: str | None = None
    brand: str | None = None


class OrderQuery(Query[Order], frozen=True, kw_only=True, omit_defaults=True):
    """One order without its items (docs/api-reference.md#orders)."""

    endpoint = EndpointName.ORDER
    path_names = ("customer_id", "order_id")
    decode = staticmethod(decode_order)
    max_body_bytes = _MAX_ALONE_BYTES

    customer_id: str
    order_id: str


class RecentOrderQuery(Query[RecentOrder], frozen=True, kw_only=True, omit_defaults=True):
    """A customer's most recent order (docs/api-reference.md#most-recent-order)."""

    endpoint = EndpointName.RECENT_ORDER
    path_names = ("customer_id",)
    decode = staticmethod(decode_recent_order)
    max_body_bytes = _MAX_ALONE_BYTES

    customer_id: str
