from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from orders.core.localization import use_display
from orders.presenters.freshness import as_of


@pytest.mark.parametrize(
    ("seconds", "language", "age"),
    [
        (-30, "en", "just now"),
        (59, "en", "just now"),
        (60, "en", "1 minute ago"),
        (3599, "en", "59 minutes ago"),
        (3600, "en", "1 hour ago"),
        (86_399, "de", "vor 23 Stunden"),
        (12 * 86_400, "en", "12 days ago"),
    ],
)
def test_age_is_said_in_whole_units(seconds: int, language: str, age: str) -> None:
    with translation.override(language), use_display():
        said = as_of(datetime.now(UTC) - timedelta(seconds=seconds))

    assert said.age == age


def test_zone_of_the_page_is_named_beside_the_exact_time() -> None:
    with timezone.override(ZoneInfo("Asia/Tokyo")), use_display():
        said = as_of(datetime(2021, 10, 23, 12, 16, 50, tzinfo=UTC))

    assert said[:2] == ("Oct 23, 2021, 21:16 JST", "2021-10-23T12:16:50+00:00")
    assert said.zone == "JST"
