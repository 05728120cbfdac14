from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import timezone as fixed_zone
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from orders.erc.timestamps import Timestamp
from orders.presenters.dates import (
    DateText,
    _cached_exactly,
    day,
    when,
    when_exactly,
    when_shipped,
    window,
)


@pytest.mark.parametrize(
    ("raw", "text", "iso"),
    [
        ("2021-10-23T12:16:50.078Z", "Oct 23, 2021, 12:16 UTC", "2021-10-23T12:16:50+00:00"),
        ("2021-10-23T14:16:50+02:00", "Oct 23, 2021, 12:16 UTC", "2021-10-23T14:16:50+02:00"),
        ("2021-10-23", "Oct 23, 2021", "2021-10-23"),
        ("2021-10-23T12:16:50", "Oct 23, 2021, 12:16 (time zone not given)", "2021-10-23T12:16:50"),
        (" 2021-10-23T12:16:50Z\n", "Oct 23, 2021, 12:16 UTC", "2021-10-23T12:16:50+00:00"),
        ("2021-10-23T23:30:00-05:00", "Oct 24, 2021, 04:30 UTC", "2021-10-23T23:30:00-05:00"),
        ("2021-02-29", "2021-02-29", ""),
        ("2021-10-23T12:16:61Z", "2021-10-23T12:16:61Z", ""),
        ("1635000000", "Oct 23, 2021, 14:40 UTC", "2021-10-23T14:40:00+00:00"),
        ("16350000", "16350000", ""),
        ("next Tuesday", "next Tuesday", ""),
        ("2021-13-45", "2021-13-45", ""),
        ("<b>\u202e", "<b>", ""),
    ],
)
def test_time_is_shown_with_its_zone_or_as_it_came(raw: str, text: str, iso: str) -> None:
    shown = when(Timestamp(raw))

    assert shown is not None
    assert (shown.text, shown.iso) == (text, iso)


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("America/Sao_Paulo", "09:16 UTC\N{MINUS SIGN}03:00"),
        ("Asia/Kathmandu", "18:01 UTC+05:45"),
        ("Europe/Berlin", "14:16 CEST"),
        ("UTC", "12:16 UTC"),
    ],
)
def test_zone_is_named_where_the_database_knows_a_number_only(zone: str, told: str) -> None:
    with timezone.override(zone):
        shown = when(Timestamp("2021-10-23T12:16:50Z"))
        span = window(Timestamp("2021-10-23T11:00:00Z"), Timestamp("2021-10-23T12:16:50Z"))

    assert shown is not None
    assert shown.text == f"Oct 23, 2021, {told}"
    assert span[-1] is not None
    assert span[-1].text == told


def test_day_and_time_are_joined_as_the_language_does() -> None:
    with translation.override("ar"):
        shown = when(Timestamp("2021-10-23T12:16:50Z"))

    assert shown is not None
    assert shown.text == "23 أكتوبر 2021، 12:16 UTC"


@pytest.mark.parametrize(
    "moment",
    [
        None,
        Timestamp(""),
        Timestamp("  "),
        *map(
            Timestamp,
            (
                *("0001-01-01", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "1970-01-01", "1900-01-01"),
                *("1969-12-31T16:00:00-08:00", "1970-01-01T01:00:00+01:00", "0", "9999-12-31", "2099-12-31"),
                *("9999-12-31T23:59:59-14:00", "9999-12-30T12:00:00-12:00", "2038-01-19T03:14:07Z", "1753-01-01"),
                "2038-01-18T19:14:07-08:00",
            ),
        ),
    ],
)
def test_time_that_is_not_there_is_none(moment: Timestamp | None) -> None:
    assert when(moment) is None


@pytest.mark.parametrize("text", ["1990-01-01", "2026-11-26", "2098-12-31", "2038-01-21"])
def test_date_that_may_be_meant_is_shown(text: str) -> None:
    shown = when(Timestamp(text))

    assert shown is not None
    assert shown.iso == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2021-10-22T00:00:00Z", "Oct 22, 2021"),
        ("2021-10-22T00:00:00+09:00", "Oct 22, 2021"),
        ("2021-10-22T00:00:01Z", "Oct 21, 2021, 20:00 EDT"),
        ("2021-10-22T23:59:59Z", "Oct 22, 2021, 19:59 EDT"),
        ("last week", "last week"),
    ],
)
def test_day_of_shipping_is_a_day_where_it_came_as_a_midnight(text: str, shown: str) -> None:
    with timezone.override("America/New_York"):
        said = when_shipped(Timestamp(text))

    assert said is not None
    assert said.text == shown


def test_times_that_are_equal_keep_their_own_offset() -> None:
    first, second = when(Timestamp("2021-10-23T12:00:00Z")), when(Timestamp("2021-10-23T14:00:00+02:00"))

    assert first is not None
    assert second is not None
    assert (first.iso, second.iso) == ("2021-10-23T12:00:00+00:00", "2021-10-23T14:00:00+02:00")


def test_text_that_is_no_date_is_not_cached() -> None:
    before = _cached_exactly.cache_info().currsize

    when(Timestamp("x" * 100_000))

    assert _cached_exactly.cache_info().currsize == before


def test_time_is_shown_in_the_active_zone_and_language() -> None:
    with timezone.override("Europe/Berlin"), translation.override("de"):
        shown = when(Timestamp("2021-10-23T12:16:50Z"))

    assert shown is not None
    assert shown.text == "23. Okt. 2021, 14:16 CEST"


@pytest.mark.parametrize(
    ("start", "end", "texts"),
    [
        ("2021-10-25", "2021-10-26", ["Oct 25, 2021", "Oct 26, 2021"]),
        ("2021-10-25", "2021-10-25", ["Oct 25, 2021"]),
        ("2021-10-25", None, ["Oct 25, 2021"]),
        (None, "2021-10-26", ["Oct 26, 2021"]),
        (None, None, []),
        ("2021-10-25T08:00:00Z", "2021-10-25T12:00:00Z", ["Oct 25, 2021, 08:00", "12:00 UTC"]),
        ("2021-10-25T22:00:00Z", "2021-10-26T02:00:00Z", ["Oct 25, 2021, 22:00 UTC", "Oct 26, 2021, 02:00 UTC"]),
        ("soon", "2021-10-26", ["soon", "Oct 26, 2021"]),
        ("2021-10-25T08:00:00Z", "2021-10-25T08:00:00Z", ["Oct 25, 2021, 08:00 UTC"]),
        ("2021-10-25", "2021-10-25T12:00:00Z", ["Oct 25, 2021", "Oct 25, 2021, 12:00 UTC"]),
        ("9999-12-31T23:00:00-14:00", "2021-10-26", ["Oct 26, 2021"]),
        ("2021-10-26T00:00:00Z", "2021-10-26T00:00:00Z", ["Oct 26, 2021"]),
        ("2021-10-25T00:00:00+02:00", "2021-10-26T00:00:00+02:00", ["Oct 25, 2021", "Oct 26, 2021"]),
        ("2021-10-26T00:00:00", "2021-10-26T23:59:59.999", ["Oct 26, 2021"]),
        ("2021-10-26T00:00:00Z", "2021-10-26T12:00:00Z", ["Oct 26, 2021, 00:00", "12:00 UTC"]),
        ("2021-10-25T18:00:00Z", "2021-10-26T00:00:00Z", ["Oct 25, 2021, 18:00 UTC", "Oct 26, 2021, 00:00 UTC"]),
        ("2021-10-25T23:59:00Z", None, ["Oct 25, 2021, 23:59 UTC"]),
        ("2021-10-26T00:00:00Z", "soon", ["Oct 26, 2021", "soon"]),
    ],
)
def test_window_says_day_and_zone_once(start: str | None, end: str | None, texts: list[str]) -> None:
    span = window(Timestamp(start) if start else None, Timestamp(end) if end else None)

    assert [moment.text for moment in dict.fromkeys(filter(None, span))] == texts


def test_window_over_a_change_of_clocks_names_both_zones() -> None:
    with timezone.override("Europe/Berlin"):
        span = window(Timestamp("2021-10-31T00:30:00Z"), Timestamp("2021-10-31T02:30:00Z"))

    assert [moment.text for moment in span if moment] == ["Oct 31, 2021, 02:30 CEST", "Oct 31, 2021, 03:30 CET"]


def test_time_without_an_offset_is_never_moved() -> None:
    with timezone.override("Asia/Tokyo"):
        shown = when(Timestamp("2021-10-23T12:16:50"))

    assert shown is not None
    assert shown.text == "Oct 23, 2021, 12:16 (time zone not given)"


NAIVE = datetime(2021, 10, 23, 12, 16, 50, 78000)  # noqa: DTZ001 - what is said of it is the subject


@pytest.mark.parametrize(
    ("value", "zone", "shown"),
    [
        (
            NAIVE.replace(tzinfo=UTC),
            ZoneInfo("Asia/Tokyo"),
            DateText("23. Okt. 2021, 21:16 JST", "2021-10-23T12:16:50+00:00"),
        ),
        (
            NAIVE.replace(tzinfo=UTC),
            fixed_zone(timedelta(hours=5, minutes=45, seconds=30)),
            DateText("23. Okt. 2021, 18:02 UTC+05:45", "2021-10-23T12:16:50+00:00"),
        ),
        (
            NAIVE,
            ZoneInfo("Asia/Tokyo"),
            DateText("23. Okt. 2021, 12:16 (Zeitzone nicht angegeben)", "2021-10-23T12:16:50"),
        ),
        (
            datetime.max.replace(tzinfo=UTC),
            ZoneInfo("Asia/Tokyo"),
            DateText("9999-12-31T23:59:59.999999+00:00", "9999-12-31T23:59:59.999999+00:00"),
        ),
    ],
)
def test_point_in_time_is_said_in_the_active_zone_and_language(
    value: datetime, zone: tzinfo, shown: DateText
) -> None:
    with timezone.override(zone), translation.override("de"):
        said = when_exactly(value)

    assert said == shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (date(2021, 10, 23), "23. Okt. 2021"),
        (datetime(2021, 10, 23, 23, 30, tzinfo=UTC), "24. Okt. 2021"),
    ],
)
def test_day_is_that_of_the_active_zone_in_the_active_language(value: date | datetime | None, text: str) -> None:
    with timezone.override("Asia/Tokyo"), translation.override("de"):
        said = day(value)

    assert said == text
