from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from orders.erc.errors import Unavailable
from orders.erc.query import ItemsQuery
from orders.erc.schema import Delivery, Item, ItemsPage, Price, StatusInfo, Unreadable
from orders.listing import End, Listing, continued


def page(*ids: str, following: str | None = None, unusable: bool = False) -> ItemsPage:
    items = tuple(Item(id=name, name=name, price=Price(Decimal(1), "EUR")) for name in ids)
    return ItemsPage(items=items, next_cursor=following, next_is_unusable=unusable)


def follow(*pages: ItemsPage) -> list[Listing]:
    """Walks through the pages as an agent does, each by the link of the one before."""
    found: list[Listing] = []
    for current in pages:
        before = found[-1] if found else None
        query = ItemsQuery(
            customer_id="C", order_id="O", limit=2, cursor=before.page.next_cursor if before else None
        )
        sealed = before.next_trail if before else ""
        found.append(continued(query, current, sealed_trail=sealed, as_of=datetime.now(UTC)))
    return found


def shown(listings: list[Listing]) -> list[list[str]]:
    return [[item.id for item in listing.items] for listing in listings]


def test_list_goes_on_while_new_pages_come_and_ends_with_the_last() -> None:
    listings = follow(page("a", "b", following="1"), page("c", "d", following="2"), page("e"))

    assert shown(listings) == [["a", "b"], ["c", "d"], ["e"]]
    assert [listing.end for listing in listings] == [End.MORE, End.MORE, End.COMPLETE]
    assert [listing.after.shown for listing in listings] == [2, 4, 5]


def test_list_whose_cursor_repeats_ends() -> None:
    listings = follow(page("a", following="1"), page("b", following="1"))

    assert shown(listings) == [["a"], ["b"]]
    assert listings[-1].end is End.REPEATS


def test_list_whose_cursors_run_in_a_circle_ends() -> None:
    listings = follow(page("a", following="1"), page("b", following="2"), page("c", following="1"))

    assert [listing.end for listing in listings] == [End.MORE, End.MORE, End.REPEATS]


def test_list_that_brings_only_known_items_ends() -> None:
    listings = follow(page("a", "b", following="1"), page("b", "a", following="2"))

    assert shown(listings) == [["a", "b"], []]
    assert listings[-1].end is End.REPEATS
    assert listings[-1].repeated == 2


def test_item_that_comes_again_is_shown_once() -> None:
    listings = follow(page("a", "b", "a", following="1"), page("b", "c"))

    assert shown(listings) == [["a", "b"], ["c"]]
    assert [listing.repeated for listing in listings] == [1, 1]


def test_empty_page_in_between_does_not_end_the_list() -> None:
    listings = follow(page("a", following="1"), page(following="2"), page("b"))

    assert [listing.end for listing in listings] == [End.MORE, End.MORE, End.COMPLETE]


def test_next_page_that_cannot_be_asked_for_is_told() -> None:
    assert follow(page("a", unusable=True))[0].end is End.CUT_OFF


@pytest.mark.parametrize("lost", ["", "forged", "forged:signature"])
def test_link_without_a_good_trail_shows_the_whole_page(lost: str) -> None:
    query = ItemsQuery(customer_id="C", order_id="O", cursor="1")

    listing = continued(query, page("a", "b", following="2"), sealed_trail=lost, as_of=datetime.now(UTC))

    assert ([item.id for item in listing.items], listing.end) == (["a", "b"], End.MORE)
    assert (listing.before.shown, listing.after.shown) == (0, 2)


def test_cursor_that_names_itself_ends_the_list_even_without_a_trail() -> None:
    query = ItemsQuery(customer_id="C", order_id="O", cursor="1")

    listing = continued(query, page("a", following="1"), sealed_trail="", as_of=datetime.now(UTC))

    assert listing.end is End.REPEATS


def test_first_page_begins_anew_whatever_trail_it_is_given() -> None:
    first = follow(page("a", following="1"))[0]
    query = ItemsQuery(customer_id="C", order_id="O", limit=2)

    again = continued(query, page("a"), sealed_trail=first.next_trail, as_of=datetime.now(UTC))

    assert [item.id for item in again.items] == ["a"]


@pytest.mark.parametrize(
    "changes", [{"customer_id": "X"}, {"order_id": "X"}, {"limit": 3}, {"order_by": "price:asc"}, {"brand": "X"}]
)
def test_trail_of_another_look_up_hides_nothing(changes: dict[str, Any]) -> None:
    first = follow(page("a", following="1"))[0]
    asked: dict[str, Any] = {"customer_id": "C", "order_id": "O", "limit": 2, "cursor": "1", **changes}

    listing = continued(ItemsQuery(**asked), page("a"), sealed_trail=first.next_trail, as_of=datetime.now(UTC))

    assert [item.id for item in listing.items] == ["a"]


def test_last_page_of_known_items_only_completes_the_list() -> None:
    listings = follow(page("a", following="1"), page("a"))

    assert (listings[-1].end, listings[-1].repeated, listings[-1].after.shown) == (End.COMPLETE, 1, 1)


def test_first_of_two_equal_ids_is_the_one_that_is_shown() -> None:
    twice = page("a", "b", "a")
    renamed = msgspec.structs.replace(twice.items[2], name="another name")

    listing = follow(msgspec.structs.replace(twice, items=(*twice.items[:2], renamed)))[0]

    assert [item.name for item in listing.items] == ["a", "b"]


def delivered(item_id: str, *statuses: str | None) -> Item:
    deliveries = tuple(
        Delivery(id=str(number), latest_status_info=StatusInfo(type=status) if status else None)
        for number, status in enumerate(statuses)
    )
    return Item(id=item_id, name="n", price=Price(Decimal(1), "EUR"), deliveries=deliveries)


def test_deliveries_are_counted_over_pages_and_once_for_an_item_that_comes_again() -> None:
    first = ItemsPage(items=(delivered("a", "DELIVERED", "FAILURE"), delivered("b", None)), next_cursor="1")
    second = ItemsPage(items=(delivered("a", "DELIVERED", "FAILURE"), delivered("c", "DELIVERED", "CUSTOMS")))

    listings = follow(first, second)

    assert listings[0].after.statuses == {"DELIVERED": 1, "FAILURE": 1, "": 1}
    assert listings[1].after.statuses == {"DELIVERED": 2, "FAILURE": 1, "": 1, "CUSTOMS": 1}


def test_unreadable_entries_are_remembered_over_pages() -> None:
    first = msgspec.structs.replace(page("a", following="1"), unreadable=(Unreadable("items[1]", "why"),) * 2)

    listings = follow(first, page("b"))

    assert [listing.after.unreadable for listing in listings] == [2, 2]


def test_old_answer_keeps_its_time_and_its_reason() -> None:
    reason = Unavailable("down")
    as_of = datetime(2021, 10, 23, 12, tzinfo=UTC)

    listing = continued(
        ItemsQuery(customer_id="C", order_id="O"), page("a"), sealed_trail="", as_of=as_of, stale_because=reason
    )

    assert (listing.as_of, listing.stale_because) == (as_of, reason)
