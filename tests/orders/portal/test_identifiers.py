"""Ids and numbers of other systems on the page: no translation of it changes them."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString
from django.test import Client

from tests.support.pages import HTMX, one, soup
from tests.support.stub_erc import Reply, StubErc, item, page

_SIGN = "77"
_IDS = {"customer_id": "C-7701", "order_id": "A-7702"}
_LANGUAGES = ("en", "de", "ar")


def changed_by_translation(html: BeautifulSoup) -> list[str]:
    """The texts with an id in them that nothing keeps from being translated; titles can hold no element."""
    return [
        str(text)
        for text in html.find_all(string=True)
        if _SIGN in text and isinstance(text, NavigableString) and not _is_kept(text)
    ]


def _is_kept(text: NavigableString) -> bool:
    return any(parent.get("translate") == "no" or parent.name == "title" for parent in text.parents)


def order_with_ids(number: int = 1) -> dict[str, Any]:
    """An order in which each field that can be an id or a number is one."""
    tracking = {"tracking_number": "T-7703", "external_url": "https://track.nordpost.example/x"}
    delivery = {"id": "D-7704", "latest_status_info": {"type": "IN_TRANSIT"}, "tracking_info": tracking}
    made = page(
        *[item(f"I-7705-{place}", name="Lamp", sku="S-7706", deliveries=[delivery] * 2) for place in range(number)]
    )
    exchange = {"id": "e", "line_item_ids": ["I-7705-0"], "product_variant": {"id": "v", "sku": "S-7707"}}
    made["_embedded"]["refunds"] = [
        {"id": "R-7708", "refund_line_items": [{"line_item_id": "I-7709"}, {"line_item_id": "I-7710"}]}
    ]
    made["_embedded"]["returns"] = [
        {
            "id": "R-7711",
            "name": "#R-7712",
            "status": "Received",
            "return_line_items": [{"line_item_id": "I-7713"}, {"line_item_id": "I-7705-0"}],
            "exchange_line_items": [exchange],
            "tracking_info": [tracking],
        }
    ]
    return made


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("number", [1, 5])
def test_ids_of_an_order_are_not_translated(browser: Client, erc: StubErc, number: int, language: str) -> None:
    erc.answers(Reply(content=order_with_ids(number)))

    html = soup(browser.get("/orders/", _IDS, headers={"Accept-Language": language}))

    assert {"A-7702", "C-7701", "T-7703", "S-7706", "#R-7712", "I-7713", "S-7707"} <= {
        kept.get_text() for kept in html.select('[translate="no"]')
    }
    assert changed_by_translation(html) == []


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_ids_that_an_error_names_are_not_translated(
    browser: Client, erc: StubErc, headers: dict[str, str], language: str
) -> None:
    erc.answers(Reply(404))

    html = soup(browser.get("/orders/", _IDS, headers={"Accept-Language": language, **headers}))

    assert [kept.get_text() for kept in html.select("[data-asked] bdi")] == ["A-7702", "C-7701"]
    assert changed_by_translation(html) == []


def test_ids_of_recent_orders_are_not_translated(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page(item("a"))))
    browser.get("/orders/", _IDS)

    html = soup(browser.get("/orders/"))

    assert one(html, "[data-recent] .muted bdi").get_text() == "C-7701"
    assert changed_by_translation(html) == []


def test_message_in_the_language_of_the_customer_is_not_translated(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=order_with_ids()))

    html = soup(browser.get("/orders/message/", {**_IDS, "language": "de"}))

    assert "Sendungsnummer: T-7703" in one(html, "[data-message]").get_text()
    assert changed_by_translation(html) == []


@pytest.mark.parametrize("number", [1, 5])
def test_name_written_from_the_right_is_set_apart_in_an_english_sentence(
    browser: Client, erc: StubErc, number: int
) -> None:
    name = "كرسي 7"
    failed = {"id": "d", "latest_status_info": {"type": "FAILURE"}, "description": "لم يكن أحد في المنزل."}
    erc.answers(Reply(content=page(*[item(f"i{at}", name=name, deliveries=[failed]) for at in range(number)])))

    html = soup(browser.get("/orders/", _IDS))

    answer = one(html, "[data-order-answer]")
    assert "لم يكن أحد في المنزل." in {kept.get_text() for kept in answer.select("bdi")}
    assert not any(sign in answer.get_text() for sign in "\u2066\u2068\u2069")
