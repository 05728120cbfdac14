"""What needs attention: every reason, its border, and what needs none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from orders.erc.schema import Delivery
from orders.lookup.attention import ConcernKind, Rules, reasons, status_time
from tests.support.deliveries import RULES, delivery, item


def found(*deliveries: Delivery, rules: Rules = RULES, **fields: Any) -> list[tuple[ConcernKind, int]]:
    return [(one.reason, one.days) for one in reasons(item(*deliveries, **fields), rules).concerns()]


@pytest.mark.parametrize(
    ("one", "reasons"),
    [
        (delivery("FAILURE"), [(ConcernKind.FAILED, 0)]),
        (delivery("FAILURE", delivery_date_end="2026-09-01"), [(ConcernKind.FAILED, 0)]),
        (delivery("ATTEMPTED_DELIVERY"), [(ConcernKind.ATTEMPTED, 0)]),
        (delivery("READY_FOR_PICKUP", "2026-09-05T11:59:00Z"), [(ConcernKind.WAITING, 5)]),
        (delivery("READY_FOR_PICKUP", "2026-09-05T12:01:00Z"), []),
        (delivery("READY_FOR_PICKUP"), []),
        (delivery("IN_TRANSIT", "2026-09-06T12:00:00Z"), [(ConcernKind.SILENT, 4)]),
        (delivery("IN_TRANSIT", "2026-09-06T12:00:01Z"), []),
        (delivery("OUT_FOR_DELIVERY", "2026-09-01"), [(ConcernKind.SILENT, 9)]),
        (delivery("IN_TRANSIT", "2026-09-01", last_update="2026-09-09T00:00:00Z"), []),
        (delivery("IN_TRANSIT", "2026-09-09T00:00:00Z", last_update="2026-09-01"), []),
        (delivery("IN_TRANSIT", "2026-09-06T12:00:00"), []),
        (delivery("IN_TRANSIT", "2026-09-05T12:00:00"), [(ConcernKind.SILENT, 4)]),
        (delivery("IN_TRANSIT", "someday"), []),
        (delivery("IN_TRANSIT", "2026-10-01T00:00:00Z"), []),
        (delivery("CONFIRMED", "2026-06-16"), [(ConcernKind.SILENT, 86)]),
        (delivery("CONFIRMED", "2026-09-07"), []),
        (delivery("confirmed", last_update="2026-09-06"), [(ConcernKind.SILENT, 4)]),
        (delivery("in_transit", "2026-09-06T12:00:00Z"), [(ConcernKind.SILENT, 4)]),
        (delivery("Out for delivery", "2026-09-06T12:00:00Z"), [(ConcernKind.SILENT, 4)]),
        (delivery("Delivered", "2020-01-01", delivery_date_end="2019-01-01"), []),
        (delivery("pickedUp", "2020-01-01"), []),
        (delivery("failure"), [(ConcernKind.FAILED, 0)]),
        (delivery("attempted-delivery"), [(ConcernKind.ATTEMPTED, 0)]),
        (delivery("ready for pickup", last_update="2026-08-04T00:00:00Z"), [(ConcernKind.WAITING, 37)]),
        (delivery("READY_FOR_PICKUP", "0001-01-01", last_update="2026-08-04"), [(ConcernKind.WAITING, 37)]),
        (delivery("READY_FOR_PICKUP", "2026-12-01", last_update="2026-08-04"), [(ConcernKind.WAITING, 37)]),
        (delivery("READY_FOR_PICKUP", "2026-09-09", last_update="2026-08-04"), []),
        (delivery("IN_TRANSIT", "1970-01-01T00:00:00Z"), []),
        (delivery("IN_TRANSIT", "1969-12-31T19:00:00-05:00"), []),
        (delivery("IN_TRANSIT", "9999-12-31T23:59:59Z"), []),
        (delivery("IN_TRANSIT", delivery_date_end="1970-01-01"), []),
        (delivery("DELIVERED", "2026-09-30"), [(ConcernKind.DATE, 0)]),
        (delivery("PICKED_UP", "2026-09-10T12:10:00Z"), [(ConcernKind.DATE, 0)]),
        (delivery("DELIVERED", "2026-09-10T12:04:00Z"), []),
        (delivery("DELIVERED", "2026-09-10"), []),
        (delivery("DELIVERED", "2026-09-11T02:00:00"), []),
        (delivery("DELIVERED", "2026-09-12"), [(ConcernKind.DATE, 0)]),
        (delivery("DELIVERED", "2026-09-11T03:00:00"), [(ConcernKind.DATE, 0)]),
        (delivery("IN_TRANSIT", delivery_date_end="2026-09-10T00:00:00Z"), []),
        (delivery("IN_TRANSIT", delivery_date_end="2026-09-09T23:59:59Z"), [(ConcernKind.LATE, 0)]),
        (delivery("IN_TRANSIT", delivery_date_end="2026-09-09T00:00:00-07:00"), [(ConcernKind.LATE, 0)]),
        (
            delivery(
                "IN_TRANSIT", delivery_date_start="2026-09-09T18:00:00Z", delivery_date_end="2026-09-10T00:00:00Z"
            ),
            [(ConcernKind.LATE, 0)],
        ),
        (delivery("CONFIRMED", delivery_date_end="2026-09-09"), [(ConcernKind.LATE, 0)]),
        (delivery("CONFIRMED", delivery_date_end="2026-09-10"), []),
        (delivery("IN_TRANSIT", delivery_date_end="2026-09-10T11:59:59Z"), [(ConcernKind.LATE, 0)]),
        (delivery("IN_TRANSIT", delivery_date_end="2026-09-10T12:00:01Z"), []),
        (delivery("HELD_AT_CUSTOMS", delivery_date_end="2026-09-01"), [(ConcernKind.LATE, 0)]),
        (delivery("RETURNED_TO_SENDER", delivery_date_end="2026-09-01"), []),
        (delivery("lost", "2026-09-01", delivery_date_end="2026-09-01"), [(ConcernKind.SILENT, 9)]),
        (delivery("CANCELLED", "2026-09-01", delivery_date_end="2026-09-01"), []),
        (delivery(None, delivery_date_end="2026-09-01"), [(ConcernKind.LATE, 0)]),
        (delivery("DELIVERED", "2020-01-01", delivery_date_end="2019-01-01"), []),
        (delivery("PICKED_UP", "2020-01-01", delivery_date_end="2019-01-01"), []),
        (delivery("UNKNOWN", "2020-01-01"), []),
        (delivery(None), []),
        (delivery("IN_TRANSIT", "0001-01-01T00:00:00+14:00"), []),
        (delivery("IN_TRANSIT", delivery_date_end="9999-12-31T23:59:59-14:00"), []),
    ],
)
def test_delivery_needs_attention(one: Delivery, reasons: list[tuple[ConcernKind, int]]) -> None:
    assert found(one) == reasons


def test_day_is_over_in_the_zone_of_the_clock() -> None:
    late = Rules(4, 5, datetime(2026, 9, 10, 23, tzinfo=UTC).astimezone(ZoneInfo("Asia/Tokyo")))

    assert found(delivery("CONFIRMED", delivery_date_end="2026-09-10"), rules=late) == [(ConcernKind.LATE, 0)]


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "UTC", "Asia/Tokyo"])
@pytest.mark.parametrize(
    ("now", "reasons"),
    [("2026-11-26T00:00", []), ("2026-11-26T23:59", []), ("2026-11-27T00:00", [(ConcernKind.LATE, 0)])],
)
def test_day_that_came_as_a_midnight_is_late_from_the_next_day_on(
    zone: str, now: str, reasons: list[tuple[ConcernKind, int]]
) -> None:
    midnight = "2026-11-26T00:00:00Z"
    at = Rules(4, 5, datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(zone)))

    assert (
        found(delivery("IN_TRANSIT", delivery_date_start=midnight, delivery_date_end=midnight), rules=at)
        == reasons
    )


def test_status_in_the_future_was_reached_on_no_day() -> None:
    assert status_time(delivery("IN_TRANSIT", "2026-09-30"), RULES) is None
    assert status_time(delivery("IN_TRANSIT", "2026-09-09"), RULES) == date(2026, 9, 9)
    assert status_time(delivery(None), RULES) is None


MISMATCH = [(ConcernKind.QUANTITIES, 0)]


@pytest.mark.parametrize(
    ("counts", "fields", "reasons"),
    [
        ([("DELIVERED", 2)], {"quantity": 2, "deliverable_quantity": 0}, []),
        ([("IN_TRANSIT", 2)], {"quantity": 2, "deliverable_quantity": 2}, []),
        ([("IN_TRANSIT", 2)], {"quantity": 2, "deliverable_quantity": 0}, []),
        ([("DELIVERED", 1)], {"quantity": 3, "deliverable_quantity": 2}, []),
        ([("DELIVERED", 1), ("IN_TRANSIT", 2)], {"quantity": 3}, []),
        ([("DELIVERED", 3), ("IN_TRANSIT", 1)], {"quantity": 3}, MISMATCH),
        ([("DELIVERED", 3)], {"quantity": 3, "deliverable_quantity": 1}, MISMATCH),
        ([("DELIVERED", 1)], {"quantity": 3, "deliverable_quantity": 0}, MISMATCH),
        ([], {"quantity": 1, "deliverable_quantity": 2}, MISMATCH),
        ([("DELIVERED", 1)], {"quantity": 3, "deliverable_quantity": 1}, MISMATCH),
        ([("IN_TRANSIT", 2)], {"quantity": 3, "deliverable_quantity": 1}, []),
        ([("IN_TRANSIT", 2)], {"quantity": 3, "deliverable_quantity": 3}, []),
        ([("DELIVERED", -1), ("DELIVERED", 4)], {"quantity": 3}, MISMATCH),
        ([("DELIVERED", -1)], {}, MISMATCH),
        ([], {"quantity": -1}, MISMATCH),
        ([], {"quantity": 1, "deliverable_quantity": -1}, MISMATCH),
        ([("DELIVERED", 1)], {"quantity": 0}, MISMATCH),
        ([], {"quantity": 3, "deliverable_quantity": 0}, []),
        ([("DELIVERED", None)], {"quantity": 3, "deliverable_quantity": 0}, []),
        ([("DELIVERED", 9)], {}, []),
        ([("DELIVERED", 9)], {"deliverable_quantity": 9}, []),
        ([("FAILURE", 1), ("IN_TRANSIT", 1)], {"quantity": 1}, []),
        ([("failure", 1), ("DELIVERED", 1)], {"quantity": 1, "deliverable_quantity": 0}, []),
        ([("FAILURE", 1), ("FAILURE", 1), ("DELIVERED", 1)], {"quantity": 1}, []),
        ([("FAILURE", 2)], {"quantity": 1}, MISMATCH),
        ([("LOST", 1), ("DELIVERED", 1)], {"quantity": 1, "deliverable_quantity": 0}, []),
        ([("cancelled", 2), ("IN_TRANSIT", 2)], {"quantity": 2}, []),
        ([("HELD_AT_CUSTOMS", 1), ("DELIVERED", 1)], {"quantity": 1}, MISMATCH),
        ([("FAILURE", 1), ("DELIVERED", 2)], {"quantity": 1}, MISMATCH),
        ([("delivered", 3)], {"quantity": 3, "deliverable_quantity": 1}, MISMATCH),
        ([("DELIVERED", Decimal("0.5"))], {"quantity": Decimal("0.5"), "deliverable_quantity": 0}, []),
        ([("DELIVERED", Decimal("0.6"))], {"quantity": Decimal("0.5")}, MISMATCH),
        ([("DELIVERED", 0)], {"quantity": 3, "deliverable_quantity": 2}, MISMATCH),
    ],
)
def test_quantities_that_contradict_each_other_need_attention(
    counts: list[tuple[str, int | None]], fields: dict[str, Any], reasons: list[tuple[ConcernKind, int]]
) -> None:
    deliveries = [delivery(status, delivery_quantity=count) for status, count in counts]

    told = [one for one in found(*deliveries, **fields) if one[0] is not ConcernKind.FAILED]

    assert told == reasons
