"""The connection check, against the sandbox and against what can be wrong."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from ercportal.demo.sandbox.clients import KEY_CLIENT_ID, KEY_ID, private_key_base64
from ercportal.demo.sandbox.server import SandboxServer
from tests.support.connection_checks import states, steps
from tests.support.log_lines import Lines
from tests.support.stub_erc import Reply, StubErc, item, page


@pytest.mark.parametrize("kind", ["Basic", "private_key_jwt"])
def test_good_connection_is_ok_at_every_step(sandbox: SandboxServer, settings: Settings, kind: str) -> None:
    if kind != "Basic":
        settings.ERC_CLIENT_ID, settings.ERC_CLIENT_SECRET = KEY_CLIENT_ID, ""
        settings.ERC_PRIVATE_KEY, settings.ERC_KEY_ID = private_key_base64(), KEY_ID

    found = steps("C-1001", "A-20731")

    assert states(found) == ["ok"] * 11
    assert kind in found["settings"].finding
    assert "600 s" in found["token"].finding
    assert "orders:read" in found["token"].finding
    assert found["items"].finding == "1 item came."


def test_good_connection_without_an_order_is_ok(sandbox: SandboxServer) -> None:
    found = steps()

    assert states(found) == ["ok"] * 11
    assert "Give a customer id" in found["items"].advice


def test_each_check_fetches_a_token_of_its_own_and_keeps_none(erc: StubErc) -> None:
    steps()
    steps()

    assert len(erc.token_asked) == 2


@pytest.mark.parametrize(
    ("token_url", "base_url", "words"),
    [
        ("https://acme.talkdeskid.eu/oauth/token", "https://api.talkdeskapp.com", "https://api.talkdeskapp.eu"),
        ("https://acme.talkdeskidca.com/oauth/token", "https://api.talkdeskapp.eu", "api.talkdeskappca.com"),
        ("https://ACCOUNT.talkdeskid.com/oauth/token", "https://api.talkdeskapp.com", "name of your account"),
    ],
)
def test_settings_that_cannot_be_right_are_told(
    settings: Settings, token_url: str, base_url: str, words: str
) -> None:
    settings.ERC_TOKEN_URL, settings.ERC_API_BASE_URL = token_url, base_url

    found = steps()

    assert states(found) == ["failed"] + ["skipped"] * 10
    assert words in found["settings"].advice


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(401, {"error": "invalid_client"}), "ERC_CLIENT_ID"),
        (Reply(401, {"error": "unauthorized"}), "some minutes"),
        (Reply(400, {"error": "invalid_scope"}), "Add the scope erc-ecommerce-connections-orders:read"),
        (Reply(404), "account’s name"),
        (Reply(200, b"<html>", headers={"Content-Type": "text/html"}), "another server"),
        (Reply(500), "ask the provider"),
        (Reply(429), "Wait a little"),
        (Reply(200, {"access_token": "t", "expires_in": 600, "scope": "other:read"}), "Add the scope"),
        (Reply(wire=lambda handler: handler.connection.close()), "firewall"),
    ],
)
def test_token_that_is_refused_says_what_to_do(erc: StubErc, reply: Reply, words: str) -> None:
    erc.token = lambda _asked: reply

    found = steps()

    assert states(found) == ["ok"] * 3 + ["failed"] + ["skipped"] * 7
    assert words in found["token"].advice


API_404 = {"code": "E-1", "message": "not found"}


@pytest.mark.parametrize(
    ("reply", "ids", "state", "words"),
    [
        (Reply(404, API_404), ("", ""), "ok", "Give a customer id"),
        (Reply(404, API_404), ("C", "O"), "failed", "Check both ids"),
        (Reply(404, b"<html>"), ("", ""), "failed", "Early Access"),
        (Reply(403, API_404), ("C", "O"), "failed", "Early Access"),
        (Reply(401), ("", ""), "failed", "region"),
        (Reply(400, API_404), ("", ""), "ok", "Give a customer id"),
        (Reply(400, API_404), ("C", "O"), "failed", "Check both ids"),
        (Reply(500), ("", ""), "failed", "ask the provider"),
        (Reply(429), ("", ""), "failed", "Wait a little"),
        (Reply(302, headers={"Location": "/login"}), ("", ""), "failed", "another server"),
        (Reply(content=b"{"), ("", ""), "failed", "another server"),
        (Reply(content=page(item(), {"id": 1})), ("C", "O"), "warning", "could not be read"),
    ],
)
def test_items_say_what_is_missing(
    erc: StubErc, reply: Reply, ids: tuple[str, str], state: str, words: str
) -> None:
    erc.answers(reply)

    found = steps(*ids)["items"]

    assert found.state == state
    assert words in found.advice


def test_check_is_neither_stopped_nor_remembered_by_the_portals_own_policy(erc: StubErc) -> None:
    erc.answers(Reply(429, headers={"Retry-After": "3600"}), Reply(404, API_404))

    first, second = steps()["items"], steps()["items"]

    assert (first.state, second.state) == ("failed", "ok")


def test_nothing_secret_is_said_or_logged(erc: StubErc, settings: Settings, log: Lines) -> None:
    settings.ERC_CLIENT_SECRET = "secret-planted"
    erc.token = lambda _asked: Reply(content=erc.token_answer(access_token="token-planted"))
    erc.items = lambda asked: Reply(400, {"code": "x", "message": f"{asked.headers} secret-planted"})

    found = steps("C-planted", "O-planted")

    assert "planted" not in str(found)
    assert not [line for line in log.lines if "planted" in line]
