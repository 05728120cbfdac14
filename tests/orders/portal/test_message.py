"""The message for the customer, made when it is asked for."""

from __future__ import annotations

import pytest
from django.test import Client

from orders.models import AccessLogEntry
from tests.support.pages import HTMX, LOOKUP, many, one, soup, text
from tests.support.stub_erc import Reply, StubErc, item, page

SENT = {
    "id": "d1",
    "carrier": "Nordpost",
    "latest_status_info": {"type": "IN_TRANSIT"},
    "tracking_info": {"tracking_number": "1Z 99", "external_url": "https://track.nordpost.example/1Z99"},
}


def two_items() -> Reply:
    return Reply(content=page(item("a", name="Lamp", deliveries=[SENT]), item("b", name="Mug")))


@pytest.mark.parametrize(
    ("language", "words", "direction"),
    [
        ("en", "Lamp: in transit.", "ltr"),
        ("de", "Lamp: unterwegs.", "ltr"),
        ("es", "Lamp: en tránsito.", "ltr"),
        ("fr", "Lamp\u00a0: en transit.", "ltr"),
        ("pt-br", "Lamp: em trânsito.", "ltr"),
        ("ar", "المنتج Lamp: في الطريق.", "rtl"),
    ],
)
def test_message_is_in_the_customers_language_whatever_the_portal_speaks(
    browser: Client, erc: StubErc, language: str, words: str, direction: str
) -> None:
    erc.answers(two_items())

    html = soup(browser.get("/orders/message/", {**LOOKUP, "language": language}, headers=HTMX))

    message = one(html, "[data-message]")
    assert words in message.get_text()
    assert (message["lang"], message["dir"]) == (language, direction)
    assert html.select("html, form") == []


def test_message_is_of_the_item_or_the_shipment_that_is_asked_for(browser: Client, erc: StubErc) -> None:
    erc.answers(two_items(), two_items(), two_items())

    told = [
        one(soup(browser.get("/orders/message/", {**LOOKUP, "about": about})), "[data-message]").get_text()
        for about in ("", "item-b", "item-a:item-d1")
    ]

    assert told[0].startswith("Your order O-1:\n\nLamp: in transit.\n")
    assert told[1] == "Mug: no shipment yet."
    assert told[2].splitlines() == [
        "Lamp: in transit.",
        "Carrier: Nordpost",
        "Tracking number: 1Z 99",
        "Track it here: https://track.nordpost.example/1Z99",
    ]


def test_page_has_the_form_of_the_message_and_not_the_messages(browser: Client, erc: StubErc) -> None:
    erc.answers(two_items())

    html = soup(browser.get("/orders/", LOOKUP))

    form = one(html, "form#message")
    assert form["action"] == "/orders/message/"
    assert {field["name"]: field["value"] for field in form.select("input")} == {**LOOKUP, "limit": "20"}
    assert [str(choice["value"]) for choice in form.select("option")] == ["en", "de", "es", "fr", "pt-br", "ar"]
    assert one(form, "option[selected]")["value"] == "en"
    assert "Track it here" not in html.get_text()


def test_message_page_works_without_scripts(browser: Client, erc: StubErc) -> None:
    erc.answers(two_items())

    html = soup(browser.get("/orders/message/", {**LOOKUP, "about": "item-b", "language": "de"}))

    assert text(html, "[data-message]") == "Mug: noch keine Sendung."
    assert one(html, "form.stack option[selected]")["value"] == "de"
    assert {field["name"]: field["value"] for field in html.select("form.stack input[type=hidden]")} == {
        **LOOKUP,
        "about": "item-b",
    }
    assert "order_id=O-1" in str(one(html, "main a.button")["href"])


def test_message_covers_as_many_pages_as_are_shown(browser: Client, erc: StubErc) -> None:
    erc.items = many(45)

    html = soup(browser.get("/orders/message/", {**LOOKUP, "limit": "20", "pages": "2"}))

    assert "None of the first 40 items is delivered yet." in text(html, "[data-message]")


def test_message_is_recorded_as_an_access_and_asks_for_nothing_but_the_items(
    browser: Client, erc: StubErc
) -> None:
    erc.answers(two_items())

    browser.get("/orders/message/", LOOKUP)

    assert AccessLogEntry.objects.count() == 1
    assert erc.family_asked == []


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({**LOOKUP, "about": "item-gone"}, 404),
        ({**LOOKUP, "about": "<script>"}, 404),
        ({**LOOKUP, "about": "x" * 5000}, 404),
        ({}, 400),
        ({"customer_id": "C-1"}, 400),
        ({**LOOKUP, "language": "<script>"}, 200),
        ({**LOOKUP, "language": "x" * 5000}, 200),
        ({**LOOKUP, "language": "xx"}, 200),
    ],
)
def test_impossible_requests_get_no_message_of_something_else(
    browser: Client, erc: StubErc, asked: dict[str, str], status: int
) -> None:
    erc.answers(two_items())

    response = browser.get("/orders/message/", asked)

    assert response.status_code == status
    assert len(soup(response).select("[data-message]")) == (status == 200)
    assert "<script>" not in one(soup(response), "main").get_text()


def test_message_that_the_api_does_not_give_is_an_error(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(404))

    response = browser.get("/orders/message/", LOOKUP, headers=HTMX)

    assert response.status_code == 404
    assert soup(response).select("[data-message]") == []


def test_message_needs_a_sign_in(client: Client, erc: StubErc) -> None:
    response = client.get("/orders/message/", LOOKUP)

    assert response.status_code == 302
    assert erc.asked == []
