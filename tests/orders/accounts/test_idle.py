from __future__ import annotations

import time

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from tests.support.pages import HTMX, LOOKUP, one, soup
from tests.support.stub_erc import StubErc


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time stands while a test runs, so that a limit is met to the second."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)


def age(client: Client, seen: int = 0, began: int = 0) -> None:
    """Let that many seconds pass for the client's session."""
    session = client.session
    session["sign_in_seen"] -= seen
    session["sign_in_began"] -= began
    session.save()


@pytest.mark.parametrize(("away", "lands"), [(3600, 200), (3601, 302)])
def test_sign_in_that_is_not_used_ends(browser: Client, away: int, lands: int) -> None:
    age(browser, seen=away)

    assert browser.get("/orders/").status_code == lands
    assert ("_auth_user_id" in browser.session) is (lands == 200)


def test_sign_in_that_is_never_used_ends(browser: Client, settings: Settings) -> None:
    settings.SESSION_IDLE_SECONDS = 120
    age(browser, seen=121, began=121)

    assert browser.get("/orders/").status_code == 302


def test_use_prolongs_the_sign_in(browser: Client) -> None:
    for _ in range(3):
        age(browser, seen=3000, began=3000)

        assert browser.get("/orders/").status_code == 200


def test_sign_in_ends_after_its_whole_time_however_much_it_is_used(browser: Client, settings: Settings) -> None:
    settings.SESSION_COOKIE_AGE = 5000
    age(browser, began=5000)
    used = browser.get("/orders/").status_code
    age(browser, seen=1, began=1)

    assert used == 200
    assert browser.get("/orders/").status_code == 302


@pytest.mark.parametrize(("ahead", "lands"), [(60, 200), (61, 302), (3600, 302), (86_400, 302)])
@pytest.mark.parametrize("mark", ["seen", "began"])
def test_sign_in_of_a_clock_that_was_ahead_does_not_live_longer(
    browser: Client, mark: str, ahead: int, lands: int
) -> None:
    age(browser, **{mark: -ahead})

    assert browser.get("/orders/").status_code == lands
    assert ("_auth_user_id" in browser.session) is (lands == 200)


@pytest.mark.parametrize("mark", ["sign_in_seen", "sign_in_began"])
def test_session_from_before_this_was_measured_ends(browser: Client, mark: str) -> None:
    session = browser.session
    del session[mark]
    session.save()

    assert browser.get("/orders/").status_code == 302


def test_idle_fragment_sends_the_browser_to_sign_in(browser: Client, erc: StubErc) -> None:
    age(browser, seen=3601)
    headers = {**HTMX, "HX-Current-URL": "http://testserver/orders/?customer_id=C-1&order_id=O-1"}

    response = browser.get("/orders/", LOOKUP, headers=headers)

    assert response["HX-Redirect"] == "/login/?next=/orders/%3Fcustomer_id%3DC-1%26order_id%3DO-1"
    assert erc.asked == []


def test_admin_ends_when_it_is_not_used(client: Client, db: None) -> None:
    client.force_login(User.objects.create_superuser("admin"))
    age(client, seen=3601)

    assert client.get("/admin/").status_code == 302


def test_session_is_written_once_a_minute_at_most(browser: Client) -> None:
    age(browser, seen=59)
    first = browser.get("/orders/").cookies
    age(browser, seen=1)
    second = browser.get("/orders/").cookies
    third = browser.get("/orders/").cookies

    assert ["sessionid" in cookies for cookies in (first, second, third)] == [False, True, False]


@pytest.mark.parametrize("path", ["/healthz", "/favicon.ico", "/static/css/base.css", "/embed/orders/"])
def test_page_that_needs_no_sign_in_leaves_the_session_unread(
    browser: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries, path: str
) -> None:
    settings.EMBED_HOSTS = []
    age(browser, seen=3601)

    with django_assert_num_queries(0):
        response = browser.get(path)
    response.close()

    assert "Cookie" not in response.get("Vary", "")
    assert "_auth_user_id" in browser.session


def test_request_without_a_session_reads_none(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/orders/").status_code == 302


def test_password_change_ends_the_sign_in(browser: Client, agent: User) -> None:
    agent.set_password("another battery")
    agent.save()

    assert browser.get("/orders/").status_code == 302


def test_page_that_asks_by_itself_does_not_prolong_the_sign_in(browser: Client, erc: StubErc) -> None:
    age(browser, seen=3000)
    seen = browser.session["sign_in_seen"]

    browser.get("/orders/", {**LOOKUP, "refresh": "1", "quiet": "1"})

    assert browser.session["sign_in_seen"] == seen


def test_sign_in_page_says_once_why_one_has_to_sign_in_again(browser: Client) -> None:
    age(browser, seen=3601)

    first = browser.get("/orders/", follow=True)
    second = browser.get("/login/")

    assert one(soup(first), "[data-sign-in-ended]").get_text(strip=True)
    assert not soup(second).select("[data-sign-in-ended]")


@pytest.mark.parametrize("path", ["/orders/", "/login/"])
def test_sign_in_page_says_nothing_of_an_end_to_whoever_was_not_signed_in(
    client: Client, db: None, path: str
) -> None:
    response = client.get(path, follow=True)

    assert not soup(response).select("[data-sign-in-ended]")


def test_sign_in_page_says_nothing_of_an_end_after_a_sign_out(browser: Client) -> None:
    response = browser.post("/logout/", follow=True)

    assert not soup(response).select("[data-sign-in-ended]")
