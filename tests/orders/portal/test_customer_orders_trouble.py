"""A customer's orders while the API fails: the list in plain words, and never less for what stands beside it."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from orders.models import AccessLogEntry
from tests.support.family import order, orders_page, serve_family
from tests.support.family_faults import FAMILY_FAULTS, FamilyFault, break_endpoint, name_of
from tests.support.order_pages import LIST, order_ids, orders_of
from tests.support.pages import HTMX, LOOKUP, one, soup, text
from tests.support.stub_erc import Asked, Reply, StubErc, error

KINDS = {"not_found", "bad_request", "not_allowed", "rate_limited", "unavailable", "invalid_response"}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAMILY_FAULTS, ids=name_of)
def test_list_is_the_same_and_in_time_whatever_goes_wrong_with_the_customer(
    browser: Client, erc: StubErc, fault: FamilyFault
) -> None:
    serve_family(erc)
    break_endpoint(erc, "customer", fault)
    break_endpoint(erc, "customers", fault)
    browser.get("/login/")

    started = time.monotonic()
    response = browser.get("/customers/", LIST)
    took = time.monotonic() - started

    html = soup(response)
    assert response.status_code == 200
    assert order_ids(html) == [f"O-{number}" for number in range(1, 8)]
    assert text(html, "h1") == "Customer C-1"
    assert "secret" not in response.content.decode()
    assert took < 2.5


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAMILY_FAULTS, ids=name_of)
def test_list_that_cannot_be_had_is_an_error_in_plain_words(
    browser: Client, erc: StubErc, settings: Settings, fault: FamilyFault
) -> None:
    settings.ERC_DEADLINE_SECONDS = 1.0
    serve_family(erc)
    break_endpoint(erc, "customer_orders", fault)

    response = browser.get("/customers/", LIST)

    html = soup(response)
    assert order_ids(html) == []
    assert "secret" not in response.content.decode()
    if response.status_code == 200:
        assert html.select("[data-unreadable], [data-list-end]")
    else:
        assert one(html, "[role=alert]")["data-error"] in KINDS
        assert AccessLogEntry.objects.get().outcome in KINDS


def test_customer_who_is_not_known_is_told_so(browser: Client, erc: StubErc) -> None:
    serve_family(erc)

    response = browser.get("/customers/", {"customer_id": "C-404"})

    assert response.status_code == 404
    assert text(soup(response), "[data-error=not_found] h1") == "Customer not found"


@pytest.mark.parametrize("status", [401, 403, 405])
def test_account_without_the_list_is_told_how_to_go_on_and_not_asked_again(
    browser: Client, erc: StubErc, status: int
) -> None:
    serve_family(erc)
    erc.answers_at("customer_orders", error(status, "no"))

    first = browser.get("/customers/", LIST)
    erc.family_asked.clear()
    second = browser.get("/customers/", LIST)

    assert [first.status_code, second.status_code] == [502, 502]
    for response in (first, second):
        told = one(soup(response), "[role=alert][data-error=not_allowed]")
        assert text(told, "h1") == "Your account finds orders by ID only"
        assert told.select("a") == []
    assert not any(asked.endpoint == "customer_orders" for asked in erc.family_asked)


def test_later_page_that_fails_keeps_the_earlier_ones(browser: Client, erc: StubErc) -> None:
    serve_family(erc, orders=orders_of("C-1", 45))
    serve = erc.family["customer_orders"]

    def failing_later(asked: Asked) -> Reply:
        return serve(asked) if "cursor" not in asked.query else error(400, "no")

    erc.family["customer_orders"] = failing_later

    html = soup(browser.get("/customers/", {**LIST, "pages": "3"}))

    assert len(order_ids(html)) == 20
    assert "to continue" in text(html, ".more")
    assert html.select("[data-load-more]")


def test_further_page_that_fails_is_an_error_in_the_buttons_place(browser: Client, erc: StubErc) -> None:
    serve_family(erc, orders=orders_of("C-1", 45))
    link = str(one(soup(browser.get("/customers/", LIST)), "a[data-load-more]")["hx-get"])
    erc.answers_at("customer_orders", Reply(503))

    response = browser.get(link, headers=HTMX)

    html = soup(response)
    assert response.status_code == 503
    again = one(html, "li.more [data-error=unavailable] a")
    assert again["hx-target"] == "closest .more"
    assert "cursor=at-20" in str(again["href"])


def test_last_list_is_shown_as_old_while_the_api_is_down(
    browser: Client, erc: StubErc, settings: Settings
) -> None:
    serve_family(erc)
    browser.get("/customers/", LIST)
    erc.answers_at("customer_orders", Reply(503))

    html = soup(browser.get("/customers/", {**LIST, "refresh": "1"}))

    assert len(order_ids(html)) == 7
    assert "may be out of date" in text(html, "[data-stale]")
    assert AccessLogEntry.objects.latest("id").source == "stale"


def test_markup_of_a_shop_stays_text(browser: Client, erc: StubErc) -> None:
    script = "<script>alert(1)</script>"
    serve_family(erc)
    hostile = order("O-1", script, status=script, order_extra_info={"highlighted_item_image_url": "javascript:x"})
    erc.answers_at("customer_orders", Reply(content=orders_page(hostile)))

    html = soup(browser.get("/customers/", LIST))

    assert one(html, "[data-order-number]").get_text() == script
    assert html.select("#results script, #results img") == []


def test_order_leads_to_the_customers_other_orders(browser: Client, erc: StubErc) -> None:
    serve_family(erc)

    html = soup(browser.get("/orders/", LOOKUP))

    link = one(html, ".who a")
    assert (link["href"], link["hx-get"]) == ("/customers/?customer_id=C-1",) * 2
    assert link.get_text() == "Orders of this customer"


@pytest.mark.usefixtures("items_alone")
def test_order_leads_to_no_list_that_the_account_lacks(browser: Client, erc: StubErc) -> None:
    assert soup(browser.get("/orders/", LOOKUP)).select(".who a") == []
