"""The sentences: a table of cases to read."""

from __future__ import annotations

from typing import Any

import pytest

from orders.erc.schema import Delivery, TrackingInfo
from orders.presenters.answers import answers, order_answer
from tests.orders.test_attention import RULES, delivery, item


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
    ("statuses", "is_whole", "sentence"),
    [
        ({}, True, "Order A-1: no delivery yet."),
        ({"DELIVERED": 1}, True, "Order A-1: 1 delivery – 1 × Delivered."),
        (
            {"DELIVERED": 2, "IN_TRANSIT": 1, "FAILURE": 1},
            True,
            "Order A-1: 4 deliveries – 1 × Delivery failed, 1 × In transit, 2 × Delivered.",
        ),
        ({"DELIVERED": 2}, False, "Order A-1: 2 deliveries so far, the list goes on – 2 × Delivered."),
        ({"": 1}, True, "Order A-1: 1 delivery – 1 × No status yet."),
    ],
)
def test_order_is_told_in_a_sentence(statuses: dict[str, int], is_whole: bool, sentence: str) -> None:
    assert order_answer("A-1", statuses, is_whole=is_whole) == sentence
