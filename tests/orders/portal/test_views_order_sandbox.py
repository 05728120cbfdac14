"""The orders of the sandbox above their items."""

from __future__ import annotations

import pytest
from django.test import Client

from ercportal.demo.sandbox.server import SandboxServer
from tests.support.pages import soup, text


@pytest.mark.parametrize(
    ("customer_id", "order_id", "has_history"),
    [("C-1001", "A-20744", True), ("C-1005", "A-21110", False), ("C-2003", "A-30007", True)],
    ids=["discounts", "refunds", "yuan"],
)
def test_orders_of_the_sandbox_stand_above_their_items(
    browser: Client, sandbox: SandboxServer, patient: None, customer_id: str, order_id: str, *, has_history: bool
) -> None:
    html = soup(browser.get("/orders/", {"customer_id": customer_id, "order_id": order_id}))

    assert text(html, "[data-order] [data-order-number]")
    assert text(html, "[data-order-total]")
    assert "••••" in text(html, "[data-payment]")
    assert text(html, "[data-ship-to] address")
    assert bool(html.select("ol[data-history] time")) == has_history
