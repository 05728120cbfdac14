"""A refresh of a long list, and a list within a list: several pages at once, filters, the customer's clock."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from orders.models import AccessLogEntry
from tests.support.pages import HTMX, LOOKUP, ids, many, one, soup, text
from tests.support.stub_erc import Asked, Reply, StubErc, item, page


def query(link: Any) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(str(link["href"])).query).items()}


def test_pages_in_a_row_are_one_page_and_one_view(browser: Client, erc: StubErc) -> None:
    erc.items = many(45)

    html = soup(browser.get("/orders/", {**LOOKUP, "pages": "2"}))

    assert len(ids(html)) == 40
    assert text(html, "#shown") == "40 items so far, more to load"
    assert query(one(html, "[data-refresh]"))["pages"] == "2"
    assert [entry.items for entry in AccessLogEntry.objects.all()] == [40]
    more = soup(browser.get(str(one(html, "[data-load-more]")["href"]), headers=HTMX))
    assert ids(more) == ["i40", "i41", "i42", "i43", "i44"]
    assert query(one(more, "#refresh [data-refresh]"))["pages"] == "3"


def test_pages_end_where_the_list_ends(browser: Client, erc: StubErc) -> None:
    erc.items = many(30)

    html = soup(browser.get("/orders/", {**LOOKUP, "pages": "9"}))

    assert len(ids(html)) == 30
    assert text(html, "#shown") == "30 items"
    assert len(erc.asked) == 2


@pytest.mark.parametrize("pages", ["", "0", "-3", "x", "9999", "1.5", "٣"])
def test_pages_that_are_no_usable_number_are_one(browser: Client, erc: StubErc, pages: str) -> None:
    erc.items = many(45)

    assert len(ids(soup(browser.get("/orders/", {**LOOKUP, "pages": pages})))) == 20


def test_pages_stop_at_a_bound(browser: Client, erc: StubErc) -> None:
    erc.items = many(900)

    html = soup(browser.get("/orders/", {**LOOKUP, "pages": "100", "limit": "100"}))

    assert len(ids(html)) == 500
    assert html.select("[data-load-more]")


def test_later_page_that_fails_is_left_for_load_more(browser: Client, erc: StubErc) -> None:
    serve = many(45)

    def failing_later(asked: Asked) -> Reply:
        reply: Reply = serve(asked) if "cursor" not in asked.query else Reply(400, {"code": "1", "message": "no"})
        return reply

    erc.items = failing_later

    html = soup(browser.get("/orders/", {**LOOKUP, "pages": "3"}))

    assert len(ids(html)) == 20
    assert "to continue" in text(html, ".more")
    assert html.select("[data-load-more]")


def test_filters_are_offered_where_the_account_has_them(browser: Client, erc: StubErc, settings: Settings) -> None:
    settings.ERC_FILTERS = ["brand", "shipping_date"]

    html = soup(browser.get("/orders/", {**LOOKUP, "brand": "Arda", "order_by": "price:asc"}))

    fields = {str(field["name"]): (field["type"], field["value"]) for field in html.select(".filter input")}
    assert fields == {
        "within": ("hidden", "customer_id=C-1&order_id=O-1&limit=20&order_by=price%3Aasc"),
        "brand": ("text", "Arda"),
        "shipping_date": ("date", ""),
    }


def test_filters_are_not_offered_where_the_account_has_none(
    browser: Client, erc: StubErc, settings: Settings
) -> None:
    settings.ERC_FILTERS = []

    assert not soup(browser.get("/orders/", LOOKUP)).select(".filter")


def test_filter_leads_to_the_narrowed_list(browser: Client, erc: StubErc) -> None:
    within = "customer_id=C-1&order_id=O-1&within=again"

    response = browser.get("/orders/", {"within": within, "brand": "Ä & Co", "carrier": " "}, follow=True)

    assert response.redirect_chain == [("/orders/?customer_id=C-1&order_id=O-1&brand=%C3%84+%26+Co", 302)]
    assert erc.asked[-1].query["brand"] == "Ä & Co"


def test_quiet_refresh_is_offered_while_something_is_out_for_delivery(
    browser: Client, erc: StubErc, settings: Settings
) -> None:
    settings.QUIET_REFRESH_SECONDS = 60
    moving = {"id": "d", "latest_status_info": {"type": "OUT_FOR_DELIVERY"}}
    still = {"id": "d", "latest_status_info": {"type": "DELIVERED"}}

    found = []
    for order, delivery in (("O-1", moving), ("O-2", still)):
        erc.answers(Reply(content=page(item(deliveries=[delivery]))))
        html = soup(browser.get("/orders/", {"customer_id": "C-1", "order_id": order}))
        found.append([mark["data-quiet"] for mark in html.select("[data-quiet]")])

    assert found == [["60"], []]


def test_clock_of_the_customer_is_shown_and_stays(browser: Client, erc: StubErc) -> None:
    erc.items = many(45)

    html = soup(browser.get("/orders/", {**LOOKUP, "customer_zone": "Asia/Tokyo"}))

    assert text(html, "[data-customer-clock]").endswith("JST")
    links = [*html.select("[data-refresh]"), *html.select("[data-load-more]"), *html.select(".sorting a")]
    assert {query(link)["customer_zone"] for link in links} == {"Asia/Tokyo"}


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../etc/passwd", "<script>"])
def test_clock_of_no_known_zone_is_left_out(browser: Client, erc: StubErc, zone: str) -> None:
    html = soup(browser.get("/orders/", {**LOOKUP, "customer_zone": zone}))

    assert not html.select("[data-customer-clock]")
    assert "customer_zone" not in query(one(html, "[data-refresh]"))


def test_samples_are_posted_where_there_are_some(browser: Client, settings: Settings) -> None:
    settings.SAMPLE_SEARCHES = [("ines@mail.example", "One customer."), ("#N<1>", "One order.")]

    html = soup(browser.get("/orders/"))

    buttons = html.select('form[method=post][action="/find/"] [data-samples] button')
    assert [button["value"] for button in buttons] == ["ines@mail.example", "#N<1>"]
    assert "One order." in text(html, "[data-samples]")
    assert browser.post("/find/", {"sample": "C-1 O-1"}).status_code == 303
