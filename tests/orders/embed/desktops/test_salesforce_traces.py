"""The live access token that every signed request of Salesforce carries leaves no trace."""

from __future__ import annotations

import json
from base64 import b64encode

import pytest
from django.apps import apps
from django.core.cache import caches
from django.test import Client
from pytest_django.fixtures import Settings

from orders.embed import launching
from orders.embed.desktops import salesforce
from orders.embed.registry import registry
from orders.embed.sessions import read_session
from orders.models import ApiExchange
from tests.support.log_lines import Lines
from tests.support.pages import one, soup
from tests.support.panels import fed
from tests.support.salesforce import OAUTH_TOKEN, SECRET, about, content, launched, register_app, request
from tests.support.stub_erc import Reply, StubErc


@pytest.fixture(autouse=True)
def _app(settings: Settings) -> None:
    register_app(settings)


def traces(signed: str) -> list[str]:
    """What nobody may find anywhere: the access token, the secret, and the request, whole and in parts."""
    encoded = [b64encode(OAUTH_TOKEN.encode()[shift:]).decode()[4:40] for shift in range(3)]
    return [OAUTH_TOKEN, OAUTH_TOKEN[20:], "planted", SECRET, signed, signed[60:160], *encoded]


def stored() -> str:
    """All rows of all tables, as text."""
    return repr([list(model._base_manager.values_list()) for model in apps.get_models()])


def test_access_token_is_in_the_request_that_is_launched() -> None:
    assert OAUTH_TOKEN in json.dumps(content())
    assert any(part in request() for part in traces(request())[-3:])


def test_launch_and_what_follows_it_leave_no_trace_of_the_access_token(
    client: Client, erc: StubErc, log: Lines
) -> None:
    erc.answers(Reply(500))
    signed = about({"customer_id": "C-1", "order_id": "O-1"})

    response = launched(client, signed)
    embed = str(one(soup(response), "#panel")["data-embed-token"])
    shown = fed(client, embed, customer_id="C-1", order_id="O-1")
    again = launched(client, signed)
    pages = [page.content.decode() + repr(page.headers) for page in (response, shown, again)]

    assert ApiExchange.objects.exists()
    assert log.entries("embed refused")
    session = repr(read_session(embed, registry().hosts()))
    cached = repr([vars(one) for one in caches.all()])
    said = "\n".join([*pages, *log.lines, stored(), cached, session, repr([erc.asked, erc.token_asked])])
    assert [trace for trace in traces(signed) if trace in said] == []


@pytest.mark.parametrize(
    "made",
    [
        lambda: request("another secret"),
        lambda: request(organization={"organizationId": "00D5e0000099xYzEAI"}),
        lambda: request(algorithm="none"),
        lambda: about({}),
        lambda: about("{"),
        lambda: request(context=7),
        lambda: request()[:-5],
        lambda: request() + "x" * 33_000,
    ],
)
def test_refused_launch_leaves_no_trace_of_the_access_token(client: Client, log: Lines, made: object) -> None:
    assert callable(made)
    signed = made()

    response = launched(client, signed)

    assert log.entries("embed refused")
    said = "\n".join([response.content.decode(), repr(response.headers), *log.lines, stored()])
    assert [trace for trace in traces(signed) if trace in said] == []


@pytest.mark.parametrize("debug", [True, False])
def test_launch_that_breaks_reports_no_trace_of_the_access_token(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch, log: Lines, debug: bool
) -> None:
    settings.DEBUG = debug
    client.raise_request_exception = False

    def fail(*_: object) -> None:
        raise RuntimeError("broken")

    for module, name in ((salesforce, "_contact"), (launching, "consume")):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, fail)
            signed = request()

            response = launched(client, signed)

            assert response.status_code == 500
            assert any("broken" in line for line in log.lines)
            said = "\n".join([response.content.decode(), *log.lines, stored()])
            assert [trace for trace in traces(signed) if trace in said] == []
