from __future__ import annotations

from orders.erc.schema import Delivery, Item, StatusInfo
from orders.presenters.chips import chips


def item(name: str, *statuses: str) -> Item:
    deliveries = tuple(
        Delivery(id=f"{name}-{at}", latest_status_info=StatusInfo(status)) for at, status in enumerate(statuses)
    )
    return Item(id=name, name=name, deliveries=deliveries)


def test_items_are_counted_once_for_each_of_their_statuses() -> None:
    items = [item("a", "DELIVERED", "DELIVERED", "IN_TRANSIT"), item("b", "delivered"), item("c")]

    found = [(one.kind, one.code, one.number) for one in chips(items, 0)]

    assert found == [("attention", "", 0), ("status", "IN_TRANSIT", 1), ("status", "DELIVERED", 2)]


def test_what_needs_attention_comes_first() -> None:
    first, *_others = chips([item("a", "FAILURE")], 1)

    assert (first.kind, first.words, first.number) == ("attention", "Needs attention", 1)
