"""The order above its items, on the portal's page and in its fragments."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django.fixtures import Settings

from ercportal.serving.warm_up import warm_up
from orders.lookup.bulkhead import beside_bulkhead
from orders.models import AccessLogEntry
from tests.support.family import address, money, order, recent_order, step
from tests.support.log_lines import Lines
from tests.support.pages import HTMX, LOOKUP, ids, many, one, soup, text
from tests.support.stub_erc import Reply, StubErc, error

HANGING = Reply(delay=2)
CARD = "4111111111114242"


@pytest.fixture
def api(erc: StubErc, patient: None) -> StubErc:
    """An API that knows the order, which is the customer's most recent one."""
    erc.answers_at("order", Reply(content=order(number="#Y34DHR")))
    erc.answers_at("recent_order", Reply(content=recent_order()))
    return erc


def shown(browser: Client, **more: str) -> BeautifulSoup:
    """The order's page."""
    return soup(browser.get("/orders/", {**LOOKUP, **more}))


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_order_stands_above_its_items(browser: Client, api: StubErc, headers: dict[str, str]) -> None:
    html = soup(browser.get("/orders/", LOOKUP, headers=headers))

    assert text(html, "[data-order] [data-order-number]") == "#Y34DHR"
    assert text(html, "[data-order-total]") == "€14.00"
    assert text(html, "[data-payment]") == "Visa •••• 4242"
    assert "Ship to Ines Duarte, Lisboa" in text(html, "[data-order] summary")
    assert text(html, ".identity .also") == "#Y34DHR"
    assert "1200-018 Lisboa Portugal" in text(html, "[data-ship-to] address")
    assert one(html, "[data-order] summary time")["datetime"] == "2026-01-04T09:15:00+00:00"
    assert ids(html) == ["item-1"]
    assert html.select("[data-order-missing]") == []


def test_full_address_and_all_totals_are_one_click_away_without_javascript(browser: Client, api: StubErc) -> None:
    html = shown(browser)

    assert not one(html, "[data-order] details:has(address):has([data-history])").has_attr("open")
    totals = html.select("[data-order] details dl")[0]
    assert " ".join(totals.get_text(" ").split()) == (
        "Original total €12.00 Discounts €2.00 Shipping €4.00 Final total €14.00"
    )


def test_history_of_the_most_recent_order_has_real_dates_and_its_present_step(
    browser: Client, api: StubErc
) -> None:
    html = shown(browser)

    steps = html.select("ol[data-history] li")
    assert [" ".join(one_step.get_text(" ").split()) for one_step in steps] == [
        "Confirmed Sun, Jan 4, 09:20 UTC",
        "On its way Mon, Jan 5, 06:00 UTC",
    ]
    assert [one_step.get("aria-current") for one_step in steps] == [None, "step"]


def test_step_without_a_date_gets_none(browser: Client, api: StubErc) -> None:
    undated: Any = {**step("DELIVERED", "DELIVERED"), "status_date_time": None}
    api.answers_at("recent_order", Reply(content=recent_order("O-1", step(), undated)))

    steps = shown(browser).select("ol[data-history] li")

    assert [bool(one_step.select("time")) for one_step in steps] == [True, False]


def test_order_that_is_not_the_most_recent_has_no_history(browser: Client, api: StubErc) -> None:
    api.answers_at("recent_order", Reply(content=recent_order("O-2")))

    html = shown(browser)

    assert html.select("[data-history]") == []
    assert text(html, "[data-order-number]") == "#Y34DHR"


def test_most_recent_order_fills_the_head_where_the_account_lacks_orders(browser: Client, api: StubErc) -> None:
    api.answers_at("order", error(403, "forbidden"))

    html = shown(browser)

    assert text(html, "[data-order-number]") == "#O-1"
    assert len(html.select("[data-history] li")) == 2
    assert html.select("[data-order-total], [data-payment], [data-order-missing]") == []


@pytest.mark.parametrize("reply", [Reply(503), Reply(content=b"<html>")], ids=["503", "HTML"])
def test_order_that_cannot_be_had_is_told_in_one_muted_line(browser: Client, erc: StubErc, reply: Reply) -> None:
    erc.answers_at("order", reply)

    html = shown(browser)

    assert "cannot be shown now" in text(html, "[data-order-missing]")
    assert html.select("[data-order], [role=alert]") == []
    assert ids(html) == ["item-1"]


@pytest.mark.parametrize("status", [403, 404, 405])
def test_order_that_the_account_or_the_api_does_not_know_is_absent(
    browser: Client, erc: StubErc, patient: None, status: int
) -> None:
    for endpoint in ("order", "recent_order"):
        erc.answers_at(endpoint, error(status, "no"))

    html = shown(browser)

    assert html.select("#order") == []
    assert ids(html) == ["item-1"]


def test_order_of_another_customer_is_never_shown(browser: Client, api: StubErc) -> None:
    other = order(customer_id="C-2", shipping_address=address(first_name="Somebody", last_name="Else"))
    api.answers_at("order", Reply(content=other))

    response = browser.get("/orders/", LOOKUP)

    assert "Somebody" not in response.content.decode()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_items_wait_for_a_hanging_order_for_a_moment_only(
    browser: Client, erc: StubErc, headers: dict[str, str]
) -> None:
    warm_up()
    for endpoint in ("order", "recent_order"):
        erc.answers_at(endpoint, HANGING)

    started = time.monotonic()
    response = browser.get("/orders/", LOOKUP, headers=headers)
    took = time.monotonic() - started

    assert ids(soup(response)) == ["item-1"]
    assert took < 1


def test_order_gives_way_in_a_crowd_and_the_items_do_not(browser: Client, api: StubErc) -> None:
    with ExitStack() as stack:
        for _ in range(beside_bulkhead().places):
            stack.enter_context(beside_bulkhead().place("somebody"))
        html = shown(browser)

    assert "cannot be shown now" in text(html, "[data-order-missing]")
    assert ids(html) == ["item-1"]
    assert api.family_asked == []


def test_further_pages_come_without_the_order_and_ask_for_nothing_of_it(browser: Client, api: StubErc) -> None:
    api.items = many(45)
    first = shown(browser)
    asked = len(api.family_asked)

    more = soup(browser.get(str(one(first, "[data-load-more]")["href"]), headers=HTMX))

    assert len(ids(more)) == 20
    assert more.select("#order") == []
    assert (asked, len(api.family_asked)) == (2, 2)


def test_refresh_asks_for_the_order_anew(browser: Client, api: StubErc) -> None:
    shown(browser)
    api.answers_at("order", Reply(content=order(number="#NEW")))

    cached, fresh = shown(browser), shown(browser, refresh="1")

    assert text(cached, "[data-order-number]") == "#Y34DHR"
    assert text(fresh, "[data-order-number]") == "#NEW"


def test_page_that_refreshes_itself_asks_for_no_order_while_the_known_one_is_fresh(
    browser: Client, api: StubErc
) -> None:
    shown(browser)
    asked = len(api.family_asked), len(api.asked)

    html = shown(browser, refresh="1", quiet="1")

    assert text(html, "[data-order-number]") == "#Y34DHR"
    assert (len(api.family_asked), len(api.asked)) == (asked[0], asked[1] + 1)


def test_page_that_refreshes_itself_goes_on_showing_the_order_where_it_fails(
    browser: Client, erc: StubErc
) -> None:
    erc.answers_at("order", Reply(500))

    html = shown(browser, refresh="1", quiet="1")

    assert one(html, "#order").has_attr("data-stays")
    assert text(html, "#order") == ""


def test_older_order_has_its_time_where_the_api_fails(browser: Client, api: StubErc, settings: Settings) -> None:
    settings.PAGE_CACHE_FRESH_SECONDS = 0
    shown(browser)
    api.answers_at("order", Reply(500))

    html = shown(browser)

    assert text(html, "[data-order-number]") == "#Y34DHR"
    assert "As of" in text(html, "#order")


def test_look_up_with_the_order_is_one_row_of_the_log(browser: Client, api: StubErc) -> None:
    shown(browser)

    [row] = AccessLogEntry.objects.all()
    assert (row.customer_id, row.order_id, row.outcome, row.items) == ("C-1", "O-1", "ok", 1)


def test_failure_of_the_order_is_no_failure_of_the_look_up(browser: Client, erc: StubErc) -> None:
    erc.answers_at("order", Reply(500))

    response = browser.get("/orders/", LOOKUP)

    [row] = AccessLogEntry.objects.all()
    assert response.status_code == 200
    assert row.outcome == "ok"


def test_look_up_that_fails_shows_no_order(browser: Client, api: StubErc) -> None:
    api.answers(Reply(500))

    html = shown(browser)

    assert one(html, "[role=alert]")["data-error"] == "unavailable"
    assert html.select("#order") == []


def test_whole_card_number_is_nowhere(browser: Client, api: StubErc, log: Lines) -> None:
    card = {"card_brand": "Visa", "card_number": CARD}
    api.answers_at("order", Reply(content=order(payment_details=card)))

    response = browser.get("/orders/", LOOKUP)

    assert "•••• 4242" in response.content.decode()
    assert CARD[:12] not in response.content.decode()
    assert not any(CARD[:12] in line for line in log.lines)


def test_hostile_order_is_text_and_no_markup(browser: Client, api: StubErc) -> None:
    bad = "<script>alert(1)</script>\u202e"
    where = address(**dict.fromkeys(("first_name", "last_name", "address", "city", "region_code"), bad))
    hostile = order(
        number=bad,
        shipping_address=where,
        status=bad,
        delivery_type=bad,
        brand=bad,
        payment_details={"card_brand": bad, "card_number": bad},
        price_summary={"final_total_amount": money(1, bad)},
    )
    api.answers_at("order", Reply(content=hostile))
    api.answers_at("recent_order", Reply(content=recent_order("O-1", step(bad, bad))))

    response = browser.get("/orders/", LOOKUP)

    html = soup(response)
    assert "<script>alert" not in response.content.decode()
    assert "\u202e" not in one(html, "#order").get_text()
    assert text(html, "[data-order-number]") == "<script>alert(1)</script>"


def test_answer_and_message_are_as_without_the_order(browser: Client, api: StubErc) -> None:
    answer = text(shown(browser), "[data-order-answer]")
    message = text(soup(browser.get("/orders/message/", LOOKUP)), "[data-message]")

    assert "#Y34DHR" not in answer + message
    assert message.startswith("Your order O-1:")
