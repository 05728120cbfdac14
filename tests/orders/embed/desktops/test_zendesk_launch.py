"""A Zendesk agent's launch: once, in their own Zendesk only, and without a trace of its token."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from orders.embed import sessions
from orders.embed.registry import registry
from orders.models import AccessLogEntry
from tests.support.launching import public_pem, rsa_key
from tests.support.log_lines import Lines
from tests.support.pages import HTMX, one, soup
from tests.support.panels import fed, policy, refused
from tests.support.stub_erc import StubErc
from tests.support.zendesk import CONTEXT, LAUNCH, ORIGIN, desktop, launched, token

FRAME = {"Sec-Fetch-Dest": "iframe"}


@pytest.fixture(autouse=True)
def _zendesk(settings: Settings) -> None:
    settings.EMBED_HOSTS = [desktop()]
    registry.cache_clear()


def opened(client: Client) -> str:
    """The panel's token of a fresh launch."""
    return str(one(soup(launched(client)), "#panel")["data-embed-token"])


def test_launch_waits_for_the_script_to_tell_the_customer(client: Client) -> None:
    response = launched(client, Origin=ORIGIN, **FRAME)

    panel = one(soup(response), "#panel")
    assert response.status_code == 200
    assert (panel["data-context"], panel["data-launch"]) == (CONTEXT, LAUNCH)
    assert json.loads(str(panel["data-sources"]))["customer_id"] == desktop()["customer_from"]
    assert "data-customer-id" not in panel.attrs
    assert soup(response).select(".skeleton")
    assert policy(response) == ORIGIN
    assert response["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in response


def test_panel_loads_the_script_of_its_kind_alone(client: Client) -> None:
    scripts = [str(script["src"]) for script in soup(launched(client)).select("script[src*='embed/']")]

    assert [name.rpartition("/")[2] for name in scripts] == ["panel.js", "contact.js", "zendesk.js"]


def test_told_customer_is_looked_up_for_the_agent_of_the_token(client: Client, erc: StubErc) -> None:
    response = client.post(
        CONTEXT, {"customer_id": "C-1", "order_id": "O-1"}, headers={**HTMX, "Embed-Token": opened(client)}
    )
    shown = fed(client, response[sessions.HEADER], customer_id="C-1", order_id="O-1")

    entry = AccessLogEntry.objects.latest("pk")
    assert shown.status_code == 200
    assert (entry.agent, entry.host, entry.proof) == ("4711", "zd", "told")


def test_waiting_panel_opens_nothing(client: Client, erc: StubErc) -> None:
    response = fed(client, opened(client), customer_id="C-1", order_id="O-1")

    assert refused(response) == "session-other-order"
    assert erc.everything_asked == []


def test_token_opens_the_panel_once_however_it_is_spelled(client: Client) -> None:
    text = token()

    responses = [launched(client, text), launched(client, text), launched(client, f"{text}==")]

    assert [response.status_code for response in responses] == [200, 401, 401]
    assert [refused(response) for response in responses[1:]] == ["launch-replayed"] * 2


@pytest.mark.parametrize(
    "query",
    [
        "?origin=https://attacker.example&app_guid=g",
        f"?origin={ORIGIN}&origin=https://attacker.example",
        f"?origin=https://attacker.example&origin={ORIGIN}",
        f"?origin={ORIGIN}.attacker.example",
        "?origin=https://attacker.example/?.zendesk.com",
        "?origin=",
        "?origin=null",
    ],
)
def test_evil_origin_in_the_address_is_refused_and_leaves_the_token_unused(
    client: Client, log: Lines, query: str
) -> None:
    text = token()

    response = launched(client, text, query)

    (entry,) = log.entries("embed refused")
    assert (refused(response), response.status_code, entry["code"]) == ("launch-origin", 403, "launch-origin")
    assert str(entry["reason"]).startswith("the address names the origin ")
    assert policy(response) == ORIGIN
    assert launched(client, text).status_code == 200


def test_page_of_another_origin_is_refused(client: Client) -> None:
    assert refused(launched(client, Origin="https://attacker.example")) == "launch-origin"


@pytest.mark.parametrize("path", [LAUNCH, f"{LAUNCH}?origin={ORIGIN}&app_guid=g", "/embed/zd/"])
def test_address_that_comes_without_a_token_says_to_switch_signed_urls_on(
    client: Client, log: Lines, path: str
) -> None:
    response = client.get(path, headers=FRAME)

    (entry,) = log.entries("embed refused")
    alert = one(soup(response), "[role=alert]")
    assert (response.status_code, entry["code"]) == (403, "launch-unsigned")
    assert alert["data-error"] == "launch-unsigned"
    assert "signedUrls" in alert.get_text()
    assert policy(response) == ORIGIN


def test_other_desktops_are_not_told_of_signed_urls(client: Client, settings: Settings) -> None:
    settings.EMBED_HOSTS = [
        {
            "slug": "zd",
            "kind": "salesforce",
            "origins": [ORIGIN],
            "organization": "00D000000000001",
            "secrets": [{"kid": "a", "secret": "s"}],
            "customer_from": ["parameters.customer_id"],
        }
    ]
    registry.cache_clear()

    response = client.get(LAUNCH)

    assert refused(response) == "launch-unsigned"
    assert "signedUrls" not in response.content.decode()


def test_launch_of_a_desktop_that_signs_none_is_no_page(client: Client, settings: Settings) -> None:
    settings.EMBED_HOSTS = [
        {"slug": "zd", "kind": "address", "origins": [ORIGIN], "customer_from": ["query.customer"]}
    ]
    registry.cache_clear()

    assert client.get(LAUNCH).status_code == 404
    assert client.post(LAUNCH, {"token": "x"}).status_code == 404


def test_key_that_is_replaced_or_an_agent_that_is_revoked_ends_the_panel(
    client: Client, settings: Settings
) -> None:
    embed = opened(client)

    settings.EMBED_HOSTS = [desktop(revoked_agents=["4711"])]
    registry.cache_clear()
    revoked = fed(client, embed, customer_id="C-1")
    settings.EMBED_HOSTS = [
        desktop(keys=[{"kid": "new", "algorithm": "RS256", "public_key": public_pem(rsa_key())}])
    ]
    registry.cache_clear()
    replaced = fed(client, embed, customer_id="C-1")

    assert (refused(revoked), refused(replaced)) == ("agent-off", "launch-unknown-key")


def test_no_token_and_no_id_reaches_the_log_or_a_page(client: Client, erc: StubErc, log: Lines) -> None:
    users = f"{ORIGIN}/api/v2/users"
    text = token(planted="planted")
    responses = [launched(client, text), launched(client, text)]
    embed = str(one(soup(responses[0]), "#panel")["data-embed-token"])

    wrong: list[dict[str, Any]] = [
        {"iss": "planted.zendesk.com"},
        {"aud": "planted"},
        {"sub": f"{users}/planted.json"},
        {"context": {"product": "planted", "location": "planted"}},
        {"locale": "planted", "sub": "planted"},
    ]
    responses += [
        *(launched(client, token(**changes)) for changes in wrong),
        launched(client, token(headers={"kid": "planted"})),
        launched(client, text[:-9]),
        client.get(f"{LAUNCH}?token={text}&origin={ORIGIN}"),
        client.post(CONTEXT, {"email": "planted@post.example"}, headers={**HTMX, "Embed-Token": embed}),
    ]

    assert len(log.entries("embed refused")) == 9
    pages = [response.content.decode() for response in responses]
    for secret in ("planted", text, text[20:60], text[-60:-20]):
        assert not [line for line in log.lines if secret in line]
        assert not [page for page in pages if secret in page]
