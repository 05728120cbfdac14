"""A customer's orders from page to page: what is shown of each, and where the list ends."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from orders.erc.errors import Unavailable
from orders.erc.orders import OrdersPage
from orders.erc.query import CustomerOrdersQuery, ItemsQuery
from orders.erc.schema import Unreadable
from orders.lookup.order_listing import OrderListing, continue_orders, merge_orders
from orders.lookup.paging import End, is_expected_cursor, page_number, subject_of
from tests.support.order_listings import fetched, follow, page


def shown(listings: list[OrderListing]) -> list[list[str]]:
    return [[order.id for order in listing.orders] for listing in listings]


def test_list_goes_on_while_new_orders_come_in_the_order_of_the_api() -> None:
    listings = follow(page("b", "c", following="1"), page("a", "z", following="2"), page("d"))

    assert shown(listings) == [["b", "c"], ["a", "z"], ["d"]]
    assert [listing.end for listing in listings] == [End.MORE, End.MORE, End.COMPLETE]
    assert [listing.after.shown for listing in listings] == [2, 4, 5]


@pytest.mark.parametrize(
    ("pages", "end"),
    [
        ((page("a", following="1"), page("b", following="1")), End.REPEATS),
        ((page("a", following="1"), page("b", following="2"), page("c", following="1")), End.REPEATS),
        ((page("a", "b", following="1"), page("b", "a", following="2")), End.REPEATS),
        ((page("a", following="1"), page("b", unusable=True)), End.CUT_OFF),
        ((page("a", following="1"), page(following="2")), End.MORE),
    ],
    ids=["cursor", "circle", "known", "unusable", "empty"],
)
def test_list_ends_where_it_would_not_bring_more(pages: tuple[OrdersPage, ...], end: End) -> None:
    assert follow(*pages)[-1].end is end


def test_known_order_is_shown_once_and_a_changed_one_again() -> None:
    first = page("a", "b", following="1")
    changed = msgspec.structs.replace(first.orders[0], status="Sent")

    listings = follow(first, OrdersPage(orders=(changed, first.orders[1])))

    assert listings[1].orders == (changed,)
    assert listings[1].repeated == 1


def test_every_order_of_one_page_is_shown_whatever_its_id() -> None:
    assert shown(follow(page("a", "a", "b"))) == [["a", "a", "b"]]


def test_unreadable_entries_and_those_beyond_are_counted_over_all_pages() -> None:
    note = Unreadable("orders[1]", "why")
    first = msgspec.structs.replace(page("a", following="1"), unreadable=(note,), beyond=2)
    second = msgspec.structs.replace(page("b"), unreadable=(note, note), beyond=3)

    after = follow(first, second)[-1].after

    assert (after.unreadable, after.beyond) == (3, 5)


def test_merged_pages_are_one_long_page_as_old_as_the_oldest() -> None:
    note, reason = Unreadable("orders[1]", "why"), Unavailable("down")
    first = msgspec.structs.replace(page("a", "b", following="1"), unreadable=(note,), beyond=2)
    listings = follow(first, msgspec.structs.replace(page("b", "c"), defaulted=(note,)))
    old = datetime(2021, 10, 23, tzinfo=UTC)
    listings[1] = msgspec.structs.replace(listings[1], as_of=old, is_cached=True, stale_because=reason)

    whole = merge_orders(listings, is_cut_short=True)

    assert [order.id for order in whole.orders] == ["a", "b", "c"]
    assert [order.id for order in whole.page.orders] == ["a", "b", "b", "c"]
    assert (whole.page.unreadable, whole.page.defaulted, whole.page.beyond) == ((note,), (note,), 2)
    assert (whole.query, whole.before, whole.repeated) == (listings[0].query, listings[0].before, 1)
    assert (whole.end, whole.next_state) == (End.COMPLETE, listings[1].next_state)
    assert (whole.as_of, whole.is_cached, whole.stale_because) == (old, True, reason)
    assert whole.is_cut_short


def test_state_of_one_list_is_no_other_lists() -> None:
    state = follow(page("a", following="1"))[0].next_state
    same = CustomerOrdersQuery(customer_id="C", limit=2, cursor="1")
    others = (
        CustomerOrdersQuery(customer_id="X", limit=2, cursor="1"),
        CustomerOrdersQuery(customer_id="C", search="7", limit=2, cursor="1"),
        CustomerOrdersQuery(customer_id="C", limit=3, cursor="1"),
    )

    assert is_expected_cursor(same, state)
    assert page_number(same, state) == 2
    assert not any(is_expected_cursor(other, state) for other in others)
    assert not is_expected_cursor(msgspec.structs.replace(same, cursor="2"), state)
    assert not is_expected_cursor(same, "")


def test_list_of_orders_has_no_name_that_an_order_could_have() -> None:
    orders = CustomerOrdersQuery(customer_id="C", search="x", limit=2)
    items = ItemsQuery(customer_id="C", order_id="search=x", limit=2)

    assert subject_of(orders) != subject_of(items)


@pytest.mark.parametrize("lost", ["", "forged", "forged:signature"])
def test_page_without_a_good_state_is_shown_as_a_whole(lost: str) -> None:
    query = CustomerOrdersQuery(customer_id="C", cursor="1")

    listing = continue_orders(query, fetched(page("a", "b", following="2")), state=lost)

    assert (shown([listing]), listing.before.shown, listing.after.shown) == ([["a", "b"]], 0, 2)
