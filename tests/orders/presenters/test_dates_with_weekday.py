"""Days with their weekday, and how long ago they were."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from orders.erc.timestamps import Timestamp
from orders.presenters.dates import (
    age,
    day_with_weekday,
    when_with_weekday,
)


@pytest.mark.parametrize(
    ("language", "value", "said"),
    [
        ("en", date(2026, 11, 21), "Sat, Nov 21"),
        ("en", date(2025, 11, 21), "Fri, Nov 21, 2025"),
        ("de", date(2026, 11, 21), "Sa., 21. Nov."),
        ("fr", date(2026, 12, 1), "mar. 1er déc."),
        ("fr", date(2021, 1, 1), "ven. 1er janv. 2021"),
        ("fr", date(2026, 1, 11), "dim. 11 janv."),
        ("pt-br", date(2026, 12, 1), "ter., 1º de dez."),
        ("en", datetime(2026, 11, 21, 23, 30, tzinfo=UTC), "Sun, Nov 22"),
    ],
)
def test_day_has_its_weekday_and_the_year_of_another_year(language: str, value: date, said: str) -> None:
    now = datetime(2026, 11, 27, 12, tzinfo=UTC)

    with translation.override(language), timezone.override(ZoneInfo("Europe/Berlin")):
        assert day_with_weekday(value, now) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2026, 11, 28), ""),
        (date(2026, 11, 27), "today"),
        (datetime(2026, 11, 26, 23, 30, tzinfo=UTC), "today"),
        (date(2026, 11, 26), "yesterday"),
        (date(2026, 11, 25), "2 days ago"),
        (date(2026, 11, 14), "13 days ago"),
        (date(2026, 11, 13), "2 weeks ago"),
        (date(2025, 11, 27), "12 months ago"),
        (date(2022, 11, 27), "4 years ago"),
    ],
)
def test_age_counts_days_in_the_active_zone_and_larger_units_from_two_on(value: date, said: str) -> None:
    now = datetime(2026, 11, 27, 12, tzinfo=UTC)

    with timezone.override(ZoneInfo("Europe/Berlin")):
        assert age(value, now) == said


def test_age_is_said_in_the_active_language() -> None:
    now = datetime(2026, 11, 27, 12, tzinfo=UTC)

    with translation.override("pt-br"):
        assert age(date(2026, 11, 24), now) == "há 3 dias"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("2026-11-19T23:30:00Z", "Fri, Nov 20, 00:30 CET"),
        ("2025-06-04T09:15:00-05:00", "Wed, Jun 4, 2025, 16:15 CEST"),
        ("2026-11-19", "Thu, Nov 19"),
        ("2026-11-19T09:15:00", "Nov 19, 2026, 09:15 (time zone not given)"),
        ("soon", "soon"),
    ],
)
def test_time_with_its_weekday_is_in_the_active_zone_if_its_own_is_known(raw: str, said: str) -> None:
    now = datetime(2026, 11, 27, 12, tzinfo=UTC)

    with timezone.override(ZoneInfo("Europe/Berlin")):
        shown = when_with_weekday(Timestamp(raw), now)

    assert shown
    assert shown.text == said


def test_no_time_has_no_weekday() -> None:
    assert when_with_weekday(None, datetime(2026, 11, 27, 12, tzinfo=UTC)) is None
