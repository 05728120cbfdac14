"""A list that goes on from page to page: what is shown of each, and where it ends."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from orders.erc.errors import Unavailable
from orders.erc.query import ItemsQuery
from orders.erc.schema import Delivery, ItemsPage, Price, Unreadable
from orders.erc.timestamps import Timestamp
from orders.lookup.listing import Listing, continue_list
from orders.lookup.paging import End, is_expected_cursor, page_number
from tests.support.listings import fetched, follow, page


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


def test_item_that_comes_again_on_a_later_page_is_shown_once() -> None:
    listings = follow(page("a", "b", following="1"), page("b", "c"))

    assert shown(listings) == [["a", "b"], ["c"]]
    assert [listing.repeated for listing in listings] == [0, 1]


def test_every_entry_of_one_page_is_shown_whatever_its_id() -> None:
    listings = follow(page("a", "b", "a", following="1"), page("c", "a", "c", "c"))

    assert shown(listings) == [["a", "b", "a"], ["c", "c", "c"]]
    assert [listing.repeated for listing in listings] == [0, 1]
    assert [listing.places for listing in listings] == [(0, 0, 1), (0, 1, 2)]


CHANGES: list[dict[str, Any]] = [
    {"name": "another"},
    {"quantity": 2},
    {"quantity": Decimal("0.5")},
    {"price": Price(Decimal("1.0"), "EUR")},
    {"price": None},
    {"custom_fields": {"size": "L"}},
    {"custom_fields": {"size": 2**70}},
    {"deliveries": (Delivery(last_update=Timestamp("2026-11-26")),)},
]


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_known_id_with_other_content_is_another_item(change: dict[str, Any]) -> None:
    first = page("a", "b", following="1")
    changed = msgspec.structs.replace(first.items[0], **change)

    listings = follow(first, ItemsPage(items=(changed, first.items[1])))

    assert listings[1].items == (changed,)
    assert (listings[1].places, listings[1].repeated) == ((1,), 1)


def test_known_item_is_known_whatever_the_order_of_its_fields() -> None:
    item = msgspec.structs.replace(page("a").items[0], custom_fields={"size": "L", "gift": {"by": 1, "to": 2}})
    same = msgspec.structs.replace(item, custom_fields={"gift": {"to": 2, "by": 1}, "size": "L"})

    listings = follow(ItemsPage(items=(item,), next_cursor="1"), ItemsPage(items=(same,)))

    assert listings[1].repeated == 1


def test_fields_that_are_nested_beyond_comparing_are_no_error() -> None:
    nest: dict[str, Any] = {}
    for _ in range(100_000):
        nest = {"in": nest}
    item = msgspec.structs.replace(page("a").items[0], custom_fields=nest)

    listings = follow(ItemsPage(items=(item,), next_cursor="1"), ItemsPage(items=(item,)))

    assert [listing.repeated for listing in listings] == [0, 1]


def test_empty_page_in_between_does_not_end_the_list() -> None:
    listings = follow(page("a", following="1"), page(following="2"), page("b"))

    assert [listing.end for listing in listings] == [End.MORE, End.MORE, End.COMPLETE]


def test_next_page_that_cannot_be_asked_for_is_told() -> None:
    assert follow(page("a", unusable=True))[0].end is End.CUT_OFF


@pytest.mark.parametrize("lost", ["", "forged", "forged:signature"])
def test_link_without_a_good_trail_shows_the_whole_page(lost: str) -> None:
    query = ItemsQuery(customer_id="C", order_id="O", cursor="1")

    listing = continue_list(query, fetched(page("a", "b", following="2")), state=lost)

    assert ([item.id for item in listing.items], listing.end) == (["a", "b"], End.MORE)
    assert (listing.before.shown, listing.after.shown) == (0, 2)


def test_cursor_that_names_itself_ends_the_list_even_without_a_trail() -> None:
    query = ItemsQuery(customer_id="C", order_id="O", cursor="1")

    listing = continue_list(query, fetched(page("a", following="1")), state="")

    assert listing.end is End.REPEATS


def test_first_page_begins_anew_whatever_trail_it_is_given() -> None:
    first = follow(page("a", following="1"))[0]
    query = ItemsQuery(customer_id="C", order_id="O", limit=2)

    again = continue_list(query, fetched(page("a")), state=first.next_state)

    assert [item.id for item in again.items] == ["a"]


@pytest.mark.parametrize(
    "changes", [{"customer_id": "X"}, {"order_id": "X"}, {"limit": 3}, {"order_by": "price:asc"}, {"brand": "X"}]
)
def test_trail_of_another_look_up_hides_nothing(changes: dict[str, Any]) -> None:
    first = follow(page("a", following="1"))[0]
    asked: dict[str, Any] = {"customer_id": "C", "order_id": "O", "limit": 2, "cursor": "1", **changes}

    listing = continue_list(ItemsQuery(**asked), fetched(page("a")), state=first.next_state)

    assert [item.id for item in listing.items] == ["a"]


def test_last_page_of_known_items_only_completes_the_list() -> None:
    listings = follow(page("a", following="1"), page("a"))

    assert (listings[-1].end, listings[-1].repeated, listings[-1].after.shown) == (End.COMPLETE, 1, 1)


def test_old_answer_keeps_its_time_and_its_reason() -> None:
    reason = Unavailable("down")
    as_of = datetime(2021, 10, 23, 12, tzinfo=UTC)

    listing = continue_list(
        ItemsQuery(customer_id="C", order_id="O"),
        fetched(page("a"))._replace(as_of=as_of, stale_because=reason),
        state="",
    )

    assert (listing.as_of, listing.stale_because) == (as_of, reason)


@pytest.mark.parametrize(
    ("empty", "brings_nothing"),
    [
        (page(following="1"), True),
        (page(), False),
        (page("a", following="1"), False),
        (msgspec.structs.replace(page(following="1"), unreadable=(Unreadable("items[0]", "why"),)), False),
        (msgspec.structs.replace(page(following="1"), items_beyond=1), False),
    ],
)
def test_page_brings_nothing_where_it_is_empty_and_leads_on(empty: ItemsPage, brings_nothing: bool) -> None:
    assert follow(empty)[0].brings_nothing is brings_nothing


def test_list_is_led_to_by_its_own_cursors_only() -> None:
    first = follow(page("a", following="1"))[0]
    asked = ItemsQuery(customer_id="C", order_id="O", limit=2)

    led = [
        is_expected_cursor(msgspec.structs.replace(asked, cursor=cursor), first.next_state)
        for cursor in (None, "1", "2")
    ]

    assert led == [True, True, False]


def test_page_number_counts_the_cursors_that_were_followed() -> None:
    listings = follow(page("a", following="1"), page("b", following="2"))
    asked = ItemsQuery(customer_id="C", order_id="O", limit=2)

    numbers = [
        page_number(asked, listings[1].next_state),
        page_number(msgspec.structs.replace(asked, cursor="1"), listings[0].next_state),
        page_number(msgspec.structs.replace(asked, cursor="2"), listings[1].next_state),
        page_number(msgspec.structs.replace(asked, cursor="2"), ""),
    ]

    assert numbers == [1, 2, 3, 2]
