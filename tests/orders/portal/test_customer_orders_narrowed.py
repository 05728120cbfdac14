"""A customer's orders narrowed by a number that the caller says: it is in no address, and in no log."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from orders.audit.search_digest import digest_search
from orders.models import AccessKind, AccessLogEntry, ApiExchange
from tests.support.family import serve_family
from tests.support.log_lines import Lines
from tests.support.order_pages import LIST, order_ids, orders_of, walk
from tests.support.pages import HTMX, one, soup, text
from tests.support.stub_erc import StubErc

NUMBER = "N01"


def narrow(browser: Client, number: str = NUMBER) -> Any:
    """Post the form of the list, as it stands on the page."""
    form = one(soup(browser.get("/customers/", {**LIST, "limit": "5"})), "form.narrow-orders")
    return browser.post(str(form["action"]), {"search": number})


def narrowed(browser: Client) -> BeautifulSoup:
    return soup(browser.get(narrow(browser)["Location"]))


@pytest.fixture(autouse=True)
def _api(erc: StubErc) -> None:
    """A customer with 30 orders, ten of them with the number."""
    serve_family(erc, orders=orders_of("C-1", 30))


def test_number_narrows_the_list_and_leads_to_an_address_of_its_own(browser: Client, erc: StubErc) -> None:
    response = narrow(browser, f"#{NUMBER}")
    address = response["Location"]
    html = soup(browser.get(address))

    assert response.status_code == 302
    assert set(parse_qs(urlsplit(address).query)) == {"customer_id", "limit", "narrowed"}
    assert order_ids(html) == [f"O-{number}" for number in range(10, 15)]
    assert one(html, "form.narrow-orders input[name=search]")["value"] == NUMBER
    assert erc.family_asked[-1].query.get("search", NUMBER) == NUMBER


def test_narrowed_list_goes_on_by_load_more(browser: Client) -> None:
    pages = walk(lambda link: soup(browser.get(link)), narrow(browser)["Location"])

    assert [name for html in pages for name in order_ids(html)] == [f"O-{number}" for number in range(10, 20)]
    assert text(pages[-1], "#shown") == "10 orders shown"


def test_number_is_in_no_address_of_the_page(browser: Client) -> None:
    html = narrowed(browser)

    addresses = [
        str(value)
        for tag in html.select("*")
        for name, value in tag.attrs.items()
        if name in ("href", "action", "src", "hx-get", "hx-post")
    ]
    assert any("narrowed=" in address for address in addresses)
    assert not any(NUMBER in address for address in addresses)


def test_number_is_in_no_log_and_no_exchange(browser: Client, log: Lines) -> None:
    narrowed(browser)

    assert any("/customers/" in line for line in log.lines)
    assert not any(NUMBER in line for line in log.lines)
    assert not any(NUMBER in str(vars(row)) for row in (*ApiExchange.objects.all(), *AccessLogEntry.objects.all()))


def test_row_of_the_narrowed_list_has_the_digest_of_the_number(browser: Client) -> None:
    narrowed(browser)

    row = AccessLogEntry.objects.latest("id")
    assert (row.kind, row.customer_id, row.items) == ("orders", "C-1", 5)
    assert row.digest == digest_search(AccessKind.SEARCH_NUMBER, NUMBER)


def test_number_in_the_address_in_clear_narrows_nothing(browser: Client, erc: StubErc) -> None:
    html = soup(browser.get("/customers/", {**LIST, "search": NUMBER}))

    assert len(order_ids(html)) == 20
    assert not any("search" in asked.query for asked in erc.family_asked)


def test_number_that_fits_no_order_is_told_with_the_way_back(browser: Client) -> None:
    html = soup(browser.get(narrow(browser, "Y34DHR")["Location"]))

    assert text(html, ".blank h2") == "No order fits this number"
    back = one(html, "form.narrow-orders a")
    assert back["href"] == "/customers/?customer_id=C-1&limit=5"


def test_empty_number_leads_back_to_all_orders(browser: Client) -> None:
    assert narrow(browser, " ")["Location"] == "/customers/?customer_id=C-1&limit=5"


def test_customer_may_stand_in_the_body(browser: Client) -> None:
    response = browser.post("/customers/", {**LIST, "search": NUMBER})

    assert len(order_ids(soup(browser.get(response["Location"])))) == 10


def test_form_is_offered_from_six_orders_on(browser: Client, erc: StubErc) -> None:
    shown = []
    for total in (5, 6):
        serve_family(erc, orders=orders_of("C-1", total))
        html = soup(browser.get("/customers/", {**LIST, "refresh": "1"}))
        shown.append(bool(html.select("form.narrow-orders")))

    assert shown == [False, True]


def test_number_that_is_too_long_is_refused(browser: Client, erc: StubErc) -> None:
    response = narrow(browser, "7" * 101)
    erc.family_asked.clear()

    assert response.status_code == 400
    assert "too long" in text(soup(response), "[role=alert]")
    assert erc.family_asked == []


def test_fragment_of_a_narrowed_list_is_the_results_alone(browser: Client) -> None:
    html = soup(browser.get(narrow(browser)["Location"], headers=HTMX))

    assert html.select("html, head") == []
    assert len(order_ids(html)) == 5


def test_post_without_the_sites_token_is_refused(erc: StubErc, browser: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies

    response = strict.post("/customers/?customer_id=C-1", {"search": NUMBER})

    assert response.status_code == 403
    assert erc.everything_asked == []
