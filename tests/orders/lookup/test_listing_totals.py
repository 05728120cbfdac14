"""What a list has counted so far, over the pages that were shown."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from orders.erc.query import ItemsQuery
from orders.erc.schema import Delivery, Item, ItemsPage, Price, StatusInfo, TrackingInfo, Unreadable
from orders.lookup.attention import reasons
from orders.lookup.listing import continue_list
from tests.support.deliveries import RULES
from tests.support.listings import fetched, follow, page


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


def test_entries_beyond_what_is_read_are_remembered_over_pages() -> None:
    listings = follow(msgspec.structs.replace(page("a", following="1"), items_beyond=7), page("b"))

    assert [listing.after.beyond for listing in listings] == [7, 7]


def test_items_that_wait_and_those_that_need_attention_are_counted() -> None:
    waits = msgspec.structs.replace(delivered("a", "IN_TRANSIT"), quantity=2)
    waits = msgspec.structs.replace(
        waits, deliveries=(msgspec.structs.replace((waits.deliveries or ())[0], delivery_quantity=1),)
    )
    listed = ItemsPage(items=(waits, delivered("b", "FAILURE"), page("c").items[0]))

    listing = continue_list(
        ItemsQuery(customer_id="C", order_id="O"),
        fetched(listed),
        state="",
        rules=RULES,
    )

    assert (listing.after.waiting, listing.after.flagged) == (2, 1)


def test_nothing_needs_attention_unless_a_person_says_so() -> None:
    assert follow(page("a"))[0].after.flagged == 0


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


def test_listing_has_the_reasons_of_its_items_and_the_rules_that_they_follow_from() -> None:
    listed = ItemsPage(items=(delivered("a", "DELIVERED"), delivered("b", "FAILURE")))

    listing = continue_list(ItemsQuery(customer_id="C", order_id="O"), fetched(listed), state="", rules=RULES)

    assert listing.because == tuple(reasons(one, RULES) for one in listing.items)
    assert [bool(why) for why in listing.because] == [False, True]
    assert listing.rules == RULES
