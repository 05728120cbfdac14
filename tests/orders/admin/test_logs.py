"""The logs in the admin: found, filtered, exported, never changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import DatabaseError
from django.test import Client
from pytest_django.fixtures import Settings

from orders.admin.bounded import MAX_ROWS
from orders.models import AccessLogEntry
from tests.support.log_rows import NOW, entry, exchange, fields
from tests.support.pages import soup
from tests.support.staff import staff

ACCESS = "/admin/orders/accesslogentry/"
EXCHANGES = "/admin/orders/apiexchange/"


@pytest.fixture
def supervisor(db: None) -> Client:
    """Someone who may read and export the access log."""
    return staff("supervisor")


@pytest.fixture
def engineer(db: None) -> Client:
    """Someone who may read the exchanges."""
    return staff("engineer")


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
        ({"host": " zd "}, ["O-3"]),
        ({"host": "z"}, []),
        ({"proof": "told"}, ["O-3"]),
        ({"proof": "signed"}, []),
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
    entry(at=NOW + timedelta(days=2), surface="embed", host="zd", proof="told", order_id="O-3")

    assert orders_on(supervisor.get(ACCESS, query)) == found


def test_list_counts_no_more_than_anybody_pages_through(supervisor: Client) -> None:
    row = entry()
    AccessLogEntry.objects.bulk_create(
        [AccessLogEntry(**{**fields(row), "at": NOW - timedelta(seconds=n)}) for n in range(MAX_ROWS + 50)]
    )

    response = supervisor.get(ACCESS, {"p": "200"})

    assert response.status_code == 200
    assert f"the newest {MAX_ROWS}" in response.content.decode().replace(",", "")


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
    ("endpoint", "names"),
    [
        ("orders", ["Search for orders"]),
        ("customer", ["Customer"]),
        ("token", ["Access token"]),
        ("items", []),
        ("nonsense", ["/path/of/before", "Access token", "Customer", "Search for orders"]),
    ],
)
def test_exchanges_are_filtered_by_endpoint_and_named(
    engineer: Client, settings: Settings, endpoint: str, names: list[str]
) -> None:
    for route in (settings.ERC_PATHS["orders"], settings.ERC_PATHS["customer"], "/oauth/token", "/path/of/before"):
        exchange(route=route)

    html = soup(engineer.get(EXCHANGES, {"endpoint": endpoint}))

    assert sorted(cell.get_text() for cell in html.select("#result_list .field-endpoint")) == names


@pytest.mark.parametrize(
    ("query", "count"), [({}, 2), ({"q": "correlation-1"}, 1), ({"q": "E-1"}, 1), ({"outcome": "NotFound"}, 1)]
)
def test_exchanges_are_found_and_filtered(engineer: Client, query: dict[str, str], count: int) -> None:
    exchange()
    exchange(correlation_id="correlation-2", code="E-1", outcome="NotFound")

    response = engineer.get(EXCHANGES, query)

    assert len(soup(response).select("#result_list tbody tr")) == count


def test_same_outcome_has_the_same_word_on_every_page(engineer: Client, supervisor: Client) -> None:
    view, call = entry(outcome="not_found"), exchange(outcome="NotFound")

    pages = [
        soup(client.get(address))
        for client, list_page, row in ((supervisor, ACCESS, view), (engineer, EXCHANGES, call))
        for address in (list_page, f"{list_page}{row.pk}/change/")
    ]

    cells = [html.select(".field-outcome_words")[0].get_text(" ", strip=True) for html in pages]
    assert all(cell.endswith("not found") for cell in cells), cells
    assert not any("NotFound" in html.select("#content")[0].get_text() for html in pages)


def test_row_tells_its_time_to_the_second_in_a_named_zone(supervisor: Client) -> None:
    row = entry(at=NOW + timedelta(seconds=7))

    page = soup(supervisor.get(f"{ACCESS}{row.pk}/change/"))

    assert "2026-05-10 12:00:07 UTC" in page.select(".field-when")[0].get_text()
    assert page.select("#content h1")[0].get_text() == "View of customer data"


def test_kept_body_is_shown_as_a_view_of_the_order_that_it_is_of(engineer: Client) -> None:
    entry(customer_id="C-7", order_id="O-7", outcome="invalid_response")
    kept = exchange()

    response = engineer.get(f"{EXCHANGES}{kept.pk}/change/")

    (recorded,) = AccessLogEntry.objects.filter(surface="exchange")
    assert (recorded.agent, recorded.customer_id, recorded.order_id) == ("a-engineer", "C-7", "O-7")
    assert recorded.correlation_id == response["X-Correlation-ID"]
    assert recorded.note == f"body of API exchange {kept.pk}"


def test_exchange_without_a_body_is_no_view(engineer: Client) -> None:
    kept = exchange(body="")

    engineer.get(EXCHANGES)
    engineer.get(f"{EXCHANGES}{kept.pk}/change/")

    assert not AccessLogEntry.objects.exists()


def test_stored_body_without_permission_is_no_access(supervisor: Client) -> None:
    kept = exchange()

    response = supervisor.get(f"{EXCHANGES}{kept.pk}/change/")

    assert response.status_code == 403
    assert not AccessLogEntry.objects.exists()


def test_kept_body_whose_view_cannot_be_recorded_is_not_shown(
    engineer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = exchange(body="planted")

    def fail(**_fields: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(AccessLogEntry.objects, "create", fail)
    response = engineer.get(f"{EXCHANGES}{kept.pk}/change/")

    assert response.status_code == 503
    assert response["Retry-After"]
    assert b"planted" not in response.content


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
def test_row_cannot_be_altered(admin_client: Client, page: str) -> None:
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
