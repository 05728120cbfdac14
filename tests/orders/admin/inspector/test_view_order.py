"""The inspector shows what was said of the order above the items, too."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.support.family import order, recent_order
from tests.support.pages import LOOKUP, ids, soup, text
from tests.support.staff import staff
from tests.support.stub_erc import Reply, StubErc, item, page

PAGE = "/admin/inspector/"


@pytest.fixture
def engineer(db: None) -> Client:
    """Someone who may use the inspector."""
    return staff("engineer")


@pytest.mark.usefixtures("patient")
def test_inspector_shows_the_exchanges_of_the_order_beside_those_of_the_items(
    engineer: Client, erc: StubErc
) -> None:
    erc.answers_at("order", Reply(content=order(number="#Y34DHR")))
    erc.answers_at("recent_order", Reply(content=recent_order()))

    html = soup(engineer.get(PAGE, LOOKUP))

    titles = sorted(title.get_text() for title in html.select(".exchange h3"))
    assert titles == [
        "GET /erc/ecommerce/customers/{customer_id}/most-recent-order",
        "GET /erc/ecommerce/customers/{customer_id}/orders/{order_id}",
        "GET /erc/ecommerce/customers/{customer_id}/orders/{order_id}/items",
        "POST /oauth/token",
    ]
    assert text(html, "[data-order-number]") == "#Y34DHR"
    assert ids(html) == ["item-1"]


@pytest.mark.usefixtures("patient")
def test_inspector_asks_past_the_cache_each_time(engineer: Client, erc: StubErc) -> None:
    erc.answers_at("order", Reply(content=order()))
    engineer.get(PAGE, LOOKUP)

    engineer.get(PAGE, LOOKUP)

    assert [asked.endpoint for asked in erc.family_asked].count("order") == 2


@pytest.mark.usefixtures("patient")
def test_findings_are_of_the_items_whichever_answer_came_last(engineer: Client, erc: StubErc) -> None:
    late = order(colour="red")
    erc.answers(Reply(content=page(item(smell="sweet"))))
    erc.family["order"] = lambda _asked: Reply(content=late, delay=0.1)

    html = soup(engineer.get(PAGE, LOOKUP))

    assert [place.get_text() for place in html.select(".finding code")] == ["items[0].smell"]


def test_whole_card_number_is_not_in_the_exchange(engineer: Client, erc: StubErc, patient: None) -> None:
    erc.answers_at("order", Reply(content=order()))

    response = engineer.get(PAGE, LOOKUP)

    assert "4242" in response.content.decode()
    assert "411111111111" not in response.content.decode()
