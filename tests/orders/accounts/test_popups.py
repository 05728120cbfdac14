"""The window in which an agent signs in for a panel keeps its opener on its way; all other pages cut it off."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from tests.support.oidc_provider import Provider
from tests.support.passwords import PASSWORD
from tests.support.signing_in import challenge, register

WINDOW = f"/panel/sign-in/cx/?challenge={challenge()}"


@pytest.fixture(autouse=True)
def _desktop(settings: Settings, db: None) -> None:
    register(settings)


def opener(answer: Any) -> str:
    return str(answer["Cross-Origin-Opener-Policy"])


def within(address: str, next_address: str = WINDOW) -> str:
    return f"{address}?{urlencode({'next': next_address})}"


def test_window_keeps_its_opener_before_and_after_the_sign_in(client: Client, agent: User) -> None:
    before = client.get(WINDOW)
    client.force_login(agent)
    after = client.get(WINDOW)
    agent.groups.clear()
    refused = client.get(WINDOW)

    assert [before.status_code, after.status_code, refused.status_code] == [302, 200, 403]
    assert {opener(before), opener(after), opener(refused)} == {"unsafe-none"}


@pytest.mark.parametrize(("next_address", "expected"), [(WINDOW, "unsafe-none"), ("/orders/", "same-origin")])
def test_sign_in_page_keeps_the_opener_of_the_window_alone(
    client: Client, agent: User, next_address: str, expected: str
) -> None:
    page = client.get(within("/login/", next_address))
    wrong = client.post("/login/", {"username": "agent", "password": "wrong", "next": next_address})
    expired = Client(enforce_csrf_checks=True).post("/login/", {"next": next_address})
    right = client.post(
        "/login/", {"username": "agent", "password": "correct horse battery", "next": next_address}
    )

    assert [page.status_code, wrong.status_code, expired.status_code, right.status_code] == [200, 200, 403, 302]
    assert {opener(page), opener(wrong), opener(expired), opener(right)} == {expected}


def test_lock_keeps_the_opener(client: Client, agent: User, settings: Settings) -> None:
    settings.AXES_FAILURE_LIMIT = 1
    form = {"username": "agent", "password": "wrong", "next": WINDOW}
    client.post("/login/", form)

    locked = client.post("/login/", form)

    assert (locked.status_code, opener(locked)) == (429, "unsafe-none")


@pytest.mark.parametrize(("next_address", "expected"), [(WINDOW, "unsafe-none"), ("/orders/", "same-origin")])
def test_single_sign_on_keeps_the_opener_of_the_window_alone(
    client: Client, provider: Provider, next_address: str, expected: str
) -> None:
    provider.knows("jo", preferred_username="jo", email="jo@shop.example")

    start = client.get(within("/sso/", next_address))
    back = client.get(provider.signs_in(start["Location"], "jo"))

    assert (start.status_code, back.status_code) == (302, 302)
    assert back["Location"] == next_address
    assert {opener(start), opener(back)} == {expected}


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (within("/login/"), "unsafe-none"),
        (within("/login/", "/orders/"), "same-origin"),
        ("/login/", "same-origin"),
        ("/orders/", "same-origin"),
        ("http://[", "same-origin"),
        ("", "same-origin"),
    ],
)
def test_change_of_language_keeps_the_opener_of_the_window_alone(client: Client, page: str, expected: str) -> None:
    referrer = f"http://testserver{page}" if page.startswith("/") else page

    answer = client.post("/language/", {"language": "de"}, headers={"Referer": referrer})

    assert (answer.status_code, opener(answer)) == (302, expected)


def test_refused_single_sign_on_keeps_the_opener_and_leads_back(client: Client, provider: Provider) -> None:
    start = client.get(within("/sso/"))

    # The provider of these tests leaves the state out where it denies; others send it, as the standard says.
    [state] = parse_qs(urlsplit(start["Location"]).query)["state"]
    denied = client.get(f"{provider.denies(start['Location'])}&{urlencode({'state': state})}")

    assert (denied.status_code, opener(denied)) == (403, "unsafe-none")
    assert urlencode({"next": WINDOW}) in denied.content.decode()


def test_single_sign_on_that_cannot_start_keeps_the_opener(client: Client, settings: Settings) -> None:
    settings.OIDC_ISSUER = "http://127.0.0.1:9"

    answer = client.get(within("/sso/"))

    assert (answer.status_code, opener(answer)) == (503, "unsafe-none")


@pytest.mark.parametrize(
    "address",
    ["/", "/login/", "/orders/", "/panel/code/", "/embed/cx/", "/embed/", "/nowhere", "/admin/", "/sso/callback"],
)
def test_other_pages_cut_the_opener_off(browser: Client, address: str) -> None:
    assert opener(browser.get(address)) == "same-origin"


@pytest.mark.parametrize(
    "next_address",
    [
        "https://evil.example/panel/sign-in/cx/",
        "//evil.example/panel/sign-in/cx/",
        "/panel/code/",
        "/panel/sign-in/",
    ],
)
def test_addresses_that_only_look_alike_cut_the_opener_off(client: Client, next_address: str) -> None:
    assert opener(client.get(within("/login/", next_address))) == "same-origin"


def test_form_that_is_too_large_cuts_the_opener_off(client: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = client.post("/login/", {"username": "a" * 200, "password": PASSWORD, "next": WINDOW})

    assert (answer.status_code, opener(answer)) == (400, "same-origin")


@pytest.mark.parametrize("address", [WINDOW, "/panel/code/"])
def test_pages_for_panels_refuse_frames(browser: Client, address: str) -> None:
    answer = browser.get(address)

    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
