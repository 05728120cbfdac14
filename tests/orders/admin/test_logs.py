"""The logs in the admin: found, filtered, exported, never changed."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import DatabaseError
from django.test import Client
from pytest_django.fixtures import Settings

from orders.admin.bounded import MOST_ROWS
from orders.models import AccessLogEntry, ApiExchange
from tests.orders.pages import soup

ACCESS = "/admin/orders/accesslogentry/"
EXCHANGES = "/admin/orders/apiexchange/"
NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)


def staff(role: str) -> Client:
    """Someone of the staff with this role."""
    client = Client()
    user = User.objects.create_user(f"a-{role}", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return client


@pytest.fixture
def supervisor(db: None) -> Client:
    """Someone who may read and export the access log."""
    return staff("supervisor")


@pytest.fixture
def engineer(db: None) -> Client:
    """Someone who may read the exchanges."""
    return staff("engineer")


def entry(**fields: Any) -> AccessLogEntry:
    """A row of the access log."""
    usual = {
        "at": NOW,
        "surface": "portal",
        "agent": "jo",
        "customer_id": "C-1",
        "order_id": "O-1",
        "outcome": "ok",
        "duration_ms": 7,
        "correlation_id": "correlation-1",
    }
    return AccessLogEntry.objects.create(**{**usual, **fields})


def exchange(**fields: Any) -> ApiExchange:
    """A row of the exchanges."""
    usual = {
        "at": NOW,
        "method": "GET",
        "route": "/items",
        "status": 500,
        "outcome": "Unavailable",
        "duration_ms": 7,
        "size": 3,
        "attempts": [{"number": 1, "began_ms": 0, "duration_ms": 7, "status": 500, "outcome": "x", "size": 3}],
        "body": "<b>as it came</b>",
        "correlation_id": "correlation-1",
    }
    return ApiExchange.objects.create(**{**usual, **fields})


def orders_on(response: Any) -> list[str]:
    """The order ids in the list, in order."""
    assert response.status_code == 200
    return [cell.get_text() for cell in soup(response).select("#result_list .field-order_id")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["O-3", "O-2", "O-1"]),
        ({"q": "C-2"}, ["O-2"]),
        ({"q": " O-3 "}, ["O-3"]),
        ({"q": "reference-2"}, ["O-2"]),
        ({"q": "C"}, []),
        ({"agent": "eve"}, ["O-2"]),
        ({"surface__exact": "embed"}, ["O-3"]),
        ({"outcome": "not_found"}, ["O-2"]),
        ({"outcome": "nonsense"}, []),
        ({"from": "2026-05-11"}, ["O-3", "O-2"]),
        ({"until": "2026-05-11"}, ["O-2", "O-1"]),
        ({"from": "2026-05-11", "until": "2026-05-11"}, ["O-2"]),
        ({"from": "nonsense", "until": "9999-12-31"}, ["O-3", "O-2", "O-1"]),
        ({"from": "0001-01-01"}, ["O-3", "O-2", "O-1"]),
    ],
)
def test_views_are_found_and_filtered(supervisor: Client, query: dict[str, str], found: list[str]) -> None:
    entry()
    entry(
        at=NOW + timedelta(days=1),
        agent="eve",
        customer_id="C-2",
        order_id="O-2",
        outcome="not_found",
        correlation_id="reference-2",
    )
    entry(at=NOW + timedelta(days=2), surface="embed", order_id="O-3")

    assert orders_on(supervisor.get(ACCESS, query)) == found


def test_list_counts_no_more_than_anybody_pages_through(supervisor: Client) -> None:
    row = entry()
    AccessLogEntry.objects.bulk_create(
        [AccessLogEntry(**{**fields(row), "at": NOW - timedelta(seconds=n)}) for n in range(MOST_ROWS + 50)]
    )

    response = supervisor.get(ACCESS, {"p": "200"})

    assert response.status_code == 200
    assert f"the newest {MOST_ROWS}" in response.content.decode().replace(",", "")


def fields(row: AccessLogEntry) -> dict[str, Any]:
    """The values of a row but for its key."""
    return {field.name: getattr(row, field.name) for field in row._meta.fields if field.name != "id"}


def test_row_leads_to_the_exchanges_and_back(db: None) -> None:
    both = User.objects.create_user("both", is_staff=True)
    both.groups.set(Group.objects.filter(name__in=("supervisor", "engineer")))
    client = Client()
    client.force_login(both)
    seen, answered = entry(), exchange()

    row = client.get(f"{ACCESS}{seen.pk}/change/").content.decode()
    back = client.get(f"{EXCHANGES}{answered.pk}/change/").content.decode()

    assert f'href="{EXCHANGES}?q=correlation-1"' in row
    assert f'href="{ACCESS}?q=correlation-1"' in back


def test_exchange_shows_what_came_escaped(engineer: Client) -> None:
    kept = exchange()

    page = engineer.get(f"{EXCHANGES}{kept.pk}/change/").content.decode()

    assert "&lt;b&gt;as it came&lt;/b&gt;" in page
    assert "1. +0 ms" in page
    assert f'href="{ACCESS}' not in page


@pytest.mark.parametrize(
    ("query", "count"), [({}, 2), ({"q": "correlation-1"}, 1), ({"q": "E-1"}, 1), ({"outcome": "NotFound"}, 1)]
)
def test_exchanges_are_found_and_filtered(engineer: Client, query: dict[str, str], count: int) -> None:
    exchange()
    exchange(correlation_id="correlation-2", code="E-1", outcome="NotFound")

    response = engineer.get(EXCHANGES, query)

    assert len(soup(response).select("#result_list tbody tr")) == count


# --- Export ---------------------------------------------------------------------------------------------------


def exported(client: Client, **query: str) -> list[dict[str, str]]:
    """The rows of an export."""
    response: Any = client.get(f"{ACCESS}export/", query)
    assert response.status_code == 200
    assert response.streaming
    assert "attachment" in response["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_export_holds_the_rows_of_the_filter_and_is_recorded_once(supervisor: Client) -> None:
    for number in range(3):
        entry(order_id=f"O-{number}", agent="eve")
    entry(order_id="X")

    rows = exported(supervisor, agent="eve")

    (recorded,) = AccessLogEntry.objects.filter(surface="export")
    assert [row["order_id"] for row in rows] == ["O-2", "O-1", "O-0"]
    assert (recorded.agent, recorded.note) == ("a-supervisor", "access log, filter: agent=eve")


def test_export_of_many_rows_has_each_once(supervisor: Client) -> None:
    row = fields(entry(order_id="O-first"))
    AccessLogEntry.objects.bulk_create(
        [
            AccessLogEntry(**{**row, "order_id": f"O-{n}", "at": NOW - timedelta(seconds=n // 3)})
            for n in range(5001)
        ]
    )

    ids = [one["order_id"] for one in exported(supervisor, q="C-1")]

    assert len(ids) == len(set(ids)) == 5002


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_export_holds_no_formula(supervisor: Client, start: str) -> None:
    entry(customer_id=f"{start}HYPERLINK(1)", agent=f"{start}x")

    (row,) = exported(supervisor, until="2026-06-01")

    assert row["customer_id"] == f"'{start}HYPERLINK(1)"
    assert row["agent"] == f"'{start}x"


def test_export_that_cannot_be_recorded_is_not_made(supervisor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    entry(order_id="O-planted")

    def fail(**_fields: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(AccessLogEntry.objects, "create", fail)
    response = supervisor.get(f"{ACCESS}export/")

    assert response.status_code == 503
    assert b"O-planted" not in response.content


def test_export_needs_its_own_permission(supervisor: Client) -> None:
    group = Group.objects.get(name="supervisor")
    group.permissions.remove(group.permissions.get(codename="export_accesslogentry"))

    assert supervisor.get(f"{ACCESS}export/").status_code == 403
    assert b"export/" not in supervisor.get(ACCESS).content
    assert not AccessLogEntry.objects.exists()


# --- Who may what ---------------------------------------------------------------------------------------------

PAGES = {
    "/admin/": {"agent": 302, "supervisor": 200, "engineer": 200},
    ACCESS: {"agent": 302, "supervisor": 200, "engineer": 403},
    f"{ACCESS}export/": {"agent": 302, "supervisor": 200, "engineer": 403},
    EXCHANGES: {"agent": 302, "supervisor": 403, "engineer": 200},
    "/admin/orders/embedhost/": {"agent": 302, "supervisor": 403, "engineer": 200},
    "/admin/auth/user/": {"agent": 302, "supervisor": 403, "engineer": 403},
}


@pytest.mark.parametrize("role", ["agent", "supervisor", "engineer"])
@pytest.mark.parametrize("page", PAGES)
def test_page_needs_its_permission(db: None, settings: Settings, page: str, role: str) -> None:
    settings.EMBED_HOSTS = []
    client = staff(role)
    if role == "agent":
        User.objects.filter(username="a-agent").update(is_staff=False)

    assert client.get(page).status_code == PAGES[page][role]


@pytest.mark.parametrize("page", [ACCESS, EXCHANGES])
def test_nobody_can_alter_a_row(admin_client: Client, page: str) -> None:
    row = entry() if page == ACCESS else exchange()
    before = type(row).objects.values().get()

    answers = [
        admin_client.get(f"{page}add/"),
        admin_client.post(f"{page}add/", {"agent": "x"}),
        admin_client.post(f"{page}{row.pk}/change/", {"agent": "x", "code": "x"}),
        admin_client.post(f"{page}{row.pk}/delete/", {"post": "yes"}),
    ]
    action = {"action": "delete_selected", "_selected_action": str(row.pk), "post": "yes"}
    admin_client.post(page, action)

    assert [answer.status_code for answer in answers] == [403] * 4
    assert type(row).objects.values().get() == before
