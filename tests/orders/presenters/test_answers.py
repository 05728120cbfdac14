"""What an answer says and leaves out. `answers.md` has the words of every case in every language."""

from __future__ import annotations

import pytest
from django.utils import timezone

from orders.erc.schema import Delivery, Item, TrackingInfo
from orders.presenters.answers import answers
from orders.presenters.messages import delivery_message, item_message
from tests.support.deliveries import RULES, delivery, item


def told(one: Delivery) -> str:
    return answers(item(one), RULES).item


def sent(one: Delivery) -> str:
    return item_message(item(one), RULES)


def test_item_in_several_shipments_is_told_one_after_the_other() -> None:
    one = item(
        delivery("DELIVERED", "2026-09-04", delivery_quantity=2),
        delivery("IN_TRANSIT", "2026-09-09", delivery_quantity=1),
        quantity=4,
    )

    assert answers(one, RULES) == (
        (
            "2 of 4: delivered on Fri, Sep 4 (6 days ago). 1 of 4: in transit since Wed, Sep 9 (yesterday)."
            " 1 unit with no shipment yet."
        ),
        (
            "2 of 4: delivered on Fri, Sep 4 (6 days ago).",
            "1 of 4: in transit since Wed, Sep 9 (yesterday).",
        ),
    )


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (delivery("DELIVERED", "2026-09-30"), "Delivered. Its date lies in the future."),
        (delivery("OUT_FOR_DELIVERY", "2026-09-11"), "Out for delivery."),
        (
            delivery("IN_TRANSIT", delivery_date_start="2026-09-14", delivery_date_end="2026-09-12"),
            "In transit. Expected by Sat, Sep 12 (in 2 days).",
        ),
        (delivery("IN_TRANSIT", "1970-01-01T00:00:00Z"), "In transit."),
        (
            delivery("IN_TRANSIT", "2026-09-05T20:00:00Z"),
            "In transit since Sat, Sep 5 (5 days ago). Last update 5 days ago.",
        ),
        (
            delivery("IN_TRANSIT", "2026-09-05T01:00:00+09:00"),
            "In transit since Fri, Sep 4 (6 days ago). Last update 6 days ago.",
        ),
        (
            delivery("HELD_AT_CUSTOMS", "2026-09-01", last_update="2026-09-05T20:00:00Z"),
            "Held at customs. Last update 5 days ago.",
        ),
        (delivery("\u202e"), "No status yet."),
        (Delivery(), "No status yet."),
        (
            delivery("IN_TRANSIT", delivery_date_end="2026-09-02"),
            "In transit. Was expected by Wed, Sep 2 (8 days ago).",
        ),
        (delivery("DELIVERED", delivery_date_end="2026-09-12"), "Delivered."),
        (delivery("FAILURE", delivery_date_end="2026-09-12"), "Could not be delivered."),
        (delivery("IN_TRANSIT", delivery_date_start="2026-09-02"), "In transit."),
        (delivery("DELIVERED", delivery_quantity=0), "Delivered."),
        (delivery("HELD_AT_CUSTOMS"), "Held at customs."),
        (delivery("customs-hold"), "Held at customs."),
        (delivery("STUCK_IN_DEPOT"), "Status: stuck in depot."),
    ],
)
def test_only_what_holds_is_said(one: Delivery, words: str) -> None:
    assert told(one) == words


def test_promise_that_passed_today_has_its_day_in_a_message() -> None:
    one = delivery(
        "IN_TRANSIT", delivery_date_start="2026-09-10T06:00:00Z", delivery_date_end="2026-09-10T08:00:00Z"
    )

    assert sent(one) == "Kettle: in transit. Was expected by Sep 10, 2026, 08:00 UTC."


@pytest.mark.parametrize(
    ("one", "screen", "message"),
    [
        (
            item(delivery("DELIVERED", delivery_quantity=0), quantity=3),
            "3 units with no shipment yet.",
            "Kettle: 3 units with no shipment yet.",
        ),
        (
            item(delivery("DELIVERED", delivery_quantity=0), quantity=1, deliverable_quantity=5),
            "Delivered.",
            "Kettle: delivered.",
        ),
        (
            item(delivery("DELIVERED"), quantity=3, deliverable_quantity=2),
            "Delivered. 2 units with no shipment yet.",
            "Kettle: delivered.\nKettle: 2 units with no shipment yet.",
        ),
    ],
)
def test_part_of_an_item_is_not_said_of_the_whole(one: Item, screen: str, message: str) -> None:
    assert (answers(one, RULES).item, item_message(one, RULES)) == (screen, message)


def test_counts_that_contradict_each_other_are_not_said() -> None:
    one = item(delivery("DELIVERED", delivery_quantity=5), quantity=3)

    assert (answers(one, RULES).item, item_message(one, RULES)) == ("Delivered.", "Kettle: delivered.")


def test_units_that_were_sent_again_are_not_counted_twice() -> None:
    one = item(delivery("FAILURE", delivery_quantity=1), delivery("IN_TRANSIT", delivery_quantity=1), quantity=1)

    assert answers(one, RULES).item == "Could not be delivered. In transit."


def test_next_window_after_an_attempt_has_both_its_ends_and_the_note() -> None:
    one = delivery(
        "ATTEMPTED_DELIVERY",
        delivery_date_start="2026-09-11T08:00:00Z",
        delivery_date_end="2026-09-11T12:00:00Z",
        description="Nobody was at home.",
    )

    assert told(one) == (
        "Delivery attempt was unsuccessful. Next delivery window: Fri, Sep 11 (tomorrow), 08:00–12:00."
        " “Nobody was at home.”"
    )


def test_message_names_carrier_number_and_link_and_no_note_of_the_carrier() -> None:
    one = delivery(
        "IN_TRANSIT",
        "2026-09-04",
        carrier="Nordpost",
        description="Customer was rude.",
        tracking_info=TrackingInfo("1Z 99", "https://track.nordpost.example/1Z99"),
    )

    assert sent(one).splitlines() == [
        "Kettle: in transit since Sep 4, 2026.",
        "Carrier: Nordpost",
        "Tracking number: 1Z 99",
        "Track it here: https://track.nordpost.example/1Z99",
    ]


def test_message_about_one_shipment_leaves_the_others_out() -> None:
    first, second = delivery("DELIVERED"), delivery("IN_TRANSIT")

    assert delivery_message(item(first, second), second, RULES) == "Kettle: in transit."


def test_message_does_not_lead_to_an_unsafe_address() -> None:
    one = delivery("IN_TRANSIT", tracking_info=TrackingInfo("1Z", "javascript:alert(1)"))

    assert sent(one).splitlines() == ["Kettle: in transit.", "Tracking number: 1Z"]


def test_day_is_that_of_the_given_offset() -> None:
    one = delivery("DELIVERED", "2026-09-08T23:30:00-05:00")

    with timezone.override("Asia/Tokyo"):
        assert sent(one) == "Kettle: delivered on Sep 8, 2026."


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Tokyo", "Sep 10"), ("UTC", "Sep 9"), ("America/New_York", "Sep 9")]
)
def test_day_of_a_time_in_utc_is_that_of_the_reader(zone: str, day: str) -> None:
    with timezone.override(zone):
        assert sent(delivery("DELIVERED", "2026-09-09T23:30:00Z")) == f"Kettle: delivered on {day}, 2026."


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "UTC", "Pacific/Auckland"])
def test_promised_day_that_came_as_a_midnight_is_the_same_everywhere(zone: str) -> None:
    one = delivery("IN_TRANSIT", delivery_date_end="2026-09-26T00:00:00Z")

    with timezone.override(zone):
        assert sent(one) == "Kettle: in transit. Expected by Sep 26, 2026."
