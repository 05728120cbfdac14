"""What the log says of launches, and what it never says."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.support.launching import token
from tests.support.log_lines import Lines
from tests.support.panels import embed_token, fed, launched
from tests.support.stub_erc import Reply, StubErc


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("path", ["/embed/nothing", "/embed/launch/", "/embed/orders"])
def test_mistyped_address_keeps_the_token_in_it_to_itself(
    client: Client, settings: Settings, debug: bool, path: str
) -> None:
    settings.DEBUG = debug

    response = client.get(path, {"token": "planted"})

    assert response.status_code == 404
    assert "planted" not in response.content.decode()
    assert response["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in response


@pytest.mark.parametrize(
    ("claims", "code"), [({"aud": "elsewhere"}, "launch-audience"), ({"jti": None}, "launch-claims")]
)
def test_refused_launch_is_logged_with_its_code_and_host(
    client: Client, log: Lines, claims: dict[str, str | None], code: str
) -> None:
    response = launched(client, token(**claims))

    (entry,) = log.entries("embed refused")
    assert (entry["level"], entry["code"], entry["issuer"]) == ("WARNING", code, "desk")
    assert entry["correlation_id"] == response["X-Correlation-ID"]


def test_launch_from_a_page_of_another_is_logged_with_its_origin(client: Client, log: Lines) -> None:
    launched(client, Origin="https://attacker.example")

    (entry,) = log.entries("embed refused")
    assert (entry["code"], entry["issuer"]) == ("launch-origin", "desk")
    assert "https://attacker.example" in str(entry["reason"])


def test_request_beyond_the_session_is_logged_with_its_host(client: Client, erc: StubErc, log: Lines) -> None:
    fed(client, embed_token(client), customer_id="C-2")

    (entry,) = log.entries("embed refused")
    assert (entry["code"], entry["issuer"]) == ("session-other-order", "desk")


def test_launch_is_logged_with_its_host_and_key(client: Client, log: Lines) -> None:
    launched(client)

    (entry,) = log.entries("embed launched")
    assert (entry["issuer"], entry["kid"]) == ("desk", "hs")


def test_no_token_and_no_id_reaches_the_log(client: Client, erc: StubErc, settings: Settings, log: Lines) -> None:
    erc.answers(Reply(404))
    good = {"customer_id": "C-planted", "order_id": "O-planted", "sub": "agent-planted", "name": "name-planted"}
    spent = token(**good)
    embed = embed_token(client, **good)

    launched(client, spent)
    client.get("/embed/", {"token": spent})
    launched(client, token(**{**good, "aud": "planted"}))
    launched(client, token(**{**good, "iss": "planted"}))
    launched(client, token(**{**good, "customer_id": "pl\nanted"}))
    launched(client, token(headers={"kid": "planted"}))
    fed(client, embed)
    fed(client, embed, customer_id="C-planted-2")
    fed(client, embed[:-3])
    client.get("/embed/nothing", {"token": spent})

    assert len(log.entries("embed refused")) == 7
    for secret in ("planted", spent, spent[20:60], embed, embed[20:60]):
        assert not [line for line in log.lines if secret in line]
