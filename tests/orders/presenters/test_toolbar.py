from __future__ import annotations

from typing import Any

import pytest

from orders.erc.query import ItemsQuery
from orders.erc.schema import Item, ItemsPage
from orders.lookup.listing import continue_list
from orders.presenters.toolbar import has_toolbar
from tests.support.listings import fetched


@pytest.mark.parametrize(
    ("count", "fields", "asked", "expected"),
    [
        (5, {}, {}, False),
        (6, {}, {}, True),
        (1, {"next_cursor": "1"}, {}, True),
        (1, {}, {"brand": "Arda"}, True),
    ],
    ids=["few", "many", "more to load", "filtered"],
)
def test_toolbar_is_for_lists_that_are_long_or_narrowed(
    count: int, fields: dict[str, Any], asked: dict[str, Any], expected: bool
) -> None:
    items = tuple(Item(id=str(number), name="Kettle") for number in range(count))
    query = ItemsQuery(customer_id="C-1", order_id="O-1", limit=20, **asked)

    listing = continue_list(query, fetched(ItemsPage(items=items, **fields)), state="")

    assert has_toolbar(listing) is expected
