from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from orders.erc.timestamps import Timestamp

NOON = datetime(2026, 9, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-09-21T12:00:00Z", NOON),
        (" 2026-09-21T12:00:00.000Z ", NOON),
        ("2026-09-21T12:00:00", datetime(2026, 9, 21, 12)),  # noqa: DTZ001 - none was given
        ("2026-09-21 12:00", datetime(2026, 9, 21, 12)),  # noqa: DTZ001 - none was given
        ("2026-09-21", date(2026, 9, 21)),
        ("20260921", date(2026, 9, 21)),
        ("20260921T120000Z", NOON),
        ("0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=UTC)),
    ],
)
def test_iso_text_is_read(text: str, value: datetime | date) -> None:
    moment = Timestamp(text)

    assert (moment.value, type(moment.value)) == (value, type(value))
    assert moment.text == text


def test_offset_of_the_text_is_kept() -> None:
    moment = Timestamp("2026-09-21T23:30:00-05:00")

    assert isinstance(moment.value, datetime)
    assert moment.value.tzinfo == timezone(timedelta(hours=-5))
    assert (moment.value.day, moment.value.hour) == (21, 23)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1789992000", NOON),
        ("1789992000000", NOON),
        ("+1789992000", NOON),
        ("1789992000.5", NOON + timedelta(milliseconds=500)),
        ("1789992000500", NOON + timedelta(milliseconds=500)),
        ("1789992000123.456", NOON + timedelta(microseconds=123456)),
        ("1.789992E9", NOON),
        ("1.789992e+12", NOON),
        ("100000000", datetime(1973, 3, 3, 9, 46, 40, tzinfo=UTC)),
        ("99999999999", datetime(5138, 11, 16, 9, 46, 39, tzinfo=UTC)),
        ("100000000000", datetime(1973, 3, 3, 9, 46, 40, tzinfo=UTC)),
        ("0", datetime(1970, 1, 1, tzinfo=UTC)),
        ("-1", datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("-62135596800", datetime(1, 1, 1, tzinfo=UTC)),
        ("-62135596800000", datetime(1, 1, 1, tzinfo=UTC)),
        ("18991231", None),
        ("253402300799999", datetime(9999, 12, 31, 23, 59, 59, 999000, tzinfo=UTC)),
        ("253402300800000", None),
        ("21991231", date(2199, 12, 31)),
    ],
)
def test_number_is_seconds_or_milliseconds_since_1970(text: str, value: datetime | date | None) -> None:
    assert Timestamp(text).value == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "7",
        "2026",
        "99999999",
        "20269999",
        "9" * 20,
        "1e99",
        "-1e99",
        "1" * 30,
        "1" * 5000,
        "1e999999999999999999999",
        "1e400",
        "1e-400",
        "2026-02-30",
        "2026-09-21T25:00:00Z",
        "١٧٨٩٩٩٢٠٠٠",
        "NaN",
        "1_789_992_000",
        "0x10",
    ],
)
def test_text_that_is_no_time_is_kept_as_it_came(text: str) -> None:
    moment = Timestamp(text)

    assert moment.value is None
    assert (moment.text, str(moment)) == (text, text)


def test_times_of_the_same_text_are_equal() -> None:
    assert Timestamp("2026-09-21") == Timestamp("2026-09-21") != Timestamp("2026-09-21T00:00:00")
    assert len({Timestamp("2026-09-21"), Timestamp("2026-09-21")}) == 1
    assert Timestamp("2026-09-21") != "2026-09-21"
    assert repr(Timestamp("x")) == "Timestamp('x')"
