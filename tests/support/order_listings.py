"""Pages of orders, and the listings that an agent who walks through them sees."""

from __future__ import annotations

from datetime import UTC, datetime

from orders.erc.fetched import Fetched
from orders.erc.orders import Order, OrdersPage
from orders.erc.query import CustomerOrdersQuery
from orders.lookup.order_listing import OrderListing, continue_orders


def page(*ids: str, following: str | None = None, unusable: bool = False) -> OrdersPage:
    """A page of the customer's orders with these ids; `following` is the cursor of the next one."""
    orders = tuple(Order(id=name, order_number=f"#{name}", customer_id="C") for name in ids)
    return OrdersPage(orders=orders, next_cursor=following, next_is_unusable=unusable)


def fetched(page: OrdersPage) -> Fetched[OrdersPage]:
    """The page as it has just come."""
    return Fetched(page, b"", datetime.now(UTC))


def follow(*pages: OrdersPage, search: str | None = None) -> list[OrderListing]:
    """Walk through the pages as an agent does, each by the link of the one before."""
    found: list[OrderListing] = []
    for current in pages:
        before = found[-1] if found else None
        query = CustomerOrdersQuery(
            customer_id="C", search=search, limit=2, cursor=before.page.next_cursor if before else None
        )
        found.append(continue_orders(query, fetched(current), state=before.next_state if before else ""))
    return found
