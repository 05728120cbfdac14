"""The find box: where it leads, what it lists, and that nothing typed leaves a trace."""

from __future__ import annotations

import pytest
from django.test import Client

from orders.models import AccessLogEntry
from tests.support.family import contact, contacts_page, order, orders_page
from tests.support.pages import HTMX, one, soup, text
from tests.support.stub_erc import Reply, StubErc

TYPED = "ines@mail.example"
BOTH = [{}, HTMX]
PAGE_OR_FRAGMENT = pytest.mark.parametrize("headers", BOTH, ids=["page", "fragment"])


@PAGE_OR_FRAGMENT
@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (TYPED, "/customers/?customer_id=C-1"),
        ("+420 601 000 003", "/customers/?customer_id=C-3"),
        ("tomas novak", "/customers/?customer_id=C-3"),
        ("C-2", "/customers/?customer_id=C-2"),
        ("#N108", "/orders/?customer_id=C-2&order_id=O-8"),
        ("n108", "/orders/?customer_id=C-2&order_id=O-8"),
    ],
)
def test_one_that_fits_is_led_to(
    browser: Client, family: StubErc, headers: dict[str, str], typed: str, address: str
) -> None:
    response = browser.post("/find/", {"q": typed}, headers=headers)

    assert (response.status_code, response["Location"]) == (303, address)
    assert "HX-Push-Url" not in response


@pytest.mark.parametrize(
    "typed",
    [
        "C/1 O#1",
        "customer_id,order_id\nC/1,O#1",
        '{"customer_id": "C/1", "order_id": "O#1"}',
        "Customer: C/1\u2028Order: O#1",
        "https://portal.example/orders/?customer_id=C%2F1&amp;order_id=O%231",
    ],
)
def test_both_ids_lead_to_the_items_and_ask_nothing(browser: Client, erc: StubErc, typed: str) -> None:
    response = browser.post("/find/", {"q": typed})

    assert (response.status_code, response["Location"]) == (303, "/orders/?customer_id=C%2F1&order_id=O%231")
    assert erc.everything_asked == []
    assert not AccessLogEntry.objects.exists()


@pytest.mark.parametrize(
    ("reply", "address"),
    [
        (contacts_page(contact("C-9", phones=["+6591234504"])), "/customers/?customer_id=C-9"),
        (contacts_page(), "/orders/?customer_id=9123&order_id=4504"),
    ],
    ids=["a customer", "nobody"],
)
def test_digits_that_are_nobodys_phone_number_lead_on_as_both_ids(
    browser: Client, erc: StubErc, reply: dict[str, object], address: str
) -> None:
    erc.answers_at("customers", Reply(content=reply))
    erc.answers_at("orders", Reply(content=orders_page()))

    response = browser.post("/find/", {"q": "9123 4504"})

    assert (response.status_code, response["Location"]) == (303, address)


def test_digits_lead_on_as_both_ids_only_once_it_is_known_that_nothing_else_fits(
    browser: Client, erc: StubErc
) -> None:
    erc.answers_at("customers", Reply(500))
    erc.answers_at("orders", Reply(content=orders_page()))

    response = browser.post("/find/", {"q": "9123 4504"})

    assert "Location" not in response


@PAGE_OR_FRAGMENT
def test_several_customers_are_listed_with_what_tells_them_apart(
    browser: Client, family: StubErc, headers: dict[str, str]
) -> None:
    response = browser.post("/find/", {"q": "+351 910 000 001"}, headers=headers)

    html = soup(response)
    rows = html.select("[data-customer-id]")
    assert response.status_code == 200
    assert [row["data-customer-id"] for row in rows] == ["C-1", "C-2"]
    assert [text(row, "[data-customer-name]") for row in rows] == ["Ines Duarte", "Íris Duarte"]
    assert one(rows[0], "a")["href"] == "/customers/?customer_id=C-1"
    for told in ("Lisboa", "Customer since Feb 3, 2024", "North", "i•••@mail.example", "+351 910 000 001"):
        assert told in rows[0].get_text(" ")
    assert text(html, ".shown") == "2 customers found"
    assert len(html.select("[data-takes-focus]")) == 1
    assert one(html, "[data-takes-focus]")["href"] == "/customers/?customer_id=C-1"


def test_phone_number_that_was_not_typed_is_masked(browser: Client, family: StubErc) -> None:
    response = browser.post("/find/", {"q": "Duarte"})

    assert "+351 ••• ••• •01" in response.content.decode()
    assert "910" not in response.content.decode()


@pytest.mark.parametrize(
    ("name", "shown", "typed", "whole"),
    [
        ("ines@mail.example", "i•••@mail.example", "INES@mail.example", "ines@mail.example"),
        ("+351910000001", "+351 ••• ••• •01", "+351 910 000 001", "+351 910 000 001"),
    ],
)
def test_name_that_is_an_address_or_a_number_is_masked_unless_it_was_typed(
    browser: Client, erc: StubErc, name: str, shown: str, typed: str, whole: str
) -> None:
    guests = contacts_page(contact(name=name), contact("C-2", "Guest"))
    erc.answers_at("customers", Reply(content=guests))

    by_word = soup(browser.post("/find/", {"q": "Guest Duarte"}))
    by_itself = soup(browser.post("/find/", {"q": typed}))

    assert text(by_word, "[data-customer-id=C-1] [data-customer-name]") == shown
    assert text(by_itself, "[data-customer-id=C-1] [data-customer-name]") == whole


def test_orders_of_one_number_are_listed_as_rows(browser: Client, family: StubErc) -> None:
    html = soup(browser.post("/find/", {"q": "N10"}))

    rows = html.select("[data-order-id]")
    assert [row["data-order-id"] for row in rows] == ["O-8", "O-9"]
    assert text(rows[0], "[data-order-number]") == "#N108"
    assert one(rows[0], "a")["href"] == "/orders/?customer_id=C-2&order_id=O-8"


def test_order_without_a_customer_is_shown_and_leads_nowhere(browser: Client, erc: StubErc) -> None:
    erc.answers_at("orders", Reply(content=orders_page(order("O-1", "#N1", None))))

    response = browser.post("/find/", {"q": "#N1"})

    row = one(soup(response), "[data-order-id]")
    assert response.status_code == 200
    assert row.select("a") == []


def test_what_fits_better_comes_first(browser: Client, erc: StubErc) -> None:
    erc.answers_at("customers", Reply(content=contacts_page(contact(name="Novaks Bakery"))))
    erc.answers_at("orders", Reply(content=orders_page(order("O-1", "NOVAK"))))

    html = soup(browser.post("/find/", {"q": "novak"}))

    assert [heading.get_text() for heading in html.select(".found h2")] == ["Orders", "Customers"]


@PAGE_OR_FRAGMENT
def test_nothing_found_says_what_was_searched_for_and_how_else_to_ask(
    browser: Client, family: StubErc, headers: dict[str, str]
) -> None:
    response = browser.post("/find/", {"q": "nobody@mail.example"}, headers=headers)

    said = text(soup(response), "[data-nothing-found]")
    assert response.status_code == 200
    assert "E-mail address nobody@mail.example" in said
    assert "the order number on the confirmation" in said
    assert "the e-mail address" not in said


def test_box_keeps_what_found_nothing(browser: Client, family: StubErc) -> None:
    html = soup(browser.post("/find/", {"q": "nobody@mail.example\nhello"}))

    assert one(html, "[data-find] [name=q]")["value"] == "nobody@mail.example\u2028hello"


def test_part_that_could_not_be_asked_is_told_beside_what_was_found(browser: Client, family: StubErc) -> None:
    family.answers_at("orders", Reply(500))

    html = soup(browser.post("/find/", {"q": "Duarte"}))

    assert len(html.select("[data-customer-id]")) == 2
    assert text(html, "[data-found-notice]") == "Order numbers could not be searched at the moment."


@PAGE_OR_FRAGMENT
@pytest.mark.parametrize(
    ("reply", "kind", "status"),
    [
        (Reply(400, {"code": "x", "message": "upstream words"}), "bad_request", 400),
        (Reply(403, {"code": "x", "message": "upstream words"}), "not_allowed", 502),
        (Reply(404, {"code": "x", "message": "upstream words"}), "not_found", 404),
        (Reply(429, {"code": "x", "message": "upstream words"}), "rate_limited", 429),
        (Reply(500, b"upstream words"), "unavailable", 503),
        (Reply(504, b"upstream words"), "unavailable", 504),
        (Reply(200, b"<h1>upstream words</h1>"), "invalid_response", 502),
    ],
)
def test_search_that_fails_is_an_error_as_of_items(
    browser: Client, erc: StubErc, headers: dict[str, str], reply: Reply, kind: str, status: int
) -> None:
    erc.answers_at("customers", reply)

    response = browser.post("/find/", {"q": TYPED}, headers=headers)

    alert = one(soup(response), "[role=alert][data-error]")
    assert (response.status_code, alert["data-error"]) == (status, kind)
    assert response["X-Correlation-ID"] in alert.get_text()
    assert "upstream words" not in response.content.decode()
    assert "order with this id" not in alert.get_text()


def test_account_with_items_alone_is_told_so_and_finds_by_ids(browser: Client, erc: StubErc) -> None:
    for endpoint in ("customers", "orders"):
        erc.answers_at(endpoint, Reply(403, {"code": "x", "message": "x"}))
    browser.post("/find/", {"q": TYPED})
    browser.post("/find/", {"q": "#N108"})
    erc.family_asked.clear()

    refused = soup(browser.post("/find/", {"q": TYPED}))
    start = soup(browser.get("/orders/"))
    by_ids = browser.post("/find/", {"q": "C-1 O-1"})

    assert "Your account finds orders by ID only" in text(refused, "[role=alert]")
    assert one(start, "[data-find] [name=q]")["placeholder"] == "Your account finds orders by ID only"
    assert by_ids.status_code == 303
    assert erc.family_asked == []


@pytest.mark.parametrize(
    ("lacking", "hint"),
    [("customers", "Order number, IDs or link"), ("orders", "E-mail, phone, name or link")],
)
def test_box_offers_what_the_account_has(browser: Client, erc: StubErc, lacking: str, hint: str) -> None:
    erc.answers_at(lacking, Reply(403, {"code": "x", "message": "x"}))

    browser.post("/find/", {"q": TYPED})
    browser.post("/find/", {"q": "#N108"})

    assert one(soup(browser.get("/orders/")), "[data-find] [name=q]")["placeholder"] == hint


@PAGE_OR_FRAGMENT
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type or paste what you know"),
        (" \n ", "Type or paste what you know"),
        ("\x00\x01", "Type or paste what you know"),
        ("x" * 4097, "too long"),
        ("\u200b\u2060", "nothing to search for"),
        ("?!", "nothing to search for"),
        ("one <b> three", "nothing to search for"),
    ],
)
def test_text_that_says_nothing_is_refused_with_words(
    browser: Client, erc: StubErc, headers: dict[str, str], typed: str, said: str
) -> None:
    response = browser.post("/find/", {"q": typed}, headers=headers)

    assert response.status_code == 400
    assert said in text(soup(response), '[role=alert][data-error="bad_request"]')
    assert erc.everything_asked == []
    assert not AccessLogEntry.objects.exists()
