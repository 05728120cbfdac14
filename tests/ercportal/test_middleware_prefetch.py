"""Only what an agent asks for is looked up: no part of another page, and nothing that a browser loads ahead."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django.fixtures import Settings

from orders.models import AccessLogEntry, ApiExchange
from tests.support.launching import AUDIENCE, host
from tests.support.pages import HTMX, LOOKUP
from tests.support.panels import OWN, embed_token
from tests.support.stub_erc import StubErc

PARTS = [
    "image",
    "iframe",
    "frame",
    "fencedframe",
    "embed",
    "object",
    "script",
    "style",
    "font",
    "audio",
    "video",
    "track",
    "manifest",
    "worker",
    "sharedworker",
    "serviceworker",
    "audioworklet",
    "paintworklet",
    "report",
    "xslt",
    "json",
    "webidentity",
    "Image",
    "nonsense",
]


@pytest.fixture
def everybody(db: None, erc: StubErc, settings: Settings) -> Client:
    """Someone who may do everything that staff may."""
    settings.EMBED_HOSTS, settings.EMBED_AUDIENCE = [host()], AUDIENCE
    user = User.objects.create_user("all", is_staff=True)
    user.groups.set(Group.objects.all())
    client = Client()
    client.force_login(user)
    return client


def refused(response: Any, erc: StubErc) -> bool:
    """Whether the answer is a refusal that left nothing behind and asked nobody."""
    assert erc.asked == []
    assert not AccessLogEntry.objects.exists()
    assert not ApiExchange.objects.exists()
    return bool(response.status_code == 403 and "inside another page" in response.content.decode())


@pytest.mark.parametrize("destination", PARTS)
def test_look_up_as_a_part_of_a_page_is_refused(everybody: Client, erc: StubErc, destination: str) -> None:
    response = everybody.get("/orders/", LOOKUP, headers={"Sec-Fetch-Dest": destination})

    assert refused(response, erc)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "No-Cors"},
        {"Sec-Fetch-Mode": "websocket"},
        {"Sec-Fetch-Dest": "document", "Sec-Purpose": "prefetch"},
        {"Sec-Fetch-Dest": "document", "Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Purpose": "preview"},
        {"X-Moz": "prefetch"},
    ],
)
def test_look_up_that_nobody_waits_for_is_refused(
    everybody: Client, erc: StubErc, headers: dict[str, str]
) -> None:
    assert refused(everybody.get("/orders/", LOOKUP, headers=headers), erc)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "cors", **HTMX},
        {"Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "same-origin"},
        {"Sec-Fetch-Dest": " Document "},
        {"Sec-Fetch-Dest": ""},
        HTMX,
    ],
)
def test_look_up_of_an_agent_is_answered(everybody: Client, erc: StubErc, headers: dict[str, str]) -> None:
    response = everybody.get("/orders/", LOOKUP, headers=headers)

    assert response.status_code == 200
    assert AccessLogEntry.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "/orders/?customer_id=C-1&order_id=O-1&pages=25&limit=1&refresh=1",
        "/orders/?within=customer_id%3DC-1%26order_id%3DO-1",
        "/find/",
        "/admin/inspector/?customer_id=C-1&order_id=O-1",
        "/admin/orders/accesslogentry/export/",
        "/admin/orders/apiexchange/",
    ],
)
@pytest.mark.parametrize("destination", ["image", "iframe", "script"])
def test_page_behind_the_sign_in_is_no_part_of_another(
    everybody: Client, erc: StubErc, address: str, destination: str
) -> None:
    assert refused(everybody.get(address, headers={"Sec-Fetch-Dest": destination}), erc)


@pytest.mark.parametrize("destination", ["image", "iframe", "object"])
def test_panels_look_up_as_a_part_of_a_page_is_refused(everybody: Client, erc: StubErc, destination: str) -> None:
    headers = {**HTMX, "Embed-Token": embed_token(everybody)}

    response = everybody.get("/embed/orders/", OWN, headers={**headers, "Sec-Fetch-Dest": destination})

    assert refused(response, erc)
    assert everybody.get("/embed/orders/", OWN, headers={**headers, "Sec-Fetch-Dest": "empty"}).status_code == 200


@pytest.mark.parametrize("address", ["/embed/customers/", "/embed/found/"])
def test_panels_list_and_search_as_a_part_of_a_page_are_refused(
    everybody: Client, erc: StubErc, address: str
) -> None:
    sought = {"customer_id": None, "email": "a@mail.example"} if address == "/embed/found/" else {}
    headers = {**HTMX, "Embed-Token": embed_token(everybody, order_id=None, **sought)}

    response = everybody.get(address, headers={**headers, "Sec-Fetch-Dest": "image"})

    assert refused(response, erc)
    assert everybody.get(address, headers={**headers, "Sec-Fetch-Dest": "empty"}).status_code == 200


def test_connection_check_as_a_part_of_a_page_is_refused(everybody: Client, erc: StubErc) -> None:
    response = everybody.post("/admin/connection/", LOOKUP, headers={"Sec-Fetch-Dest": "iframe"})

    assert refused(response, erc)
    assert erc.token_asked == []


@pytest.mark.parametrize(
    ("address", "destination"),
    [
        ("/admin/jsi18n/", "script"),
        ("/favicon.ico", "image"),
        ("/login/", "iframe"),
        ("/healthz", "image"),
    ],
)
def test_part_that_looks_nothing_up_is_answered(everybody: Client, address: str, destination: str) -> None:
    response = everybody.get(address, headers={"Sec-Fetch-Dest": destination})

    assert response.status_code in (200, 302)


def test_part_of_a_page_keeps_no_sign_in_alive(everybody: Client, settings: Settings) -> None:
    session = everybody.session
    session["sign_in_seen"] = seen = session["sign_in_seen"] - 600
    session.save()

    everybody.get("/orders/", headers={"Sec-Fetch-Dest": "image"})

    assert everybody.session["sign_in_seen"] == seen
