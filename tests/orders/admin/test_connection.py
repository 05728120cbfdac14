"""The admin page that checks the connection."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.support.pages import soup
from tests.support.staff import staff
from tests.support.stub_erc import Reply, StubErc


def test_page_shows_the_steps(db: None, erc: StubErc) -> None:
    erc.token = lambda _asked: Reply(401, {"error": "<b>invalid_client"})
    engineer = staff("engineer")

    before = engineer.get("/admin/connection/")
    response = engineer.post("/admin/connection/", {"customer_id": "", "order_id": ""})

    rows = {row["data-step"]: row["data-state"] for row in soup(response).select("[data-step]")}
    assert not soup(before).select("[data-step]")
    assert list(rows.values()) == ["ok", "ok", "ok", "failed", "skipped"]
    assert not soup(response).select("[data-step] b")


@pytest.mark.parametrize("ids", [{"customer_id": "C-1"}, {"customer_id": "..", "order_id": "O"}])
def test_page_refuses_ids_that_cannot_be(db: None, erc: StubErc, ids: dict[str, Any]) -> None:
    response = staff("engineer").post("/admin/connection/", ids)

    assert response.status_code == 400
    assert erc.token_asked == []


@pytest.mark.parametrize("role", ["agent", "supervisor"])
def test_page_is_the_engineers(db: None, erc: StubErc, role: str) -> None:
    client: Client = staff(role)

    assert client.post("/admin/connection/").status_code == 403
    assert erc.token_asked == []
