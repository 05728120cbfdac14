"""Continues the list of a customer's orders by one page, in the order in which the API gives them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from orders.erc.fetched import Fetched
from orders.erc.orders import Order, OrdersPage
from orders.erc.query import CustomerOrdersQuery
from orders.lookup.paging import (
    Continuation,
    find_end,
    known_state,
    merge_facts,
    merge_notes,
    select_new,
    subject_of,
)


class OrderListing(Continuation, frozen=True, kw_only=True):
    """One page of a customer's orders as the continuation of a list; `orders` are the new ones."""

    query: CustomerOrdersQuery
    page: OrdersPage
    orders: tuple[Order, ...]

    @property
    def count(self) -> int:
        """How many new entries the page brings."""
        return len(self.orders)

    @property
    def has_no_entries(self) -> bool:
        """Whether the page has no entries, not even unreadable ones."""
        return not (self.page.orders or self.page.unreadable or self.page.beyond)


def continue_orders(query: CustomerOrdersQuery, fetched: Fetched[OrdersPage], *, state: str) -> OrderListing:
    """Continue the list of the token `state` (empty at first) by a page."""
    page = fetched.page
    before = known_state(query, state)
    new = select_new(page.orders, before)
    after = before.extend(
        cursor=query.cursor,
        marks=(mark for _order, mark in new),
        unreadable=len(page.unreadable),
        next_cursor=page.next_cursor,
        beyond=page.beyond,
    )
    return OrderListing(
        query=query,
        page=page,
        orders=tuple(order for order, _mark in new),
        repeated=len(page.orders) - len(new),
        end=find_end(query, page, after, is_known=bool(page.orders) and not new),
        before=before,
        after=after,
        next_state=after.to_token(subject_of(query)),
        as_of=fetched.as_of,
        is_cached=fetched.is_cached,
        stale_because=fetched.stale_because,
    )


def merge_orders(pages: Sequence[OrderListing], *, is_cut_short: bool) -> OrderListing:
    """Merge consecutive pages into one."""
    last = pages[-1]
    return msgspec.structs.replace(
        last,
        query=pages[0].query,
        page=msgspec.structs.replace(
            last.page,
            orders=tuple(order for one in pages for order in one.page.orders),
            beyond=sum(one.page.beyond for one in pages),
            **merge_notes([one.page for one in pages]),
        ),
        orders=tuple(order for one in pages for order in one.orders),
        is_cut_short=is_cut_short,
        **merge_facts(pages),
    )
