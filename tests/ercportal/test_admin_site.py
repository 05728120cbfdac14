from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone
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


def test_searches_and_lists_are_no_look_ups(day: datetime) -> None:
    now = datetime.now(UTC)
    for kind, outcome in (
        ("search_email", "ok"),
        ("search_name", "unavailable"),
        ("search_phone", "started"),
        ("search_phone", "limited"),
        ("search_number", "limited"),
        ("orders", "ok"),
        ("orders", "limited"),
    ):
        entry(at=now, kind=kind, outcome=outcome, duration_ms=99999)
    entry(at=now - timedelta(hours=25), kind="search_email", outcome="limited")

    found = last_day()

    assert (found.look_ups, found.failed_share, found.pages) == (6, 50.0, (100, 8000))
    assert {kind.name for kind in found.errors} == {"unavailable", "not_found"}
    assert (found.searches, found.searches_limited) == (3, 2)


def test_overview_leads_to_those_who_met_the_search_limit(day: datetime) -> None:
    entry(at=datetime.now(UTC), kind="search_email", outcome="limited")
    page = "/admin/orders/accesslogentry/?outcome=limited"

    seen, hidden = (soup(staff(role).get("/admin/")) for role in ("supervisor", "engineer"))

    assert [link.get_text() for link in seen.select(f".figures a[href='{page}']")] == ["1"]
    assert "Over the search limit" in hidden.get_text()
    assert not hidden.select(f"a[href='{page}']")


def test_calls_are_counted_for_each_endpoint(day: datetime, settings: Settings) -> None:
    now = datetime.now(UTC)
    orders = settings.ERC_PATHS["orders"]
    for outcome, duration in (("ok", 10), ("ok", 20), ("NotAllowed", 30), ("NotAllowed", 40), ("TimedOut", 8000)):
        exchange(at=now, route=orders, outcome=outcome, duration_ms=duration)
    exchange(at=now - timedelta(hours=25), route=orders, outcome="TimedOut")

    found = last_day().endpoints

    assert found[0] == (orders, 5, 3, (("NotAllowed", 2), ("TimedOut", 1)), (30, 8000))
    assert [one.route for one in found] == [orders, "/items"]


def test_overview_names_the_endpoints(day: datetime, settings: Settings) -> None:
    now = datetime.now(UTC)
    exchange(at=now, route=settings.ERC_PATHS["recent_order"], outcome="RateLimited", duration_ms=12)
    exchange(at=now, route="/oauth/token", outcome="ok", duration_ms=5)

    rows = {
        row.th.get_text(): [cell.get_text() for cell in row.select("td")]
        for row in soup(staff("engineer").get("/admin/")).select("[data-endpoint]")
        if row.th
    }

    assert rows["Most recent order"] == ["1", "1: rate limited 1", "12 / 12 ms"]
    assert rows["Access token"] == ["1", "0", "5 / 5 ms"]
    assert "/items" in rows


@pytest.mark.parametrize(("role", "number"), [("supervisor", 1), ("engineer", 0)])
def test_failed_look_ups_lead_to_the_log_of_their_kind(day: datetime, role: str, number: int) -> None:
    since = (timezone.localtime() - timedelta(days=1)).date()
    page = f"/admin/orders/accesslogentry/?kind__exact=items&outcome=not_found&from={since}"

    html = soup(staff(role).get("/admin/"))

    links = [row.select_one("a") for row in html.select("[data-kind]") if "not found" in row.get_text()]
    assert [link["href"] for link in links if link] == [page] * number
    assert len(links) == 1


def test_calls_lead_to_the_log_of_their_endpoint_and_outcome(day: datetime, settings: Settings) -> None:
    exchange(at=datetime.now(UTC), route=settings.ERC_PATHS["orders"], outcome="TimedOut")
    engineer = staff("engineer")

    row = next(row for row in soup(engineer.get("/admin/")).select("[data-endpoint]") if "timed out" in str(row))

    counts = [
        len(soup(engineer.get(str(link["href"]))).select("#result_list tbody tr")) for link in row.select("a")
    ]
    assert counts == [1, 1]
    assert "outcome=TimedOut" in str(row.select("a")[1]["href"])


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
