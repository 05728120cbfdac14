from __future__ import annotations

from typing import Any

import msgspec
import pytest

from orders.erc.fetched import Fetched
from orders.erc.query import ItemsQuery
from orders.erc.schema import Delivery, Item, ItemsPage, TrackingInfo
from orders.lookup.listing import Listing, continue_list
from orders.presenters.messages import find_message
from orders.presenters.order_answer import OrderAnswer, order_answer
from tests.orders.presenters.answers_cases import listed
from tests.support.deliveries import NOW, RULES, delivery, item


def named(name: str, *deliveries: Delivery, **fields: object) -> Item:
    return msgspec.structs.replace(item(*deliveries, **fields), id=name, name=name)


def answered(*items: Item, **page: Any) -> OrderAnswer:
    return order_answer(listed(*items, **page), RULES)


def follow(first: ItemsPage, second: ItemsPage) -> list[Listing]:
    begun = continue_list(
        ItemsQuery(customer_id="C", order_id="A-1"), Fetched(first, b"", NOW), state="", rules=RULES
    )
    query = ItemsQuery(customer_id="C", order_id="A-1", cursor=first.next_cursor)
    return [begun, continue_list(query, Fetched(second, b"", NOW), state=begun.next_state, rules=RULES)]


def in_parcel(name: str, status: str, number: str) -> Item:
    return named(name, delivery(status, tracking_info=TrackingInfo(number)))


def test_what_needs_action_comes_first_and_the_most_urgent_before_the_others() -> None:
    shown = answered(
        named("calm", delivery("DELIVERED")),
        named("attempted", delivery("ATTEMPTED_DELIVERY", description="Nobody was at home.")),
        named("failed", delivery("FAILURE")),
    )

    assert shown.words == "2 shipments need action."
    assert [(line.name, line.tone, line.words) for line in shown.lines] == [
        ("failed", "bad", "Could not be delivered."),
        ("attempted", "warn", "Delivery attempt was unsuccessful. “Nobody was at home.”"),
    ]
    assert shown.more.startswith("1 of 3 items is delivered.")
    assert shown.tone == "bad"


def test_shipment_that_needs_action_tells_how_many_units_are_in_it() -> None:
    sent = delivery("DELIVERED", delivery_quantity=2)
    failed = delivery("FAILURE", delivery_quantity=1)

    shown = answered(named("Kettle", sent, failed, quantity=3), named("Mug", delivery("DELIVERED")))

    assert [line.words for line in shown.lines] == ["1 of 3: could not be delivered."]


def test_items_of_one_parcel_are_one_shipment_that_needs_action() -> None:
    shown = answered(*(in_parcel(name, "FAILURE", "1Z 9") for name in ("a", "b", "c", "d")))

    assert shown.words == "1 shipment needs action."
    assert [line.name for line in shown.lines] == ["a, b, c, …"]


def test_short_order_is_told_by_its_lines_alone() -> None:
    shown = answered(
        named("a", delivery("FAILURE")), named("b", delivery("ATTEMPTED_DELIVERY", delivery_date_end="2026-09-12"))
    )

    assert (shown.words, shown.more, len(shown.lines)) == ("2 shipments need action.", "", 2)


def test_long_list_of_troubles_is_cut() -> None:
    shown = answered(*(named(f"n{number}", delivery("FAILURE")) for number in range(9)))

    assert (shown.words, len(shown.lines)) == ("9 shipments need action.", 5)


@pytest.mark.parametrize(
    ("status", "tone"),
    [
        ("DELIVERED", "done"),
        ("PICKED_UP", "done"),
        ("IN_TRANSIT", "moving"),
        ("READY_FOR_PICKUP", "act"),
        ("HELD_AT_CUSTOMS", "warn"),
        (None, "calm"),
    ],
)
def test_tone_is_that_of_what_is_told(status: str | None, tone: str) -> None:
    assert answered(named("a", delivery(status)), named("b", delivery(status))).tone == tone


def test_few_items_with_a_window_or_a_note_have_a_line_each() -> None:
    shown = answered(
        named("lamp", delivery("READY_FOR_PICKUP", delivery_date_end="2026-09-12", description="Lindenplatz 4")),
        named("tea", delivery("PICKED_UP")),
    )

    assert [(line.name, line.words) for line in shown.lines] == [
        ("lamp", "Ready for pickup. Can be collected until Sat, Sep 12 (in 2 days). “Lindenplatz 4”")
    ]


def test_few_items_with_a_status_outside_the_reference_have_a_line_with_it() -> None:
    shown = answered(named("lamp", delivery("HELD_AT_CUSTOMS")), named("tea", delivery("DELIVERED")))

    assert shown.words == "1 of 2 items is delivered. 1 has another status."
    assert [(line.name, line.words) for line in shown.lines] == [("lamp", "Held at customs.")]


def test_item_that_is_delivered_in_part_is_not_counted_as_delivered() -> None:
    shown = answered(
        named("a", delivery("DELIVERED", delivery_quantity=1), quantity=2), named("b", delivery("DELIVERED"))
    )

    assert shown.words == "1 of 2 items is delivered. 1 is partly delivered."


def test_totals_and_the_nearest_promise_go_on_over_pages() -> None:
    late = named("late", delivery("IN_TRANSIT", delivery_date_end="2026-09-14"))
    soon = named("soon", delivery("IN_TRANSIT", delivery_date_end="2026-09-11"))
    first, second = follow(
        ItemsPage(items=(late, in_parcel("f", "FAILURE", "1Z")), next_cursor="1"),
        ItemsPage(items=(soon, in_parcel("g", "FAILURE", "1Z"), named("h", delivery("ATTEMPTED_DELIVERY")))),
    )

    shown = [order_answer(one, RULES) for one in (first, second)]

    assert [one.words for one in shown] == ["1 shipment needs action.", "2 shipments need action."]
    assert (
        shown[0].more == "None of the first 2 items is delivered yet. 1 is on the way, 1 could not be delivered."
    )
    assert shown[1].more.endswith("Next delivery expected by Fri, Sep 11 (tomorrow).")
    assert shown[1].tone == "bad"


def test_only_item_of_a_part_of_an_order_is_named() -> None:
    assert answered(named("Mug", delivery("DELIVERED")), next_cursor="1").words == "Mug: Delivered."


def test_message_is_found_by_the_anchor_of_an_item_or_of_a_shipment() -> None:
    listing = listed(named("a", delivery("DELIVERED")), named("b", delivery("IN_TRANSIT"), delivery("FAILURE")))

    assert find_message(listing, "item-i1", RULES) == "b: in transit.\nb: could not be delivered."
    assert find_message(listing, "item-i1:item_missing", RULES) == ""
    assert find_message(listing, "item-i1:item-d", RULES) == "b: in transit."
    assert find_message(listing, "item-gone", RULES) == ""
