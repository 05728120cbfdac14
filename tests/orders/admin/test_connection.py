"""The admin page that checks the connection."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from orders.erc import CallContext
from orders.erc.deadline import Deadline
from orders.erc.errors import NotAllowed
from orders.erc.paths import EndpointName
from orders.erc.query import OrdersQuery
from orders.lookup.cached_pages import cached_pages
from tests.support.pages import soup, text
from tests.support.staff import staff
from tests.support.stub_erc import Reply, StubErc

PAGE = "/admin/connection/"


def test_page_shows_the_steps(db: None, erc: StubErc) -> None:
    erc.token = lambda _asked: Reply(401, {"error": "<b>invalid_client"})
    engineer = staff("engineer")

    before = engineer.get(PAGE)
    response = engineer.post(PAGE, {"customer_id": "", "order_id": ""})

    rows = {row["data-step"]: row["data-state"] for row in soup(response).select("[data-step]")}
    assert not soup(before).select("[data-step]")
    assert list(rows.values()) == ["ok"] * 3 + ["failed"] + ["skipped"] * 7
    assert not soup(response).select("[data-step] b")


def refuse_orders(erc: StubErc) -> None:
    """Have the portal learn that the account has no search for orders."""
    erc.answers_at("orders", Reply(403, {"code": "E-1", "message": "no"}))
    with pytest.raises(NotAllowed):
        cached_pages().get(OrdersQuery(search="1"), CallContext(Deadline(3), "correlation-1"))


@pytest.mark.parametrize("ids", [{"customer_id": "C-1"}, {"customer_id": "..", "order_id": "O"}])
def test_page_refuses_ids_that_cannot_be(db: None, erc: StubErc, ids: dict[str, Any]) -> None:
    response = staff("engineer").post(PAGE, ids)

    assert response.status_code == 400
    assert erc.token_asked == []


@pytest.mark.parametrize("role", ["agent", "supervisor"])
def test_page_is_the_engineers(db: None, erc: StubErc, role: str) -> None:
    client: Client = staff(role)

    assert client.post(PAGE).status_code == 403
    assert erc.token_asked == []


def test_page_shows_what_is_not_offered_and_offers_it_again(db: None, erc: StubErc) -> None:
    engineer = staff("engineer")
    before = soup(engineer.get(PAGE))
    refuse_orders(erc)

    during = soup(engineer.get(PAGE))
    again = engineer.post(PAGE, {"offer_again": ""})

    assert not before.select("[data-missing]")
    assert "Agents cannot find an order by its number alone." in text(during, "[data-missing] li")
    assert re.search(r"Until \d\d:\d\d", text(during, "[data-missing] li"))
    assert (again.status_code, again["Location"]) == (302, PAGE)
    assert cached_pages().missing.names() == frozenset()
    assert erc.token_asked == erc.token_asked[:1]


@pytest.mark.parametrize("role", ["agent", "supervisor"])
def test_offering_again_is_the_engineers(db: None, erc: StubErc, role: str) -> None:
    refuse_orders(erc)

    assert staff(role).post(PAGE, {"offer_again": ""}).status_code == 403
    assert cached_pages().missing.names() == {EndpointName.ORDERS}
