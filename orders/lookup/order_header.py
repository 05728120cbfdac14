"""The head of an order: what the API says of it beside its items, asked for at the same time as they are.

The items never need it. They wait for it for a moment at most, and it is left out where it does not come.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from orders.erc import CallContext
from orders.erc.fetched import Fetched
from orders.erc.orders import Order
from orders.erc.query import ItemsQuery, OrderQuery, RecentOrderQuery
from orders.erc.recent_order import RecentOrder
from orders.lookup.beside_pages import ask_beside, end_of_wait, read_ahead, result_of
from orders.lookup.cached_pages import Freshness
from orders.lookup.history import Step, history


class Header(NamedTuple):
    """What is known of an order beside its items: nothing, where the account or the API does not know it.

    `is_missing` says that something of it could not be had now. `stale_as_of` is the time of an older response
    that stands in because the API fails.
    """

    order: Order | RecentOrder | None = None
    history: tuple[Step, ...] = ()
    is_missing: bool = False
    stale_as_of: datetime | None = None


def header_queries(query: ItemsQuery) -> tuple[OrderQuery, RecentOrderQuery]:
    """Give what is asked for the head of an order, beside its items."""
    order = OrderQuery(customer_id=query.customer_id, order_id=query.order_id)
    return order, RecentOrderQuery(customer_id=query.customer_id)


class HeaderCalls:
    """The calls for an order's head, which begin at once and run beside the caller's work.

    `pages` are the cached pages as this look-up sees them, also for the items.
    """

    def __init__(self, query: ItemsQuery, context: CallContext, freshness: Freshness) -> None:
        self._asked = query
        self._context = context
        order, recent = header_queries(query)
        self.pages = read_ahead((query,), (order, recent))
        self._order = ask_beside(order, context, freshness, self.pages)
        self._recent = ask_beside(recent, context, freshness, self.pages)

    def collect(self) -> Header:
        """Give what is there within a moment, and never after the deadline."""
        ends = end_of_wait(self._context)
        order, is_missing = result_of(self._order, ends)
        recent, _ = result_of(self._recent, ends)
        if order and not self._is_of_this_order(order.page):
            order, is_missing = None, True
        if recent and not self._is_of_this_order(recent.page):
            recent = None
        found: Fetched[Order] | Fetched[RecentOrder] | None = order or recent
        return Header(
            order=found.page if found else None,
            history=history(recent.page) if recent else (),
            is_missing=is_missing,
            stale_as_of=found.as_of if found and found.stale_because else None,
        )

    def _is_of_this_order(self, order: Order | RecentOrder) -> bool:
        """Whether it is the order that was asked for; no response may show another customer's address."""
        return (
            order.id == self._asked.order_id
            and (order.customer_id or self._asked.customer_id) == self._asked.customer_id
        )
