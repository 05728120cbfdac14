"""What a browser keeps of a single sign-on until it ends, and that nobody else keeps anything."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from orders.accounts.pending import COOKIE
from orders.core.sealing import seal
from tests.support.oidc_provider import ScriptedProvider
from tests.support.pages import one, soup

pytestmark = pytest.mark.django_db


def start(client: Client, scripted: ScriptedProvider, next_address: str = "") -> str:
    """Begin a sign-in; its state."""
    return scripted.began(client.get("/sso/", {"next": next_address})["Location"])


def end(client: Client, state: str) -> Any:
    """Come back from the provider."""
    return client.get("/sso/callback", {"state": state, "code": "c"})


def reason(response: Any) -> str:
    return str(one(soup(response), "[data-reason]")["data-reason"])


def test_start_and_failed_end_leave_no_row_and_read_none(
    scripted: ScriptedProvider, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        for _ in range(3):
            client = Client()
            start(client, scripted)
            end(client, "another")
            client.get("/sso/callback", {"error": "access_denied"})

    assert not Session.objects.exists()
    assert "sessionid" not in client.cookies


def test_token_that_is_refused_leaves_no_session(client: Client, scripted: ScriptedProvider) -> None:
    scripted.claims = {"aud": "another"}

    end(client, start(client, scripted))

    assert not Session.objects.exists()


def test_sign_in_that_succeeds_makes_the_session_and_takes_the_cookie_back(
    client: Client, scripted: ScriptedProvider
) -> None:
    response = end(client, start(client, scripted, "/orders/?customer_id=C-1"))

    assert response["Location"] == "/orders/?customer_id=C-1"
    assert Session.objects.count() == 1
    assert response.cookies[COOKIE]["max-age"] == 0
    assert response.cookies[COOKIE]["path"] == "/sso/"


def test_cookie_is_sent_back_to_single_sign_on_alone_and_tells_nothing(
    client: Client, scripted: ScriptedProvider, settings: Settings
) -> None:
    settings.SESSION_COOKIE_SECURE = True

    state = start(client, scripted, "/orders/?customer_id=planted")

    cookie = client.cookies[COOKIE]
    assert (cookie["path"], cookie["samesite"], cookie["max-age"]) == ("/sso/", "Lax", 900)
    assert cookie["secure"]
    assert cookie["httponly"]
    assert state not in cookie.value
    assert "planted" not in cookie.value


def test_state_is_good_once_also_where_it_fails(client: Client, scripted: ScriptedProvider) -> None:
    state = start(client, scripted)
    scripted.claims = {"aud": "another"}
    first = end(client, state)
    scripted.claims = {}

    assert (reason(first), reason(end(client, state))) == ("audience", "state")


def test_several_windows_sign_in_side_by_side(client: Client, scripted: ScriptedProvider) -> None:
    first = start(client, scripted, "/orders/?customer_id=one")
    nonce = scripted._nonce
    start(client, scripted, "/orders/?customer_id=two")
    scripted._nonce = nonce

    response = end(client, first)

    assert response["Location"] == "/orders/?customer_id=one"
    assert client.cookies[COOKIE].value


def test_oldest_of_many_windows_is_forgotten(client: Client, scripted: ScriptedProvider) -> None:
    first = start(client, scripted)
    for _ in range(3):
        start(client, scripted)

    assert reason(end(client, first)) == "state"


@pytest.mark.parametrize(("length", "lands"), [(1500, True), (5000, False)])
def test_address_that_is_too_long_to_be_kept_is_left_out(
    client: Client, scripted: ScriptedProvider, length: int, lands: bool
) -> None:
    wanted = f"/orders/?customer_id={'x' * length}"
    start(client, scripted, wanted)

    response = end(client, start(client, scripted, wanted))

    assert len(client.cookies[COOKIE].output()) < 4096
    assert response["Location"] == (wanted if lands else "/orders/")


@pytest.mark.parametrize(("away", "status"), [(880, 302), (920, 400), (-3600, 400)])
def test_sign_in_that_takes_too_long_is_begun_anew(
    client: Client, scripted: ScriptedProvider, monkeypatch: pytest.MonkeyPatch, away: int, status: int
) -> None:
    now = time.time()
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: now - away)
        state = start(client, scripted)

    assert end(client, state).status_code == status


def test_older_window_ends_though_another_was_begun_since(
    client: Client, scripted: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: now - 920)
        old = start(client, scripted)
        patch.setattr(time, "time", lambda: now - 800)
        start(client, scripted)

    assert reason(end(client, old)) == "state"


@pytest.mark.parametrize(
    "made",
    [
        lambda _: "forged",
        lambda _: "\xff\x80",
        lambda good: good[:-4],
        lambda _: seal(b'[["s","n","v","/",9e9]]', "embed-hosts"),
    ],
    ids=["text", "not text", "cut", "sealed for another purpose"],
)
def test_cookie_that_the_portal_did_not_make_begins_nothing(
    client: Client, scripted: ScriptedProvider, made: Any
) -> None:
    state = start(client, scripted)
    client.cookies[COOKIE] = made(client.cookies[COOKIE].value)

    for known in (state, "s"):
        assert reason(end(client, known)) == "state"


def test_cookie_of_an_older_key_is_taken_while_that_key_stands_beside(
    client: Client, scripted: ScriptedProvider, settings: Settings
) -> None:
    state = start(client, scripted)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, [settings.SECRET_KEY]

    assert end(client, state).status_code == 302
