"""How a customer who is opened can be reached: whole addresses and numbers, above the list of their orders."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.support.family import contact, contacts_page, serve_family
from tests.support.pages import soup, text
from tests.support.stub_erc import Reply, StubErc

EMAIL, PHONE = "ines@mail.example", "+351910000001"


@pytest.fixture(autouse=True)
def _family(erc: StubErc, patient: None) -> None:
    serve_family(erc)


def page_of(browser: Client, customer_id: str = "C-1", **more: str) -> Any:
    return soup(browser.get("/customers/", {"customer_id": customer_id, **more}))


def test_opened_customer_has_whole_addresses_and_numbers(browser: Client, erc: StubErc) -> None:
    found = contact("C-1", emails=[EMAIL, "INES@work.example", EMAIL], phones=[PHONE])
    erc.answers_at("customers", Reply(content=contacts_page(found)))

    html = page_of(browser)

    assert [one.get_text() for one in html.select("[data-email]")] == [EMAIL, "INES@work.example"]
    assert text(html, "[data-phone]") == "+351 910 000 001"
    [asked] = [asked for asked in erc.family_asked if asked.endpoint == "customers"]
    assert asked.query["ids"] == "C-1"


def test_contact_says_who_it_is_where_the_account_knows_no_single_customers(browser: Client, erc: StubErc) -> None:
    erc.answers_at("customer", Reply(404))
    erc.answers_at("customers", Reply(content=contacts_page(contact("C-1", "Ines Duarte", emails=[EMAIL]))))

    html = page_of(browser)

    assert text(html, "[data-customer-name]") == "Ines Duarte"
    assert text(html, "[data-email]") == EMAIL


@pytest.mark.parametrize(
    "reply",
    [
        Reply(403),
        Reply(500),
        Reply(content=contacts_page()),
        Reply(content=contacts_page(contact("C-2", emails=[EMAIL]))),
    ],
    ids=["refused", "failing", "nobody", "somebody else"],
)
def test_list_comes_without_a_contact_that_cannot_be_had(browser: Client, erc: StubErc, reply: Reply) -> None:
    erc.answers_at("customers", reply)

    html = page_of(browser)

    assert html.select("[data-order-id]")
    assert not html.select("[data-email], [data-phone]")


def test_id_with_a_comma_is_not_searched_for_as_two(browser: Client, erc: StubErc) -> None:
    page_of(browser, "C-1,C-2")

    assert "customers" not in [asked.endpoint for asked in erc.family_asked]


def test_customer_whom_a_search_found_is_not_searched_for_again_by_their_list(
    browser: Client, erc: StubErc
) -> None:
    erc.answers_at("customers", Reply(content=contacts_page(contact("C-1", emails=[EMAIL], phones=[PHONE]))))

    found = browser.post("/find/", {"q": EMAIL})
    html = soup(browser.get(found["Location"]))

    assert text(html, "[data-email]") == EMAIL
    assert text(html, "[data-phone]") == "+351 910 000 001"
    [asked] = [asked for asked in erc.family_asked if asked.endpoint == "customers"]
    assert asked.query["email"] == EMAIL


def test_list_that_is_refreshed_after_a_search_asks_how_to_reach_the_customer(
    browser: Client, erc: StubErc
) -> None:
    erc.answers_at("customers", Reply(content=contacts_page(contact("C-1", emails=[EMAIL]))))
    browser.post("/find/", {"q": EMAIL})

    page_of(browser, refresh="1")

    asked = [asked.query for asked in erc.family_asked if asked.endpoint == "customers"]
    assert [query.get("ids") for query in asked] == [None, "C-1"]
