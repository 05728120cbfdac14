from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from pytest_django.fixtures import Settings

from orders.admin.dashboard.figures import last_day
from orders.models import AccessLogEntry
from tests.support.log_rows import entry, exchange, fields
from tests.support.pages import soup
from tests.support.staff import staff


@pytest.fixture
def day(db: None) -> datetime:
    """A day with a few look-ups; its end."""
    now = datetime.now(UTC)
    for minutes, outcome, source, duration in (
        (1, "ok", "live", 100),
        (2, "ok", "cached", 10),
        (200, "ok", "stale", 300),
        (300, "not_found", "", 50),
        (301, "unavailable", "", 8000),
        (302, "unavailable", "", 8000),
        (60 * 25, "ok", "live", 99999),
    ):
        entry(at=now - timedelta(minutes=minutes), outcome=outcome, source=source, duration_ms=duration)
    entry(at=now, surface="export", duration_ms=5)
    exchange(at=now, token="kept", outcome="ok", duration_ms=90)
    exchange(at=now, token="fetched", outcome="ok", duration_ms=150)
    exchange(at=now, token="", outcome="ok", duration_ms=20)
    exchange(at=now, token="", outcome="NotAllowed", duration_ms=20)
    return now


def test_day_is_counted(day: datetime) -> None:
    found = last_day()

    assert (found.look_ups, found.failed_share, found.stale) == (6, 50.0, 1)
    assert found.errors == (("unavailable", 2, 33.3), ("not_found", 1, 16.7))
    assert found.cached_share == 33.3
    assert found.pages == (100, 8000)
    assert found.upstream == (90, 150)
    assert found.token_fetches == 1
    assert len(found.hours) == 24
    assert sum(hour.look_ups for hour in found.hours) == 6
    assert sum(hour.failed for hour in found.hours) == 3
    assert sum(hour.cached for hour in found.hours) == 1
    assert sum(hour.token_fetches for hour in found.hours) == 1
    assert found.hours[-1].upstream == (90, 150)


def test_percentiles_are_those_of_all_rows_of_the_day(db: None) -> None:
    now = datetime.now(UTC)
    row = fields(entry(at=now, duration_ms=1))
    AccessLogEntry.objects.bulk_create(
        [AccessLogEntry(**{**row, "duration_ms": n, "at": now - timedelta(seconds=n)}) for n in range(2, 6001)]
    )

    assert last_day().pages == (3000, 5700)


def test_day_without_look_ups_has_no_times(db: None) -> None:
    found = last_day()

    assert (found.look_ups, found.failed_share, found.pages.p50, found.upstream.p95) == (0, 0.0, None, None)


def test_overview_draws_the_day_without_script(day: datetime) -> None:
    html = soup(staff("supervisor").get("/admin/"))

    assert [len(chart.select("g")) for chart in html.select(".day svg")] == [24] * 5
    assert html.select(".day")[0].get_text().count("unavailable") == 1
    assert not html.select(".day script, .day [style]")


def test_overview_says_that_it_is_a_sample(day: datetime, settings: Settings) -> None:
    settings.API_EXCHANGE_SAMPLE = 0.1

    assert "10 % are recorded" in soup(staff("supervisor").get("/admin/")).get_text()


def test_overview_without_the_permission_shows_no_figures(db: None) -> None:
    user = User.objects.create_user("s", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_user"))
    client = Client()
    client.force_login(user)

    html = soup(client.get("/admin/"))

    assert html.select("#content-main a[href='/admin/auth/user/']")
    assert not html.select(".day, .tools")


def test_overview_is_closed_to_staff_who_may_see_nothing_in_it(db: None) -> None:
    assert staff("agent").get("/admin/").status_code == 403


def test_overview_leads_an_engineer_to_the_inspector(db: None) -> None:
    assert soup(staff("engineer").get("/admin/")).select("a[href='/admin/inspector/']")
    assert not soup(staff("supervisor").get("/admin/")).select("a[href='/admin/inspector/']")
