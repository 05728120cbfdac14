"""The find box gives nothing away: to nobody who may not search, over no limit, and leaves no trace."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from orders.models import AccessLogEntry
from tests.support.family import contact, contacts_page
from tests.support.log_lines import Lines
from tests.support.pages import HTMX, one, soup
from tests.support.stub_erc import Reply, StubErc

TYPED = "ines@mail.example"
PAGE_OR_FRAGMENT = pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])


@pytest.mark.parametrize("typed", ["nobody@mail.example", "", "+351910000001"])
def test_response_to_a_search_stays_out_of_history_and_caches(
    browser: Client, family: StubErc, typed: str
) -> None:
    response = browser.post("/find/", {"q": typed}, headers=HTMX)

    assert response["HX-Push-Url"] == "false"
    assert {"no-store", "private"} <= set(response["Cache-Control"].replace(",", " ").split())


def test_reload_and_sign_in_lead_to_the_start(browser: Client, erc: StubErc) -> None:
    response = browser.get("/find/")

    assert (response.status_code, response["Location"]) == (302, "/orders/")
    assert erc.everything_asked == []


@PAGE_OR_FRAGMENT
def test_signed_out_nothing_is_asked(client: Client, db: None, erc: StubErc, headers: dict[str, str]) -> None:
    response = client.post("/find/", {"q": TYPED}, headers=headers)

    leads = response.headers.get("HX-Redirect") or response["Location"]
    assert leads.startswith("/login/?next=/")
    assert "mail.example" not in leads
    assert erc.everything_asked == []


def test_agent_without_the_permission_is_refused(browser: Client, agent: User, erc: StubErc) -> None:
    agent.groups.clear()

    assert browser.post("/find/", {"q": TYPED}).status_code == 403
    assert erc.everything_asked == []


def test_form_that_has_expired_is_refused_without_what_was_typed(agent: User, erc: StubErc) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(agent)

    response = strict.post("/find/", {"q": TYPED})

    assert response.status_code == 403
    assert "mail.example" not in response.content.decode()
    assert erc.everything_asked == []


@PAGE_OR_FRAGMENT
def test_over_the_limit_nothing_is_asked_and_ids_still_work(
    browser: Client, family: StubErc, settings: Settings, headers: dict[str, str]
) -> None:
    settings.SEARCH_LIMIT = 1
    browser.post("/find/", {"q": TYPED})
    family.family_asked.clear()

    response = browser.post("/find/", {"q": "iris@mail.example"}, headers=headers)

    assert (response.status_code, one(soup(response), "[data-error]")["data-error"]) == (429, "rate_limited")
    assert "Retry-After" in response
    assert family.family_asked == []
    assert browser.post("/find/", {"q": "C-1 O-1"}).status_code == 303


@pytest.mark.parametrize("typed", [TYPED, "+351910000001", "Duarte", "#N108", "nobody@mail.example"])
def test_what_was_typed_is_in_no_log_and_no_header(
    browser: Client, family: StubErc, log: Lines, typed: str
) -> None:
    family.answers_at("customers", Reply(500))

    response = browser.post("/find/", {"q": typed})

    secret = typed.strip("#+")
    assert secret not in "\n".join(log.lines)
    assert secret not in str(response.headers)
    assert not AccessLogEntry.objects.filter(note__contains=secret).exists()


def test_hostile_names_are_text(browser: Client, erc: StubErc) -> None:
    hostile = "<script>alert(1)</script>\u202e"
    erc.answers_at("customers", Reply(content=contacts_page(contact(name=hostile), contact("../C", "Duarte"))))

    html = soup(browser.post("/find/", {"q": "Duarte"}))

    assert html.select(".found script") == []
    assert len(html.select("[data-customer-id]")) >= 1
    assert all("../C" not in str(link["href"]) for link in html.select(".found a"))
