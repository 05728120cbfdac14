"""The find box where the API echoes what was typed, mixes fields up, or gives no token."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from orders.models import ApiExchange
from tests.support.family import order, orders_page, serve_family
from tests.support.pages import one, soup
from tests.support.stub_erc import Reply, StubErc, token_error


@pytest.mark.parametrize("typed", ["912345678", "Quetzalina", "ZQ7X9K"])
def test_what_was_typed_and_then_asked_for_as_an_id_is_in_no_exchange(
    browser: Client, erc: StubErc, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    rows: list[dict[str, Any]] = []
    monkeypatch.setattr(ApiExchange.objects, "bulk_create", lambda made: rows.extend(map(vars, made)))
    erc.answers_at("customers", Reply(403))
    erc.answers_at("customer", Reply(404, {"code": typed, "message": f"nobody is {typed}"}))

    browser.post("/find/", {"q": typed})

    assert [row for row in rows if row["route"].endswith("/customers/{customer_id}")]
    assert not [row for row in rows if typed in f"{row['reason']} {row['code']} {row['message']} {row['body']}"]


@pytest.mark.parametrize("typed", ["Y34DHR", "#y34dhr"])
def test_number_in_the_place_of_the_customer_leads_to_nobody(browser: Client, erc: StubErc, typed: str) -> None:
    swapped = order(customer_id="#Y34DHR", order_number="C-1")
    erc.answers_at("orders", Reply(content=orders_page(swapped)))

    response = browser.post("/find/", {"q": typed})

    row = one(soup(response), "[data-order-id]")
    assert response.status_code == 200
    assert row.select("a") == []


def test_refused_token_says_nothing_of_what_the_account_has(browser: Client, erc: StubErc) -> None:
    serve_family(erc)
    grant = erc.token
    erc.token = lambda _asked: token_error(401, "invalid_client")
    refused = browser.post("/find/", {"q": "ines@mail.example"})
    erc.token = grant

    response = browser.post("/find/", {"q": "ines@mail.example"})

    assert "by id only" not in refused.content.decode()
    assert response.status_code == 303
