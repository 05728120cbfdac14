"""The items in the panel: the same cards, for the one order that the embed token is bound to."""

from __future__ import annotations

import gzip
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client
from pytest_django.fixtures import Settings

from orders.lookup.bulkhead import bulkhead
from tests.support.launching import token
from tests.support.pages import HTMX, ids, many, one, soup
from tests.support.panels import OWN, embed_token, fed, launched, refused
from tests.support.stub_erc import Reply, StubErc


def test_items_come_as_the_portals_own_cards_with_links_of_the_panel(client: Client, erc: StubErc) -> None:
    erc.items = many(45)

    response = fed(client, embed_token(client), **OWN)

    html = soup(response)
    assert response.status_code == 200
    assert len(ids(html)) == 20
    links = [str(link["hx-get"]) for link in html.select("[hx-get]")]
    assert links
    assert all(link.startswith("/embed/orders/") for link in links)
    assert not html.select("a[href^='/orders/']")
    assert response["HX-Push-Url"] == "false"


def test_load_more_follows_the_cursor_to_the_end(client: Client, erc: StubErc) -> None:
    erc.items = many(45)
    embed = embed_token(client)
    response = fed(client, embed, **OWN)
    found = ids(soup(response))

    while link := soup(response).select_one("[data-load-more]"):
        response = fed(client, response["Embed-Token"], str(link["hx-get"]))
        found += ids(soup(response))

    assert found == [f"i{number}" for number in range(45)]


@pytest.mark.parametrize(
    ("reply", "status", "kind"),
    [(Reply(404), 404, "not_found"), (Reply(500), 503, "unavailable"), (Reply(429), 429, "rate_limited")],
)
def test_failure_of_the_api_is_told_inside_the_panel(
    client: Client, erc: StubErc, reply: Reply, status: int, kind: str
) -> None:
    erc.answers(reply)

    response = fed(client, embed_token(client), **OWN)

    assert response.status_code == status
    assert refused(response) == kind
    assert response["Embed-Token"]


def test_list_is_narrowed_at_an_address_that_names_each_parameter_once(client: Client, erc: StubErc) -> None:
    embed = embed_token(client)

    response = fed(client, embed, within="customer_id=C-1&order_id=O-1&limit=20", brand="Halden")

    assert response.status_code == 302
    address = "/embed/orders/?customer_id=C-1&order_id=O-1&limit=20&brand=Halden"
    assert response["Location"] == address
    assert response["Referrer-Policy"] == "no-referrer"
    assert fed(client, embed, address).status_code == 200
    assert [asked.query["brand"] for asked in erc.asked] == ["Halden"]


def test_list_is_not_narrowed_for_a_person_without_a_session(client: Client, erc: StubErc) -> None:
    response = client.get("/embed/orders/", {"within": "customer_id=C-1&order_id=O-1"}, headers=HTMX)

    assert response.status_code == 401
    assert erc.asked == []


def test_input_error_is_told_inside_the_panel(client: Client, erc: StubErc) -> None:
    embed = embed_token(client, order_id=None)

    response = fed(client, embed, customer_id="C-1", order_id="")

    assert (response.status_code, refused(response)) == (400, "bad_request")


@pytest.mark.parametrize(
    "parameters",
    [
        {"customer_id": "C-2", "order_id": "O-1"},
        {"customer_id": "C-2"},
        {"customer_id": "", "order_id": "O-1"},
        {"customer_id": "c-1", "order_id": "O-1"},
        {"customer_id": "C-1/../C-2", "order_id": "O-1"},
        {"customer_id": "C-1", "order_id": "O-2"},
        {"customer_id": "C-1", "order_id": ""},
        {"order_id": "O-2"},
        {"cursor": "at-20"},
        {"cursor": "at-20", "trail": "forged"},
        {"cursor": "at-20", "refresh": "1"},
    ],
)
def test_embed_token_opens_nothing_but_its_own_order(
    client: Client, erc: StubErc, parameters: dict[str, str]
) -> None:
    response = fed(client, embed_token(client), **parameters)

    assert (response.status_code, refused(response)) == (403, "session-other-order")
    assert erc.asked == []
    assert "Embed-Token" not in response


def test_cursor_of_another_order_is_refused(client: Client, erc: StubErc) -> None:
    erc.items = many(45)
    embed = embed_token(client, order_id=None)
    first = one(soup(fed(client, embed, customer_id="C-1", order_id="O-1")), "[data-load-more]")
    link = parse_qs(urlsplit(str(first["hx-get"])).query)
    asked = len(erc.asked)
    moved = {name: values[0] for name, values in link.items()}

    for changes in ({"order_id": "O-2"}, {"order_by": "price:asc"}, {"cursor": "at-40"}):
        response = fed(client, embed, **{**moved, **changes})
        assert (response.status_code, refused(response)) == (403, "session-other-order")

    assert len(erc.asked) == asked


def test_launch_without_an_order_opens_each_order_of_the_customer(client: Client, erc: StubErc) -> None:
    embed = embed_token(client, order_id=None)

    statuses = [fed(client, embed, order_id=order_id).status_code for order_id in ("O-1", "O-2")]

    assert statuses == [200, 200]
    assert [asked.path.split("/")[-2] for asked in erc.asked] == ["O-1", "O-2"]


@pytest.mark.parametrize("session", ["x" * 32, "short", ""], ids=["plausible", "too short", "empty"])
def test_no_answer_sets_a_cookie_or_reads_one(
    client: Client, erc: StubErc, monkeypatch: pytest.MonkeyPatch, session: str
) -> None:
    def read(_session: SessionBase) -> None:
        pytest.fail("the session was read")

    monkeypatch.setattr(SessionBase, "_session", property(read))
    erc.items = many(45)
    client.cookies["sessionid"] = session
    client.cookies["csrftoken"] = "x" * 32
    launch = launched(client)
    embed = str(one(soup(launch), "#panel")["data-embed-token"])

    answers = [
        launch,
        launched(client, "forged"),
        client.get("/embed/"),
        client.get("/embed/", {"token": token()}),
        client.get("/embed/nothing"),
        client.get("/embed/launch"),
        client.post("/embed/orders/"),
        fed(client, embed, **OWN),
        fed(client, "forged", **OWN),
        fed(client, embed, customer_id="C-2"),
        fed(client, embed_token(client, order_id=None), "/embed/customers/"),
        client.post("/embed/customers/", {"search": "1"}, headers={**HTMX, "Embed-Token": embed}),
        searching := fed(
            client, embed_token(client, customer_id=None, order_id=None, phone="+351910000009"), "/embed/found/"
        ),
        client.post("/embed/find/", {"q": "x"}, headers={**HTMX, "Embed-Token": searching["Embed-Token"]}),
    ]

    for answer in answers:
        assert "Set-Cookie" not in answer
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")


def test_every_answer_keeps_its_address_to_itself_and_out_of_caches(client: Client, erc: StubErc) -> None:
    spent = token()
    embed = embed_token(client)

    answers = [client.get("/embed/", {"token": spent}), launched(client, spent), fed(client, embed, **OWN)]

    for answer in answers:
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store, private"
        assert spent not in answer.content.decode()


def test_first_load_is_hardly_larger_than_the_portals(browser: Client, client: Client, erc: StubErc) -> None:
    def weight(response: Any) -> int:
        content = response.content.decode()
        addresses = re.findall(r'<(?:link rel="stylesheet" href|script src)="/static/([^"]+)"', content)
        assert addresses
        parts = [response.content]
        for address in addresses:
            answer = browser.get(f"/static/{address}")
            parts.append(b"".join(answer.streaming_content) if answer.streaming else answer.content)  # type: ignore[attr-defined]
        return sum(len(gzip.compress(part)) for part in parts)

    portal, panel = browser.get("/orders/", OWN), launched(client)

    assert weight(panel) - weight(portal) < 10_000


def test_look_up_in_a_crowd_is_refused_in_the_panel_in_place(
    client: Client, erc: StubErc, settings: Settings
) -> None:
    settings.LOOKUPS_AT_ONCE = 1
    embed = embed_token(client)

    with bulkhead().place("somebody"):
        response = fed(client, embed, **OWN)

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert refused(response) == "unavailable"
    assert erc.asked == []


def test_order_id_is_freed_of_what_came_with_it_before_it_is_allowed(client: Client, erc: StubErc) -> None:
    response = fed(client, embed_token(client), customer_id="C-1", order_id="“O-1\u200b”")

    assert response.status_code == 200
    assert "/customers/C-1/orders/O-1/" in erc.asked[-1].path


def test_embed_token_of_a_customer_in_quotes_opens_nothing_of_the_one_without(
    client: Client, erc: StubErc
) -> None:
    response = fed(client, embed_token(client, customer_id='"C-1"'))

    assert (response.status_code, refused(response)) == (403, "session-other-order")
    assert erc.asked == []
