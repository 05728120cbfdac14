from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from ercportal.demo.sandbox.wire import encode
from orders.erc.decode_orders import decode_recent_order
from orders.lookup.dates import value_of
from orders.lookup.history import Step, history
from tests.support.sandbox import shared_catalogue


def step(kind: str | None, at: Any = None) -> dict[str, Any]:
    return {"generic_type": kind, "detailed_type": kind, "status_date_time": at}


CONFIRMED = step("CONFIRMED", "2026-11-20T10:00:00Z")
ON_ITS_WAY = step("ON_ITS_WAY", "2026-11-22T10:00:00Z")
DELIVERED = step("DELIVERED", "2026-11-24T10:00:00Z")
TO_COME = step("DELIVERED")


def steps_of(*given: Any, index: Any = None) -> tuple[Step, ...]:
    body = {"id": "O-1", "status_info": list(given), "status_info_current_index": index}
    return history(decode_recent_order(json.dumps(body).encode()))


def names(steps: tuple[Step, ...]) -> list[str | None]:
    return [one.generic_type for one in steps]


def present(*given: Any, index: Any) -> list[str | None]:
    return [one.generic_type for one in steps_of(*given, index=index) if one.is_present]


def test_step_has_its_types_and_its_date_as_they_came() -> None:
    held = {"generic_type": "HELD", "detailed_type": "AWAITING_CLEARANCE", "status_date_time": "2026-11-22"}

    (read,) = steps_of(held)

    assert (read.generic_type, read.detailed_type, str(read.reached)) == (
        "HELD",
        "AWAITING_CLEARANCE",
        "2026-11-22",
    )
    assert not read.is_present


def test_order_without_a_history_has_no_steps() -> None:
    assert steps_of(index=3) == ()


@pytest.mark.parametrize("index", [1, 2])
def test_index_that_points_at_the_last_dated_step_by_either_reading_is_used(index: int) -> None:
    assert present(CONFIRMED, ON_ITS_WAY, index=index) == ["ON_ITS_WAY"]
    assert present(CONFIRMED, ON_ITS_WAY, TO_COME, index=index) == ["ON_ITS_WAY"]


@pytest.mark.parametrize("index", [None, 0, -1, 4, 10**30, True, "x", 1.5, {}])
def test_index_that_leaves_a_doubt_or_means_nothing_names_no_step(index: Any) -> None:
    assert present(CONFIRMED, ON_ITS_WAY, DELIVERED, index=index) == []


def test_index_that_points_between_the_dated_steps_names_no_step() -> None:
    assert present(CONFIRMED, ON_ITS_WAY, DELIVERED, index=1) == []


def test_index_whose_readings_mean_the_same_is_used_without_dates() -> None:
    assert present(step("CONFIRMED"), step("ON_ITS_WAY"), step("ON_ITS_WAY"), index=2) == ["ON_ITS_WAY"]
    assert present(step("CONFIRMED"), step("ON_ITS_WAY"), index=1) == []
    assert present(step("CONFIRMED"), step("ON_ITS_WAY"), index=2) == []


def test_index_written_as_text_is_a_number() -> None:
    assert present(CONFIRMED, ON_ITS_WAY, index="1") == ["ON_ITS_WAY"]


@pytest.mark.parametrize("date", [None, "", "soon", "0001-01-01T00:00:00Z", "9999-12-31", "1970-01-01"])
def test_step_without_a_usable_date_is_kept_and_gets_none(date: Any) -> None:
    steps = steps_of(CONFIRMED, step("HELD", date), DELIVERED, index=2)

    assert names(steps) == ["CONFIRMED", "HELD", "DELIVERED"]
    assert steps[1].reached is None
    assert [one.is_present for one in steps] == [False, False, True]


def test_history_that_begins_with_the_latest_step_is_turned_around() -> None:
    steps = steps_of(DELIVERED, step("HELD"), ON_ITS_WAY, CONFIRMED, index=0)

    assert names(steps) == ["CONFIRMED", "ON_ITS_WAY", "HELD", "DELIVERED"]
    assert [one.is_present for one in steps] == [False, False, False, True]


def test_dates_out_of_order_are_sorted_around_the_undated_steps() -> None:
    steps = steps_of(ON_ITS_WAY, step("HELD"), DELIVERED, CONFIRMED, index=2)

    assert names(steps) == ["CONFIRMED", "HELD", "ON_ITS_WAY", "DELIVERED"]
    assert [one.is_present for one in steps] == [False, False, False, True]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026-11-20T10:00:00Z", "2026-11-20"),
        ("2026-11-20T10:00:00Z", "2026-11-20T01:00:00"),
        ("2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z"),
        ("2026-11-20T10:00:00+02:00", "2026-11-20T09:00:00Z"),
    ],
)
def test_order_of_the_api_stays_where_the_dates_leave_a_doubt(first: str, second: str) -> None:
    steps = steps_of(step("A", first), step("B", second), index=1)

    assert names(steps) == ["A", "B"]
    assert [one.is_present for one in steps] == [False, True]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026-11-21", "2026-11-20T10:00:00Z"),
        ("2026-11-22T10:00:00", "2026-11-20T10:00:00Z"),
        ("2026-11-20T10:00:00+02:00", "2026-11-20T07:59:00Z"),
        ("1790000000", 1780000000),
    ],
)
def test_dates_of_every_kind_are_compared(first: Any, second: Any) -> None:
    assert names(steps_of(step("A", first), step("B", second))) == ["B", "A"]


def test_history_of_every_customer_of_the_sandbox_is_in_order_and_has_a_present_step() -> None:
    catalogue = shared_catalogue()
    recent = [
        placed[0].most_recent for one in catalogue.customers() if (placed := catalogue.placed_by(one.customer_id))
    ]

    histories = [history(decode_recent_order(encode(fields))) for fields in recent if fields.get("status_info")]

    assert len(histories) > 30
    for steps in histories:
        dates = [value for one in steps if isinstance(value := value_of(one.reached), datetime)]
        assert all(one <= other for one, other in pairwise(dates))
        assert max(dates) <= datetime.now(UTC)
        assert [one for one in steps if one.reached][-1].is_present
