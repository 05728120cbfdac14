"""The customer's orders in the panel: the portal's own list, for the one customer of the embed token."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from orders.models import AccessKind, AccessLogEntry
from tests.support.family import ORDERS, order, orders_page, serve_family
from tests.support.launching import token
from tests.support.pages import HTMX, one, soup
from tests.support.panels import embed_token, fed, launched, refused
from tests.support.stub_erc import Reply, StubErc

LIST = "/embed/customers/"


@pytest.fixture(autouse=True)
def _family(erc: StubErc) -> None:
    serve_family(erc)


def numbers(response: Any) -> list[str]:
    """The ids of the orders in the answer."""
    return [str(row["data-order-id"]) for row in soup(response).select("[data-order-id]")]


def test_list_is_the_portals_own_with_links_of_the_panel(client: Client, erc: StubErc) -> None:
    response = fed(client, embed_token(client, order_id=None), LIST)

    html = soup(response)
    assert response.status_code == 200
    assert numbers(response) == [f"O-{number}" for number in range(1, 8)]
    links = [str(link["hx-get"]) for link in html.select("[hx-get]")]
    assert links
    assert all(
        link.startswith(("/embed/orders/?customer_id=C-1", "/embed/customers/?customer_id=C-1")) for link in links
    )
    assert not html.select("a[href^='/orders/'], a[href^='/customers/']")
    assert response["HX-Push-Url"] == "false"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_order_of_the_list_opens_and_leads_back(client: Client, erc: StubErc) -> None:
    first = fed(client, embed_token(client, order_id=None), LIST)

    items = fed(client, first["Embed-Token"], str(soup(first).select(".order-row a")[1]["hx-get"]))

    assert items.status_code == 200
    back = str(one(soup(items), ".who a")["hx-get"])
    assert numbers(fed(client, items["Embed-Token"], back)) == numbers(first)


def test_list_goes_on_to_its_end(client: Client, erc: StubErc) -> None:
    serve_family(erc, orders=[order(f"O-{number}", f"#N{number:03}") for number in range(45)])
    response = fed(client, embed_token(client, order_id=None), LIST)
    found = numbers(response)

    while link := soup(response).select_one("[data-load-more]"):
        response = fed(client, response["Embed-Token"], str(link["hx-get"]))
        found += numbers(response)

    assert found == [f"O-{number}" for number in range(45)]


def test_list_is_narrowed_by_a_number_that_stands_in_no_address(client: Client, erc: StubErc) -> None:
    first = fed(client, embed_token(client, order_id=None), LIST)
    form = one(soup(first), "form.narrow-orders")
    headers = {**HTMX, "Embed-Token": first["Embed-Token"]}

    moved = client.post(str(form["hx-post"]), {"search": "#N003"}, headers=headers)
    narrowed = fed(client, moved["Embed-Token"], moved["Location"])

    assert moved.status_code == 302
    assert moved["Location"].startswith("/embed/customers/?customer_id=C-1&")
    assert "N003" not in moved["Location"]
    assert numbers(narrowed) == ["O-3"]


def test_only_order_of_a_customer_is_opened_at_once_and_its_list_on_demand(client: Client, erc: StubErc) -> None:
    serve_family(erc, orders=[order("O-1")])
    embed = embed_token(client, order_id=None)

    first = fed(client, embed, LIST, first="1")

    assert first.status_code == 302
    assert first["Location"] == "/embed/orders/?customer_id=C-1&order_id=O-1"
    assert fed(client, first["Embed-Token"], first["Location"]).status_code == 200
    assert numbers(fed(client, embed, LIST)) == ["O-1"]


@pytest.mark.parametrize(
    "page",
    [
        orders_page(*ORDERS[:2]),
        orders_page(ORDERS[0], next_cursor="at-1"),
        orders_page(ORDERS[0], {"order_number": "without an id"}),
        orders_page(order("O-1", customer_id=None)),
        orders_page(order("O-1", customer_id="C-2")),
        orders_page(),
    ],
    ids=["two", "more behind it", "one that cannot be read", "of nobody", "of another customer", "none"],
)
def test_list_that_may_hold_other_orders_is_shown(client: Client, erc: StubErc, page: dict[str, Any]) -> None:
    erc.answers_at("customer_orders", Reply(content=page))

    response = fed(client, embed_token(client, order_id=None), LIST, first="1")

    assert response.status_code == 200


def test_list_that_fails_says_so_and_leaves_the_look_up_of_an_order(client: Client, erc: StubErc) -> None:
    erc.answers_at("customer_orders", Reply(500))
    embed = embed_token(client, order_id=None)

    response = fed(client, embed, LIST, first="1")

    assert (response.status_code, refused(response)) == (503, "unavailable")
    assert str(one(soup(response), "[role=alert] a")["hx-get"]).startswith("/embed/customers/?customer_id=C-1")
    assert fed(client, response["Embed-Token"], "/embed/orders/", order_id="O-1").status_code == 200


def test_list_is_recorded_with_the_agent_of_the_desktop(client: Client, erc: StubErc) -> None:
    fed(client, embed_token(client, order_id=None), LIST)

    row = AccessLogEntry.objects.get()
    assert (row.kind, row.surface, row.agent, row.host) == (AccessKind.ORDERS, "embed", "agent-7", "desk")
    assert (row.customer_id, row.outcome, row.items) == ("C-1", "ok", 7)


def test_language_and_zone_of_the_launch_count_for_the_list(client: Client, erc: StubErc) -> None:
    response = fed(client, embed_token(client, order_id=None, locale="de", zone="Asia/Tokyo"), LIST)

    assert "Ende der Liste." in soup(response).get_text()
    assert "JST" in one(soup(response), ".freshness").get_text()


@pytest.mark.parametrize(
    ("claimed", "sent", "shown"),
    [({}, "Asia/Tokyo", "JST"), ({"zone": "Asia/Tokyo"}, "Europe/Berlin", "JST"), ({}, "No/Where", "UTC")],
)
def test_zone_of_the_browser_counts_where_the_launch_names_none(
    client: Client, erc: StubErc, claimed: dict[str, str], sent: str, shown: str
) -> None:
    headers = {**HTMX, "Embed-Token": embed_token(client, order_id=None, **claimed), "Time-Zone": sent}

    response = client.get("/embed/customers/", {"customer_id": "C-1"}, headers=headers)

    assert shown in one(soup(response), ".freshness").get_text()
    assert "Time-Zone" in response["Vary"]


def test_order_that_is_not_found_is_named_above_a_field_for_another(client: Client, erc: StubErc) -> None:
    panel = soup(launched(client, token(order_id=None)))
    embed = str(one(panel, "#panel")["data-embed-token"])
    erc.answers(Reply(404))

    html = soup(fed(client, embed, order_id="O-9"))

    assert "O-9" in one(html, "[role=alert] [data-asked]").get_text()
    assert one(panel, ".panel-else [name=order_id]")
