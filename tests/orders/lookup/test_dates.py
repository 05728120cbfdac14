"""What dates say, as points in time and as days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from orders.erc.timestamps import Timestamp
from orders.lookup.dates import day_of, is_ahead, value_of, window_of

NOW = datetime(2026, 9, 10, 12, tzinfo=UTC)
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize("text", ["0001-01-01", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "", "soon"])
def test_date_that_stands_for_none_says_nothing(text: str) -> None:
    assert value_of(Timestamp(text)) is None


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2026, 9, 9), 9),
        (datetime(2026, 9, 9, 23, 30), 9),  # noqa: DTZ001 - without an offset
        (datetime(2026, 9, 9, 23, 30, tzinfo=UTC), 10),
        (datetime(2026, 9, 9, 23, 30, tzinfo=timezone(timedelta(hours=-5))), 9),
        (datetime(2026, 9, 10, 0, 30, tzinfo=timezone(timedelta(hours=14))), 10),
    ],
)
def test_day_is_that_of_the_place_and_for_utc_that_of_the_reader(value: date | datetime, day: int) -> None:
    assert day_of(value, TOKYO) == date(2026, 9, day)


@pytest.mark.parametrize(
    ("value", "ahead"),
    [
        (NOW, False),
        (NOW + timedelta(minutes=5), False),
        (NOW + timedelta(minutes=6), True),
        (date(2026, 9, 10), False),
        (date(2026, 9, 11), False),
        (date(2026, 9, 12), True),
        (datetime(2026, 9, 11, 2), False),  # noqa: DTZ001 - without an offset
        (datetime(2026, 9, 11, 3), True),  # noqa: DTZ001 - without an offset
    ],
)
def test_time_is_ahead_where_it_is_so_in_every_zone(value: date | datetime, ahead: bool) -> None:
    assert is_ahead(value, NOW) is ahead


def test_window_of_a_time_and_a_date_that_stands_for_none_has_one_end() -> None:
    assert window_of(Timestamp("1970-01-01"), Timestamp("2026-09-12T00:00:00Z")) == (None, date(2026, 9, 12))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-09-14", "2026-09-12"),
        ("2026-09-14T08:00:00Z", "2026-09-12"),
        ("2026-09-12T12:00:00Z", "2026-09-12T13:00:00+02:00"),
    ],
)
def test_beginning_behind_the_end_is_none(start: str, end: str) -> None:
    assert window_of(Timestamp(start), Timestamp(end)).start is None
    assert window_of(Timestamp(start), Timestamp(end)).end is not None
