"""One row as it is written: who, what, how long, and what becomes of it where the database does not take it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from orders.audit.access_log import Access, NotRecorded, Viewer, record, signed_in_viewer
from orders.core import metrics
from orders.models import AccessKind, AccessLogEntry, Surface
from tests.support.log_lines import Lines

EVE = Viewer(Surface.EMBED, "eve", "10.0.0.1", "desk", 7)


def recorded(
    viewer: Viewer = EVE, view: Access | None = None, correlation_id: str = "correlation-1"
) -> AccessLogEntry:
    """The one row that this leaves."""
    record(viewer, view or Access(), correlation_id)
    return AccessLogEntry.objects.get()


@pytest.fixture
def refusing(db: None, monkeypatch: pytest.MonkeyPatch) -> list[type[Exception]]:
    """A database that refuses each row; the error is the one in the list."""
    errors: list[type[Exception]] = [DatabaseError]

    def fail(**_fields: Any) -> None:
        raise errors[0]("planted C-1")

    monkeypatch.setattr(AccessLogEntry.objects, "create", fail)
    return errors


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What the metrics were told."""
    told: list[tuple[Any, ...]] = []
    monkeypatch.setattr(metrics, "count_look_up", lambda *what: told.append(what))
    return told


def test_row_holds_who_looked_at_what_and_what_came_of_it(db: None) -> None:
    before = datetime.now(UTC)

    row = recorded(view=Access("C-1", "O-1", 3, "not_found", 12, "live", 17.6, "a note"))

    assert (row.surface, row.agent, row.host, row.account, row.address) == ("embed", "eve", "desk", 7, "10.0.0.1")
    assert (row.customer_id, row.order_id, row.page, row.outcome, row.items) == ("C-1", "O-1", 3, "not_found", 12)
    assert (row.source, row.duration_ms, row.note, row.correlation_id) == ("live", 18, "a note", "correlation-1")
    assert (row.kind, row.digest) == ("items", "")
    assert before <= row.at <= before + timedelta(minutes=1)


def test_view_of_nothing_in_particular_says_so(db: None) -> None:
    row = recorded(Viewer(Surface.EXPORT, "eve", ""), Access())

    assert (row.customer_id, row.order_id, row.page, row.outcome, row.items) == ("", "", 1, "ok", None)
    assert (row.source, row.duration_ms, row.note, row.host, row.account, row.address) == (
        "",
        0,
        "",
        "",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("field", "length"), [("agent", 200), ("host", 200), ("note", 500)], ids=["agent", "host", "note"]
)
def test_text_is_cut_to_what_the_row_can_hold(db: None, field: str, length: int) -> None:
    long = "x" * length + "y"

    row = recorded(EVE._replace(agent=long, host=long), Access(note=long))

    assert getattr(row, field) == "x" * length


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:DB8::0001", "2001:db8::1"),
        ("", None),
        ("unix", None),
        ("10.0.0.1:80", None),
        ("1.2.3.4.5", None),
    ],
)
def test_address_is_recorded_where_it_is_one(db: None, address: str, kept: str | None) -> None:
    assert recorded(EVE._replace(address=address)).address == kept


@pytest.mark.parametrize(("milliseconds", "kept"), [(0.4, 0), (0.6, 1), (1500.5, 1500), (2499.9, 2500)])
def test_duration_is_recorded_in_whole_milliseconds(db: None, milliseconds: float, kept: int) -> None:
    assert recorded(view=Access(duration_ms=milliseconds)).duration_ms == kept


def test_look_up_is_counted_in_seconds(db: None, counted: list[tuple[Any, ...]]) -> None:
    recorded(view=Access(outcome="unavailable", source="stale", duration_ms=250))

    assert counted == [("embed", "unavailable", "stale", 0.25)]


def test_view_of_a_list_is_of_its_kind_and_counted_apart(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[Any, ...]] = []
    monkeypatch.setattr(metrics, "count_order_list", lambda *what: told.append(what))
    monkeypatch.setattr(metrics, "count_look_up", lambda *_what: pytest.fail("a list is no look-up of an order"))

    row = recorded(view=Access("C-1", kind=AccessKind.ORDERS, items=12, source="live"))

    assert (row.kind, row.digest, row.items) == ("orders", "", 12)
    assert told == [("embed", "ok", "live")]


@pytest.mark.parametrize("error", [DatabaseError, OperationalError, InterfaceError])
def test_view_that_cannot_be_recorded_is_refused_and_told(
    refusing: list[type[Exception]], log: Lines, counted: list[tuple[Any, ...]], error: type[Exception]
) -> None:
    refusing[0] = error

    with pytest.raises(NotRecorded) as caught:
        record(EVE, Access("C-1"), "correlation-1")

    (line,) = log.entries(f"a view could not be recorded ({error.__name__})")
    assert (line["level"], line["surface"], line["correlation_id"]) == ("ERROR", "embed", "correlation-1")
    assert caught.value.__suppress_context__
    assert not [one for one in log.lines if "planted" in one]
    assert len(counted) == 1


def test_view_need_not_be_recorded_where_the_setting_says_so(
    refusing: list[type[Exception]], settings: Settings, log: Lines
) -> None:
    settings.ACCESS_LOG_REQUIRED = False

    record(EVE, Access(), "correlation-1")

    assert log.entries("a view could not be recorded (DatabaseError)")


def test_fault_that_is_not_the_databases_is_not_hidden(
    refusing: list[type[Exception]], settings: Settings
) -> None:
    settings.ACCESS_LOG_REQUIRED = False
    refusing[0] = RuntimeError

    with pytest.raises(RuntimeError):
        record(EVE, Access(), "correlation-1")


def test_viewer_of_a_page_is_its_user(rf: RequestFactory, agent: User) -> None:
    request: HttpRequest = rf.get("/", REMOTE_ADDR="10.0.0.9")
    request.user = agent

    viewer = signed_in_viewer(request, Surface.INSPECTOR)

    assert viewer == Viewer(Surface.INSPECTOR, "agent", "10.0.0.9", "", agent.pk)
