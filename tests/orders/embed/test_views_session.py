"""The embed session: bound, short, renewed by use, ended at once."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from pytest_django.fixtures import Settings

from orders.embed.registry import registry
from tests.support.launching import host, rsa_host, token
from tests.support.pages import HTMX, one, soup
from tests.support.panels import OWN, embed_token, fed, launched, refused
from tests.support.stub_erc import Reply, StubErc, item, page


@pytest.mark.parametrize(
    ("embed", "code"),
    [
        ("", "session-missing"),
        ("forged", "session-forged"),
        (signing.dumps({"customer_id": "C-1"}), "session-forged"),
        (signing.dumps({"customer_id": "C-1"}, salt="orders.embed.session"), "session-forged"),
    ],
    ids=["none", "forged", "another of the portal's signatures", "not a session"],
)
def test_items_need_an_embed_token(client: Client, erc: StubErc, embed: str, code: str) -> None:
    response = fed(client, embed, **OWN)

    assert (response.status_code, refused(response)) == (401, code)
    assert erc.asked == []


def test_launch_token_is_no_embed_token(client: Client, erc: StubErc) -> None:
    assert fed(client, token(), **OWN).status_code == 401


def test_embed_token_works_in_the_header_only(client: Client, erc: StubErc) -> None:
    embed = embed_token(client)
    client.cookies["Embed-Token"] = embed

    response = client.get("/embed/orders/", {**OWN, "Embed-Token": embed, "embed_token": embed})

    assert response.status_code == 401


def test_portals_sign_in_gives_the_panel_nothing(browser: Client, erc: StubErc) -> None:
    response = browser.get("/embed/orders/", OWN, headers=HTMX)

    assert response.status_code == 401
    assert erc.asked == []


def test_panel_gives_the_portal_no_sign_in(client: Client, erc: StubErc) -> None:
    embed = embed_token(client)

    response = client.get("/orders/", OWN, headers={"Embed-Token": embed})

    assert response.status_code == 302
    assert response["Location"].startswith("/login/")


def test_embed_token_expires_and_is_renewed_by_use(
    client: Client, erc: StubErc, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMBED_TOKEN_SECONDS = 900
    embed = embed_token(client)
    start = time.time()

    monkeypatch.setattr(time, "time", lambda: start + 800)
    renewed = fed(client, embed, **OWN)["Embed-Token"]
    monkeypatch.setattr(time, "time", lambda: start + 1000)

    assert refused(fed(client, embed, **OWN)) == "session-expired"
    assert fed(client, renewed, **OWN).status_code == 200


def test_embed_token_is_not_renewed_by_what_the_page_asks_for_by_itself(
    client: Client, erc: StubErc, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMBED_TOKEN_SECONDS = 900
    embed = embed_token(client)
    start = time.time()

    monkeypatch.setattr(time, "time", lambda: start + 800)
    given = fed(client, embed, **OWN, quiet="1")["Embed-Token"]
    monkeypatch.setattr(time, "time", lambda: start + 1000)

    assert refused(fed(client, given, **OWN)) == "session-expired"


def test_session_ends_however_much_it_is_used(
    client: Client, erc: StubErc, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMBED_TOKEN_SECONDS, settings.EMBED_SESSION_SECONDS = 900, 3600
    embed = embed_token(client)
    start = time.time()
    lasted = 0
    for elapsed in range(300, 7200, 300):
        monkeypatch.setattr(time, "time", lambda elapsed=elapsed: start + elapsed)
        response = fed(client, embed, **OWN)
        if response.status_code != 200:
            break
        embed, lasted = response["Embed-Token"], elapsed

    assert refused(response) == "session-expired"
    assert lasted == 3300


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (lambda: [host(enabled=False)], "host-off"),
        (lambda: [rsa_host()], "host-off"),
        (lambda: [host(revoked_agents=["agent-7"])], "agent-off"),
        (lambda: [host(keys=host()["keys"][1:])], "launch-unknown-key"),
    ],
    ids=["host off", "host gone", "agent off", "key gone"],
)
def test_revoking_works_at_once(client: Client, erc: StubErc, settings: Settings, changed: Any, code: str) -> None:
    embed = embed_token(client)
    settings.EMBED_HOSTS = changed()
    registry.cache_clear()

    response = fed(client, embed, **OWN)

    assert (response.status_code, refused(response)) == (403, code)
    assert erc.asked == []


def test_times_are_in_the_zone_of_the_launch(client: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page(item(deliveries=[{"id": "d", "shipping_date": "2026-07-01T10:00:00Z"}]))))

    for zone, shown in (
        ("Europe/Berlin", "12:00"),
        ("Not/AZone", "10:00"),
        ("../etc/passwd", "10:00"),
    ):
        response = fed(client, embed_token(client, zone=zone), **OWN)
        assert shown in " ".join(soup(response).get_text(" ").split())


@pytest.mark.parametrize("locale", ["pt-BR", "pt_BR", "pt-br", "PT_br"])
def test_language_of_the_launch_is_understood_as_desktops_write_it(client: Client, locale: str) -> None:
    assert one(soup(launched(client, token(locale=locale))), "#panel")["lang"] == "pt-br"


def test_refusal_has_the_language_and_theme_of_the_launch(client: Client) -> None:
    spent = token(locale="de", theme="dark")
    launched(client, spent)

    panel = one(soup(launched(client, spent)), "#panel")

    assert (panel["lang"], panel["data-theme"]) == ("de", "dark")
    assert "muss neu geöffnet werden" in panel.get_text()


def test_refusal_of_a_request_has_the_language_of_the_launch(
    client: Client, erc: StubErc, monkeypatch: pytest.MonkeyPatch
) -> None:
    embed = embed_token(client, locale="de")

    other = fed(client, embed, customer_id="C-2")
    start = time.time()
    monkeypatch.setattr(time, "time", lambda: start + 4000)
    late = fed(client, embed, **OWN)

    assert (refused(other), refused(late)) == ("session-other-order", "session-expired")
    assert "für einen anderen Kunden" in soup(other).get_text()
    assert "muss neu geöffnet werden" in soup(late).get_text()


@pytest.mark.parametrize("locale", ["en", "xx", "x" * 3000, "../de"])
def test_language_of_the_launch_is_taken_where_the_portal_speaks_it(client: Client, locale: str) -> None:
    assert one(soup(launched(client, token(locale=locale))), "#panel")["lang"] == "en"
