"""The order above its items, in the panel."""

from __future__ import annotations

from django.test import Client

from tests.support.family import order, recent_order
from tests.support.pages import ids, soup, text
from tests.support.panels import OWN, embed_token, fed
from tests.support.stub_erc import Reply, StubErc, error


def test_order_stands_above_its_items_in_the_panel(client: Client, erc: StubErc, patient: None) -> None:
    erc.answers_at("order", Reply(content=order(number="#Y34DHR")))
    erc.answers_at("recent_order", Reply(content=recent_order()))

    html = soup(fed(client, embed_token(client), **OWN))

    assert text(html, "[data-order] [data-order-number]") == "#Y34DHR"
    assert text(html, "[data-order-total]") == "€14.00"
    assert len(html.select("ol[data-history] li")) == 2
    assert ids(html) == ["item-1"]


def test_order_that_fails_leaves_the_items_in_the_panel(client: Client, erc: StubErc) -> None:
    erc.answers_at("order", Reply(500))

    html = soup(fed(client, embed_token(client), **OWN))

    assert "cannot be shown now" in text(html, "[data-order-missing]")
    assert ids(html) == ["item-1"]


def test_panel_that_may_not_see_an_order_asks_for_nothing(client: Client, erc: StubErc) -> None:
    erc.answers_at("order", error(404, "not_found"))

    response = fed(client, embed_token(client), customer_id="C-2", order_id="O-1")

    assert response.status_code == 403
    assert erc.family_asked == []
