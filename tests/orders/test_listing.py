from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from orders.erc.query import ItemsQuery
from orders.erc.schema import Item, ItemsPage, Price
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


def test_trail_of_another_order_hides_nothing() -> None:
    other = follow(page("a", following="1"))[0]
    query = ItemsQuery(customer_id="C", order_id="another", limit=2, cursor="1")

    listing = continued(query, page("a"), sealed_trail=other.next_trail, as_of=datetime.now(UTC))

    assert [item.id for item in listing.items] == ["a"]
