"""A provider that hangs, drips or is gone holds few threads, and none for long."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from orders.accounts import calls, sso
from tests.orders.accounts.conftest import set_up
from tests.support.oidc_provider import ScriptedProvider
from tests.support.pages import one, soup, text
from tests.support.stub_erc import HEAD, Asked, Reply, wire

pytestmark = pytest.mark.django_db


def reason(response: Any) -> str:
    return str(one(soup(response), "[data-reason]")["data-reason"])


def asked_for(scripted: ScriptedProvider, ending: str) -> int:
    """How often the provider was asked for a path."""
    return sum(asked.path.endswith(ending) for asked in scripted.stub.asked)


def signed_in(client: Client, scripted: ScriptedProvider) -> Any:
    state = scripted.began(client.get("/sso/")["Location"])
    return client.get("/sso/callback", {"state": state, "code": "c"})


def test_metadata_and_keys_are_fetched_once_for_many_sign_ins(scripted: ScriptedProvider) -> None:
    for _ in range(3):
        assert signed_in(Client(), scripted).status_code == 302

    assert asked_for(scripted, "/openid-configuration") == 1
    assert asked_for(scripted, "/jwks") == 1


def test_provider_that_failed_is_left_alone_for_some_seconds(
    client: Client, scripted: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve = scripted.stub.items
    scripted.stub.items = lambda _asked: Reply(503)
    failed = [reason(client.get("/sso/")) for _ in range(5)]
    scripted.stub.items = serve
    still = reason(client.get("/sso/"))
    asked = len(scripted.stub.asked)

    monkeypatch.setattr(sso, "_failures", {})

    assert [*failed, still] == ["unreachable"] * 6
    assert asked == 1
    assert client.get("/sso/").status_code == 302


def test_failure_is_forgotten_after_its_seconds(
    client: Client, scripted: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sso, "_FAILURE_SECONDS", 0.0)
    serve = scripted.stub.items
    scripted.stub.items = lambda _asked: Reply(503)
    client.get("/sso/")
    scripted.stub.items = serve

    assert client.get("/sso/").status_code == 302


@pytest.mark.parametrize("where", ["discovery", "token", "keys"])
def test_answer_that_drips_is_given_up(
    client: Client, scripted: ScriptedProvider, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setattr(sso, "_TIMEOUT_SECONDS", 0.5)
    drips = wire(HEAD, b"Content-Length: 1000\r\n\r\n", *[b" "] * 100, pause=0.1)
    serve, path = scripted.stub.items, {"discovery": "/openid-configuration", "keys": "/jwks"}.get(where, "-")
    scripted.stub.items = lambda asked: drips if asked.path.endswith(path) else serve(asked)
    if where == "token":
        scripted.token_reply = drips

    response = client.get("/sso/") if where == "discovery" else signed_in(client, scripted)

    assert (response.status_code, reason(response)) == (503, "unreachable")
    assert response["Retry-After"] == "60"


def test_provider_that_hangs_holds_few_and_the_others_are_told_at_once(
    scripted: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "_MAX_WAIT_SECONDS", 0.0)
    may_answer, both_ask = threading.Event(), threading.Barrier(calls._MAX_CALLS + 1)
    serve = scripted.stub.items

    def hangs(asked: Asked) -> Reply:
        both_ask.wait(10)
        may_answer.wait(10)
        return serve(asked)

    scripted.stub.items = hangs
    with ThreadPoolExecutor(calls._MAX_CALLS) as pool:
        held = [pool.submit(Client().get, "/sso/") for _ in range(calls._MAX_CALLS)]
        both_ask.wait(10)
        others = [Client().get("/sso/") for _ in range(5)]
        may_answer.set()
        answers = [one_of_them.result() for one_of_them in held]

    assert {(other.status_code, reason(other), other["Retry-After"]) for other in others} == {(503, "busy", "3")}
    assert "Wait a few seconds" in text(soup(others[0]), "main")
    assert [answer.status_code for answer in answers] == [302] * calls._MAX_CALLS
    assert Client().get("/sso/").status_code == 302


def test_start_needs_no_place_once_the_metadata_is_there(
    client: Client, scripted: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "_MAX_WAIT_SECONDS", 0.0)
    state = scripted.began(client.get("/sso/")["Location"])

    with ExitStack() as taken:
        for _ in range(calls._MAX_CALLS):
            taken.enter_context(calls.call_provider(5))
        started = client.get("/sso/")
        ended = client.get("/sso/callback", {"state": state, "code": "c"})

    assert started.status_code == 302
    assert (ended.status_code, reason(ended)) == (503, "busy")
    assert scripted.stub.token_asked == []


def test_place_is_free_again_after_a_failure(client: Client, scripted: ScriptedProvider) -> None:
    scripted.token_reply = Reply(503, content={})
    for _ in range(calls._MAX_CALLS + 1):
        assert reason(signed_in(client, scripted)) == "unreachable"
    scripted.token_reply = None

    assert signed_in(client, scripted).status_code == 302


def test_address_that_takes_no_connection_is_given_up(client: Client, settings: Settings) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        set_up(settings, f"http://127.0.0.1:{full.getsockname()[1]}")

        assert reason(client.get("/sso/")) == "unreachable"
