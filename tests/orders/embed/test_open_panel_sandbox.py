"""Launches against the strict sandbox, as the demo's desktop makes them: each leads to the caller's items."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from ercportal.demo.desktop.callers import CALLERS
from tests.support.pages import one, soup
from tests.support.panels import embed_token, fed

NOBODY: dict[str, Any] = {"customer_id": None, "order_id": None}
LAUNCHES = {caller.name: {**NOBODY, **caller.claims} for caller in CALLERS}


def first(client: Client, response: Any) -> Any:
    """The answer to what the panel of an answer asks for first, at the end of all redirects."""
    link = str(one(soup(response), "#results")["hx-get"])
    while True:
        answer = fed(client, response["Embed-Token"], link)
        if answer.status_code != 302:
            return answer
        link = answer["Location"]


@pytest.fixture(autouse=True)
def _sandbox(sandbox: Any, settings: Settings) -> None:
    settings.PHONE_REGION = "DE"


@pytest.mark.parametrize(
    ("claims", "customer_id"),
    [
        (LAUNCHES["Margarida Sousa"], "C-1004"),
        ({**NOBODY, "email": "Amal.Haddad@MAIL.example"}, "C-1001"),
        ({**NOBODY, "phone": "+351910000000"}, "C-2011"),
        ({**NOBODY, "phone": "00351 910 000 000"}, "C-2011"),
        ({**NOBODY, "phone": "0151 1234 0001"}, "C-1001"),
        ({**NOBODY, "phone": "+493023125001", "email": "tobias.brandt@post.example"}, "C-2010"),
    ],
)
def test_launch_by_address_or_telephone_leads_to_the_customers_items(
    client: Client, claims: dict[str, str], customer_id: str
) -> None:
    bound = fed(client, embed_token(client, **claims), "/embed/found/")

    assert one(soup(bound), "#panel")["data-customer-id"] == customer_id
    orders = first(client, bound)
    link = str(soup(orders).select("[data-order-id] a")[0]["hx-get"])
    assert soup(fed(client, orders["Embed-Token"], link)).select("[data-item-id]")


@pytest.mark.parametrize("number", ["#Y34DHR", "y34dhr", " #Y34DHR "])
def test_launch_by_order_number_leads_to_its_items(client: Client, number: str) -> None:
    bound = fed(client, embed_token(client, **NOBODY, order_number=number), "/embed/found/")

    assert one(soup(bound), "#panel")["data-customer-id"] == "C-2011"
    assert soup(first(client, bound)).select("[data-item-id]")


def test_two_who_share_a_telephone_can_be_chosen_from(client: Client) -> None:
    response = fed(client, embed_token(client, **LAUNCHES["Lena Brandt"]), "/embed/found/")

    rows = soup(response).select(".customer-row")
    assert [row["data-customer-id"] for row in rows] == ["C-2009", "C-2010"]
    bound = fed(client, response["Embed-Token"], str(one(rows[1], "a")["hx-get"]))
    assert one(soup(bound), "#panel")["data-customer-id"] == "C-2010"
    assert first(client, bound).status_code == 200


def test_order_that_names_its_number_as_customer_leads_to_nobody_else(client: Client) -> None:
    orders = fed(client, embed_token(client, customer_id="C-3002", order_id=None), "/embed/customers/", first="1")

    assert orders.status_code == 200
    for link in soup(orders).select("[data-order-id] a"):
        assert "customer_id=C-3002&" in str(link["hx-get"])


def test_nobody_is_told_and_the_box_offered(client: Client) -> None:
    response = fed(client, embed_token(client, **LAUNCHES["Unknown"]), "/embed/found/")

    assert soup(response).select("[data-nothing-found]")
    assert one(soup(response), "[data-find] [name=q]")["value"] == "+493055550199"
