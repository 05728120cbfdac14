"""The sentences: a table of cases to read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from orders.erc.schema import Delivery, StatusInfo, TrackingInfo
from orders.presenters.answers import Extent, answers, order_answer
from tests.support.deliveries import RULES, delivery, item


def tracked(status: str, reached: str | None = None, **fields: Any) -> Delivery:
    return delivery(status, reached, tracking_info=TrackingInfo("1Z 99"), **fields)


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (delivery("CONFIRMED", "2026-09-09"), "Confirmed on Sep 9, 2026."),
        (delivery("CONFIRMED"), "Confirmed."),
        (delivery("CONFIRMED", delivery_date_end="2026-09-12"), "Confirmed, promised by Sep 12, 2026."),
        (delivery("IN_TRANSIT", "2026-09-09T23:30:00Z"), "In transit since Sep 9, 2026."),
        (delivery("IN_TRANSIT", "2026-09-04"), "In transit since Sep 4, 2026, no update for 6 days."),
        (delivery("IN_TRANSIT", delivery_date_end="2026-09-12"), "In transit, promised by Sep 12, 2026."),
        (delivery("OUT_FOR_DELIVERY", "2026-09-10"), "Out for delivery since Sep 10, 2026."),
        (delivery("OUT_FOR_DELIVERY"), "Out for delivery."),
        (delivery("DELIVERED", "2026-09-04", delivery_quantity=2), "2 units: delivered on Sep 4, 2026."),
        (delivery("DELIVERED", delivery_quantity=1), "1 unit: delivered."),
        (delivery("DELIVERED", "2026-09-04", delivery_date_end="2026-09-01"), "Delivered on Sep 4, 2026."),
        (delivery("READY_FOR_PICKUP", "2026-09-04"), "Ready for pickup since Sep 4, 2026."),
        (delivery("READY_FOR_PICKUP"), "Ready for pickup."),
        (delivery("PICKED_UP", "2026-09-04"), "Picked up on Sep 4, 2026."),
        (delivery("PICKED_UP"), "Picked up."),
        (delivery("ATTEMPTED_DELIVERY", "2026-09-04"), "Delivery attempted on Sep 4, 2026."),
        (delivery("ATTEMPTED_DELIVERY"), "Delivery attempted."),
        (delivery("FAILURE", "2026-09-04"), "Delivery failed on Sep 4, 2026."),
        (delivery("FAILURE"), "Delivery failed."),
        (delivery("UNKNOWN", "2026-09-04"), "Status not known."),
        (delivery("HELD_AT_CUSTOMS", "2026-09-04"), "Status “HELD_AT_CUSTOMS”."),
        (delivery("\u202e"), "No status yet."),
        (delivery(None), "No status yet."),
        (delivery("DELIVERED", "someday"), "Delivered."),
        (delivery("DELIVERED", "2026-09-30"), "Delivered."),
        (delivery("IN_TRANSIT", "2026-09-30"), "In transit."),
        (delivery("DELIVERED", "1970-01-01T00:00:00Z"), "Delivered."),
        (delivery("InTransit", "2026-09-09"), "In transit since Sep 9, 2026."),
        (delivery("CONFIRMED", "2026-09-07"), "Confirmed on Sep 7, 2026."),
        (delivery("CONFIRMED", "2026-09-06"), "Confirmed on Sep 6, 2026, no update for 4 days."),
        (delivery("UNKNOWN", delivery_date_end="2026-09-12"), "Status not known, promised by Sep 12, 2026."),
        (delivery("READY_FOR_PICKUP", delivery_date_end="2026-09-12"), "Ready for pickup."),
        (delivery("DELIVERED", delivery_quantity=0), "Delivered."),
        (delivery("DELIVERED", delivery_quantity=Decimal("0.5")), "0.5 units: delivered."),
        (delivery("DELIVERED", tracking_info=TrackingInfo("n.a.")), "Delivered."),
        (delivery("DELIVERED", tracking_info=TrackingInfo(None)), "Delivered."),
        (delivery("DELIVERED", tracking_info=TrackingInfo("1Z1; 1Z2")), "Delivered, tracking 1Z1, 1Z2."),
        (delivery("DELIVERED", tracking_info=TrackingInfo("1Z.")), "Delivered, tracking 1Z."),
        (delivery("DELIVERED", tracking_info=TrackingInfo("1Z…")), "Delivered, tracking 1Z…"),
        (Delivery(latest_status_info=StatusInfo()), "No status yet."),
        (
            tracked("IN_TRANSIT", "2026-09-04"),
            "In transit since Sep 4, 2026, no update for 6 days, tracking 1Z 99.",
        ),
        (tracked("DELIVERED", "2026-09-04"), "Delivered on Sep 4, 2026, tracking 1Z 99."),
    ],
)
def test_delivery_is_told_in_a_sentence(one: Delivery, sentence: str) -> None:
    assert answers(item(one), RULES).deliveries[0] == sentence


@pytest.mark.parametrize(
    ("deliveries", "fields", "sentence"),
    [
        ([], {}, "Kettle: no delivery yet."),
        ([], {"quantity": 1, "deliverable_quantity": 0}, "Kettle: nothing to deliver."),
        ([], {"quantity": 0}, "Kettle: nothing to deliver."),
        ([], {"quantity": 1, "deliverable_quantity": 1}, "Kettle: no delivery yet."),
        (
            [delivery("DELIVERED", delivery_quantity=2)],
            {"quantity": 3, "deliverable_quantity": 0},
            "Kettle: 2 of 3 delivered; nothing more to deliver.",
        ),
        (
            [delivery("DELIVERED", delivery_quantity=3)],
            {"quantity": 3, "deliverable_quantity": 0},
            "Kettle: 3 of 3 delivered.",
        ),
        (
            [delivery("failure", delivery_quantity=1), delivery("IN_TRANSIT", delivery_quantity=1)],
            {"quantity": 1},
            "Kettle: delivery failed; 1 of 1 in transit.",
        ),
        (
            [delivery("DELIVERED", delivery_quantity=0), delivery("IN_TRANSIT", delivery_quantity=2)],
            {"quantity": 2},
            "Kettle: delivered; 2 of 2 in transit.",
        ),
        (
            [delivery("DELIVERED", delivery_quantity=5), delivery("IN_TRANSIT", delivery_quantity=1)],
            {"quantity": 2},
            "Kettle: 5 delivered; 1 in transit.",
        ),
        (
            [
                delivery("DELIVERED", "2026-09-04", delivery_quantity=2),
                tracked("IN_TRANSIT", "2026-09-09", delivery_quantity=1),
            ],
            {"quantity": 3},
            "Kettle: 2 of 3 delivered on Sep 4, 2026; 1 in transit since Sep 9, 2026, tracking 1Z 99.",
        ),
        (
            [delivery("DELIVERED", delivery_quantity=1)],
            {"quantity": 3},
            "Kettle: 1 of 3 delivered; 2 have no delivery yet.",
        ),
        (
            [delivery("DELIVERED", delivery_quantity=2)],
            {"quantity": 3},
            "Kettle: 2 of 3 delivered; 1 has no delivery yet.",
        ),
        ([delivery("DELIVERED")], {"quantity": 3}, "Kettle: delivered."),
        ([delivery("DELIVERED", delivery_quantity=2)], {}, "Kettle: 2 delivered."),
        ([delivery("DELIVERED", delivery_quantity=5)], {"quantity": 3}, "Kettle: 5 delivered."),
        ([delivery("FAILURE"), delivery(None)], {}, "Kettle: delivery failed; no status yet."),
        ([delivery("FAILURE", delivery_quantity=1)], {"quantity": 1}, "Kettle: delivery failed."),
        ([delivery("FAILURE", delivery_quantity=2)], {"quantity": 2}, "Kettle: 2 of 2 – delivery failed."),
        ([delivery("DELIVERED", delivery_quantity=-2)], {"quantity": 2}, "Kettle: delivered."),
    ],
)
def test_item_is_told_in_a_sentence(deliveries: list[Delivery], fields: dict[str, int], sentence: str) -> None:
    assert answers(item(*deliveries, **fields), RULES).item == sentence


@pytest.mark.parametrize(
    ("statuses", "extent", "sentence"),
    [
        ({}, Extent(0), "Order A-1: no delivery yet."),
        ({"DELIVERED": 1}, Extent(1), "Order A-1: 1 delivery – 1 × Delivered."),
        (
            {"DELIVERED": 2, "IN_TRANSIT": 1, "FAILURE": 1},
            Extent(4),
            "Order A-1: 4 deliveries – 1 × Delivery failed, 1 × In transit, 2 × Delivered.",
        ),
        (
            {"DELIVERED": 2},
            Extent(2, goes_on=True),
            "Order A-1: 2 deliveries so far, the list goes on – 2 × Delivered.",
        ),
        ({"": 1}, Extent(1), "Order A-1: 1 delivery – 1 × No status yet."),
        ({}, Extent(2), "Order A-1: nothing to deliver."),
        ({}, Extent(0, goes_on=True), "Order A-1: no delivery yet."),
        ({}, Extent(0, unreadable=2), "Order A-1: no delivery yet; 2 entries could not be read."),
        (
            {"DELIVERED": 1},
            Extent(1, unreadable=1, beyond=3),
            "Order A-1: 1 delivery – 1 × Delivered; 1 entry could not be read; 3 more entries are not shown.",
        ),
    ],
)
def test_order_is_told_in_a_sentence(statuses: dict[str, int], extent: Extent, sentence: str) -> None:
    assert order_answer("A-1", statuses, extent) == sentence


def test_order_without_deliveries_says_of_which_items_it_tells() -> None:
    sentence = order_answer("A-1", {}, Extent(20, goes_on=True), waiting=1)

    assert sentence == "Order A-1: none of the first 20 items has a delivery yet."


def test_day_is_that_of_the_given_offset() -> None:
    one = item(delivery("DELIVERED", "2026-09-09T23:30:00-05:00"))

    with timezone.override("Asia/Tokyo"):
        assert answers(one, RULES).deliveries[0] == "Delivered on Sep 9, 2026."


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Tokyo", "Sep 10"), ("UTC", "Sep 9"), ("America/New_York", "Sep 9")]
)
def test_day_of_a_time_in_utc_is_that_of_the_reader(zone: str, day: str) -> None:
    one = item(delivery("DELIVERED", "2026-09-09T23:30:00Z"))

    with timezone.override(zone):
        assert answers(one, RULES).deliveries[0] == f"Delivered on {day}, 2026."


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "UTC", "Pacific/Auckland"])
def test_promised_day_that_came_as_a_midnight_is_the_same_everywhere(zone: str) -> None:
    one = item(delivery("IN_TRANSIT", delivery_date_end="2026-09-26T00:00:00Z"))

    with timezone.override(zone):
        assert answers(one, RULES).deliveries[0] == "In transit, promised by Sep 26, 2026."
