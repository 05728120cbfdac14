"""Pages of items, and the listings that an agent who walks through them sees."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from orders.erc.fetched import Fetched
from orders.erc.query import ItemsQuery
from orders.erc.schema import Item, ItemsPage, Price
from orders.lookup.listing import Listing, continue_list


def page(*ids: str, following: str | None = None, unusable: bool = False) -> ItemsPage:
    """A page of items with these ids; `following` is the cursor of the next one."""
    items = tuple(Item(id=name, name=name, price=Price(Decimal(1), "EUR")) for name in ids)
    return ItemsPage(items=items, next_cursor=following, next_is_unusable=unusable)


def fetched(page: ItemsPage) -> Fetched[ItemsPage]:
    """The page as it has just come."""
    return Fetched(page, b"", datetime.now(UTC))


def follow(*pages: ItemsPage) -> list[Listing]:
    """Walk through the pages as an agent does, each by the link of the one before."""
    found: list[Listing] = []
    for current in pages:
        before = found[-1] if found else None
        query = ItemsQuery(
            customer_id="C", order_id="O", limit=2, cursor=before.page.next_cursor if before else None
        )
        sealed = before.next_state if before else ""
        found.append(continue_list(query, fetched(current), state=sealed))
    return found
