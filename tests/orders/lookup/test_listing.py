from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from orders.erc.after_sales import Record, Refund
from orders.erc.errors import Unavailable
from orders.erc.query import ItemsQuery
from orders.erc.schema import Delivery, FetchedPage, Item, ItemsPage, Price, StatusInfo, TrackingInfo, Unreadable
from orders.erc.timestamps import Timestamp
from orders.lookup.listing import End, Listing, continue_list, is_expected_cursor, merge_pages, page_number


def page(*ids: str, following: str | None = None, unusable: bool = False) -> ItemsPage:
    items = tuple(Item(id=name, name=name, price=Price(Decimal(1), "EUR")) for name in ids)
    return ItemsPage(items=items, next_cursor=following, next_is_unusable=unusable)


def fetched(page: ItemsPage) -> FetchedPage:
    return FetchedPage(page, b"", datetime.now(UTC))


def follow(*pages: ItemsPage) -> list[Listing]:
    """Walks through the pages as an agent does, each by the link of the one before."""
    found: list[Listing] = []
    for current in pages:
        before = found[-1] if found else None
        query = ItemsQuery(
            customer_id="C", order_id="O", limit=2, cursor=before.page.next_cursor if before else None
        )
        sealed = before.next_state if before else ""
        found.append(continue_list(query, fetched(current), state=sealed))
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

    listing = continue_list(
        ItemsQuery(customer_id="C", order_id="O"),
        fetched(page("a"))._replace(as_of=as_of, stale_because=reason),
        state="",
    )

    assert (listing.as_of, listing.stale_because) == (as_of, reason)


def test_entries_beyond_what_is_read_are_remembered_over_pages() -> None:
    listings = follow(msgspec.structs.replace(page("a", following="1"), items_beyond=7), page("b"))

    assert [listing.after.beyond for listing in listings] == [7, 7]


def test_items_that_wait_and_those_that_need_attention_are_counted() -> None:
    waits = msgspec.structs.replace(delivered("a", "IN_TRANSIT"), quantity=2)
    waits = msgspec.structs.replace(
        waits, deliveries=(msgspec.structs.replace((waits.deliveries or ())[0], delivery_quantity=1),)
    )
    listed = ItemsPage(items=(waits, delivered("b", "DELIVERED"), page("c").items[0]))

    listing = continue_list(
        ItemsQuery(customer_id="C", order_id="O"),
        fetched(listed),
        state="",
        needs_attention=lambda item: item.id == "b",
    )

    assert (listing.after.waiting, listing.after.flagged) == (2, 1)


def test_nothing_needs_attention_unless_a_person_says_so() -> None:
    assert follow(page("a"))[0].after.flagged == 0


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


def test_single_page_stays_as_it_is_when_joined() -> None:
    (whole,) = follow(page("a"))

    assert merge_pages([whole]) is whole
    assert not merge_pages([whole]).is_cut_short
    assert merge_pages([whole], is_cut_short=True).is_cut_short


def test_joined_pages_are_one_long_page() -> None:
    note = Unreadable("items[1].sku", "why")
    first = msgspec.structs.replace(
        page("a", "b", "a", following="1"), unreadable=(Unreadable("items[3]", "why"),), items_beyond=2
    )
    second = msgspec.structs.replace(
        page("b", "c"), unreadable=(Unreadable("items[2]", "why"),), defaulted=(note,)
    )
    listings = follow(first, msgspec.structs.replace(second, items_beyond=3))

    whole = merge_pages(listings)

    assert [item.id for item in whole.items] == ["a", "b", "a", "c"]
    assert whole.places == (0, 0, 1, 0)
    assert [item.id for item in whole.page.items] == ["a", "b", "a", "b", "c"]
    assert [entry.where for entry in whole.page.unreadable] == ["items[3]", "items[2]"]
    assert (whole.page.defaulted, whole.page.items_beyond, whole.repeated) == ((note,), 5, 1)
    assert (whole.query, whole.before) == (listings[0].query, listings[0].before)
    assert (whole.after, whole.next_state, whole.end) == (listings[1].after, listings[1].next_state, End.COMPLETE)
    assert not whole.is_cut_short
    assert merge_pages(listings, is_cut_short=True).is_cut_short


def test_joined_pages_with_an_empty_last_one_keep_the_items() -> None:
    whole = merge_pages(follow(page("a", following="1"), page()))

    assert [item.id for item in whole.page.items] == ["a"]


def test_joined_pages_are_as_old_as_the_oldest_and_cached_if_any_is() -> None:
    reason = Unavailable("down")
    fresh, last = follow(page("a", following="1"), page("b"))
    old = msgspec.structs.replace(
        last, as_of=datetime(2021, 10, 23, tzinfo=UTC), is_cached=True, stale_because=reason
    )

    for pages in ([fresh, old], [old, fresh]):
        whole = merge_pages(pages)
        assert (whole.as_of, whole.is_cached, whole.stale_because) == (old.as_of, True, reason)
    assert not merge_pages([fresh, last]).is_cached
    assert merge_pages([fresh, last]).stale_because is None


@pytest.mark.parametrize(
    "told",
    [
        {"custom_fields": {"vip": True}},
        {"refunds": (Record({"id": "r"}, Refund(id="r")),)},
        {"returns": (Record({"id": "t"}),)},
    ],
)
def test_joined_pages_tell_of_the_order_what_its_last_word_was(told: dict[str, Any]) -> None:
    early = msgspec.structs.replace(page("a", following="1"), custom_fields={"old": 1})
    late = msgspec.structs.replace(page("b", following="2"), **told)

    whole = merge_pages(follow(early, late, page("c"))).page

    assert (whole.custom_fields, whole.refunds, whole.returns) == (
        told.get("custom_fields"),
        told.get("refunds", ()),
        told.get("returns", ()),
    )


def in_parcel(name: str, number: str | None, status: str = "IN_TRANSIT") -> Item:
    delivery = Delivery(id="D-1", latest_status_info=StatusInfo(status), tracking_info=TrackingInfo(number))
    return Item(id=name, name=name, quantity=1, deliveries=(delivery,))


def test_shipment_of_several_items_is_counted_once_over_pages() -> None:
    first = ItemsPage(items=(in_parcel("a", "1Z9"), in_parcel("b", "1Z 9")), next_cursor="1")
    second = ItemsPage(items=(in_parcel("c", "1z9"), in_parcel("d", "1Z8")))

    found = follow(first, second)

    assert [one.after.statuses for one in found] == [{"IN_TRANSIT": 1}, {"IN_TRANSIT": 2}]


def test_deliveries_whose_number_is_a_placeholder_are_counted_each() -> None:
    (found,) = follow(ItemsPage(items=(in_parcel("a", "N/A"), in_parcel("b", "N/A"))))

    assert found.after.statuses == {"IN_TRANSIT": 2}


def test_statuses_are_counted_by_their_code_in_any_spelling() -> None:
    (found,) = follow(ItemsPage(items=(in_parcel("a", "1", "in-transit"), in_parcel("b", "2", "InTransit"))))

    assert found.after.statuses == {"IN_TRANSIT": 2}


def test_item_of_which_nothing_is_to_be_delivered_waits_for_nothing() -> None:
    card = Item(id="a", name="Gift card", quantity=1, deliverable_quantity=0)

    (found,) = follow(ItemsPage(items=(card, Item(id="b", name="Kettle"))))

    assert found.after.waiting == 1
