"""Searches are written down before they are made, and no agent makes more than the limit."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from pytest_django.fixtures import Settings

from orders.audit.access_log import Access, NotRecorded, Viewer
from orders.audit.search_digest import digest_search
from orders.audit.searches import SearchLimited, Sought, StartedSearch, start_search
from orders.core import metrics
from orders.models import AccessKind, AccessLogEntry, Surface
from tests.support.log_lines import Lines
from tests.support.log_rows import entry

EVE = Viewer(Surface.PORTAL, "eve", "10.0.0.1", account=7)
EMAIL = Sought(AccessKind.SEARCH_EMAIL, "erika@example.org")
PHONE = Sought(AccessKind.SEARCH_PHONE, "910000000")
NUMBER = Sought(AccessKind.SEARCH_NUMBER, "910000000")


@pytest.fixture(autouse=True)
def _limit(settings: Settings) -> None:
    settings.SEARCH_LIMIT, settings.SEARCH_LIMIT_MINUTES = 3, 10


def search(viewer: Viewer = EVE, sought: Sought = EMAIL) -> StartedSearch:
    return start_search(viewer, sought, "correlation-1")


def searched(minutes_ago: float, **fields: Any) -> AccessLogEntry:
    """A row of an earlier search."""
    usual = {"agent": "eve", "kind": "search_email", "at": datetime.now(UTC) - timedelta(minutes=minutes_ago)}
    return entry(**{**usual, **fields})


def test_search_is_written_down_before_it_is_made(db: None) -> None:
    search()

    row = AccessLogEntry.objects.get()
    assert (row.kind, row.outcome, row.items, row.agent, row.account) == (
        "search_email",
        "started",
        None,
        "eve",
        7,
    )
    assert row.digest == digest_search(*EMAIL)
    assert (row.correlation_id, row.address, row.surface) == ("correlation-1", "10.0.0.1", "portal")


def test_row_holds_what_came_of_the_search_and_not_its_text(db: None) -> None:
    search().end(EMAIL, Access(outcome="ok", items=2, source="live", duration_ms=17.6, customer_id="C-1"))

    row = AccessLogEntry.objects.get()
    assert (row.outcome, row.items, row.source, row.duration_ms, row.customer_id) == ("ok", 2, "live", 18, "C-1")
    assert (row.kind, row.digest) == ("search_email", digest_search(*EMAIL))
    assert "erika" not in str(AccessLogEntry.objects.values().get())


def test_row_tells_of_the_reading_that_found_something(db: None) -> None:
    search(EVE, PHONE).end(NUMBER, Access(outcome="ok", items=1))

    rows = AccessLogEntry.objects.values_list("kind", "outcome", "items", "digest")
    assert list(rows) == [("search_number", "ok", 1, digest_search(*NUMBER))]


def test_search_over_the_limit_is_refused_with_the_time_to_wait_and_leaves_a_row(db: None) -> None:
    for minutes in (9.5, 4, 1):
        searched(minutes)

    with pytest.raises(SearchLimited) as caught:
        search()

    assert 25 <= caught.value.retry_after <= 30
    row = AccessLogEntry.objects.latest("id")
    assert (row.kind, row.outcome, row.digest) == ("search_email", "limited", digest_search(*EMAIL))
    assert "erika" not in str(caught.value)


def test_agent_goes_on_once_the_wait_is_over(db: None) -> None:
    for minutes in (10.1, 4, 1):
        searched(minutes)

    search()

    assert AccessLogEntry.objects.latest("id").outcome == "started"


def test_refused_searches_do_not_prolong_the_wait(db: None) -> None:
    for minutes in (10.1, 4, 1):
        searched(minutes)
    for _ in range(20):
        searched(2, outcome="limited")

    search()

    assert AccessLogEntry.objects.latest("id").outcome == "started"


@pytest.mark.parametrize("outcome", ["ok", "not_found", "unavailable", "started"])
def test_search_counts_whatever_came_of_it(db: None, outcome: str) -> None:
    for minutes in (3, 2, 1):
        searched(minutes, outcome=outcome)

    with pytest.raises(SearchLimited):
        search()


@pytest.mark.parametrize(
    "other", [{"agent": "jo"}, {"host": "desk"}, {"kind": "items"}, {"kind": "orders"}], ids=str
)
def test_rows_of_others_and_of_orders_do_not_count(db: None, other: dict[str, str]) -> None:
    for minutes in (3, 2, 1):
        searched(minutes, **other)

    search()

    assert AccessLogEntry.objects.latest("id").outcome == "started"


def test_agents_of_a_host_and_long_names_have_limits_of_their_own(db: None) -> None:
    panel = Viewer(Surface.EMBED, "x" * 300, "", "desk")
    for _ in range(3):
        search(panel)

    search(panel._replace(host="other"))
    search(panel._replace(host=""))

    with pytest.raises(SearchLimited):
        search(panel)


def test_account_has_one_limit_in_the_portal_and_at_all_desktops(db: None) -> None:
    for host in ("", "salesforce", "zendesk"):
        search(EVE._replace(host=host))

    for host in ("", "salesforce", "genesys"):
        with pytest.raises(SearchLimited):
            search(EVE._replace(host=host))
    search(EVE._replace(host="genesys", account=8))
    search(EVE._replace(host="genesys", account=None))


def test_limit_is_the_same_on_every_surface(db: None) -> None:
    for surface in (Surface.PORTAL, Surface.INSPECTOR, Surface.PORTAL):
        search(EVE._replace(surface=surface))

    with pytest.raises(SearchLimited):
        search(EVE._replace(surface=Surface.INSPECTOR))


def test_searches_that_began_at_once_use_the_limit_up_and_no_more(db: None) -> None:
    """Rows that are written later do not count against a search, however early they are looked at."""
    passed = 0
    for _ in range(10):
        try:
            search()
        except SearchLimited:
            continue
        passed += 1

    assert passed == 3


def test_limit_can_be_switched_off(db: None, settings: Settings) -> None:
    settings.SEARCH_LIMIT = 0

    for _ in range(10):
        search()

    assert not AccessLogEntry.objects.filter(outcome="limited").exists()


@pytest.fixture
def refusing(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that takes no row."""

    def fail(**_fields: Any) -> None:
        raise DatabaseError("planted erika@example.org")

    monkeypatch.setattr(AccessLogEntry.objects, "create", fail)


@pytest.mark.parametrize(("is_required", "limit"), [(True, 3), (True, 0), (False, 3)])
def test_search_that_cannot_be_written_down_or_counted_is_not_made(
    refusing: None, settings: Settings, log: Lines, is_required: bool, limit: int
) -> None:
    settings.ACCESS_LOG_REQUIRED, settings.SEARCH_LIMIT = is_required, limit

    with pytest.raises(NotRecorded):
        search()

    assert log.entries("a view could not be recorded (DatabaseError)")
    assert not [line for line in log.lines if "planted" in line]


def test_search_need_not_be_written_down_where_the_settings_say_so(refusing: None, settings: Settings) -> None:
    settings.ACCESS_LOG_REQUIRED, settings.SEARCH_LIMIT = False, 0

    search().end(EMAIL, Access(outcome="ok", items=1))

    assert not AccessLogEntry.objects.exists()


def test_search_whose_end_cannot_be_written_shows_nothing(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    started = search()

    def fail(**_fields: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(AccessLogEntry.objects, "filter", fail)

    with pytest.raises(NotRecorded):
        started.end(EMAIL, Access(outcome="ok", items=1))


def test_metrics_count_searches_apart_from_look_ups(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[Any, ...]] = []
    monkeypatch.setattr(metrics, "count_search", lambda *what: told.append(what))
    monkeypatch.setattr(metrics, "count_look_up", lambda *_what: pytest.fail("a search is no look-up"))

    search().end(EMAIL, Access(outcome="not_found"))

    assert told == [("portal", "search_email", "not_found")]


def test_wait_is_in_whole_seconds_and_never_none(db: None) -> None:
    for minutes in (9.999, 4, 1):
        searched(minutes)

    with pytest.raises(SearchLimited) as caught:
        search()

    assert caught.value.retry_after == math.ceil(caught.value.retry_after) >= 1
