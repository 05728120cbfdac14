"""What shops and carriers get wrong, as the page shows it."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django.fixtures import Settings

from tests.support.pages import LOOKUP, ids, one, soup, text
from tests.support.stub_erc import Reply, StubErc, item, page


def shown(browser: Client, erc: StubErc, *items: Any, **more: Any) -> BeautifulSoup:
    """The page of an order with these items."""
    erc.answers(Reply(content=page(*items, **more)))
    response = browser.get("/orders/", LOOKUP)
    assert response.status_code == 200
    return soup(response)


def tracked(number: str | None, url: str | None = None, status: str = "IN_TRANSIT", name: str = "D-1") -> Any:
    return {
        "id": name,
        "latest_status_info": {"type": status},
        "tracking_info": {"tracking_number": number, "external_url": url},
    }


def test_shipment_of_three_items_is_said_and_counted_once(browser: Client, erc: StubErc) -> None:
    html = shown(browser, erc, *(item(name, deliveries=[tracked("1Z9")]) for name in "abc"))

    assert text(html, "#order-answer") == "None of the 3 items is delivered yet. 3 are on the way."
    assert len({section["data-parcel"] for section in html.select("[data-delivery-id]")}) == 1


def test_placeholder_is_no_number_and_has_no_copy_button(browser: Client, erc: StubErc) -> None:
    html = shown(
        browser,
        erc,
        item("a", deliveries=[tracked("N/A", name="D-1")]),
        item("b", deliveries=[tracked("n.a.", name="D-2")]),
    )

    assert html.select("[data-tracking], [aria-label^='Copy tracking number']") == []
    assert len({section["data-parcel"] for section in html.select("[data-delivery-id]")}) == 2
    assert "N/A" not in html.get_text()


def test_each_number_has_its_copy_button(browser: Client, erc: StubErc) -> None:
    html = shown(browser, erc, item(deliveries=[tracked("1Z1, 1Z2; 1Z3", "https://t.example/{tracking}")]))

    numbers = html.select("[data-tracking]")
    assert [number.get_text() for number in numbers] == ["1Z1", "1Z2", "1Z3"]
    assert [link["href"] for link in html.select(".number a")] == [f"https://t.example/1Z{n}" for n in (1, 2, 3)]
    assert len(html.select(".number > [data-copy]")) == 3


def test_link_without_a_number_has_no_copy_button(browser: Client, erc: StubErc) -> None:
    html = shown(browser, erc, item(deliveries=[tracked(None, "www.carrier.example/a b")]))

    link = one(html, ".number a")
    assert link["href"] == "https://www.carrier.example/a%20b"
    assert link.get_text(" ").startswith("Track at the carrier")
    assert html.select("[data-tracking], .number [data-copy]") == []


@pytest.mark.parametrize("spelling", ["in_transit", "InTransit", "in transit", "IN-TRANSIT"])
def test_status_in_another_spelling_is_shown_by_its_code(browser: Client, erc: StubErc, spelling: str) -> None:
    html = shown(browser, erc, item(deliveries=[tracked("1Z9", status=spelling)]))

    assert one(html, "[data-delivery-id]")["data-status"] == "IN_TRANSIT"
    assert "In transit" in one(html, "li[aria-current=step]").get_text()


@pytest.mark.parametrize("info", [{}, {"type": None}, {"type": None, "status_date_time": "2026-11-01"}, None])
def test_delivery_without_a_status_is_shown_and_counted(browser: Client, erc: StubErc, info: Any) -> None:
    html = shown(browser, erc, item(deliveries=[{"latest_status_info": info}]))

    assert text(html, "[data-delivery-id] .status") == "No status yet"
    assert "No status yet" in text(html, "[data-order-answer]")
    assert html.select(".notice") == []


def test_order_whose_first_items_have_no_delivery_says_which(browser: Client, erc: StubErc) -> None:
    html = shown(browser, erc, *(item(f"i{number}") for number in range(20)), next_cursor="1")

    assert text(html, "#order-answer") == "None of the first 20 items is delivered yet. 20 are not sent yet."


def test_list_that_ended_with_an_unreadable_entry_does_not_go_on(browser: Client, erc: StubErc) -> None:
    html = shown(browser, erc, item("a", deliveries=[tracked("1")]), None)

    assert text(html, "#order-answer") == "Thing a: In transit."
    assert text(html, "#answer-more") == "1 entry could not be read."


def test_gift_card_waits_for_no_delivery(browser: Client, erc: StubErc) -> None:
    html = shown(browser, erc, item("a", quantity=1, deliverable_quantity=0))

    assert text(html, ".no-delivery") == "Nothing to deliver."
    assert "no delivery yet" not in html.get_text().lower()


def test_what_the_reference_no_longer_promises_is_shown_and_counted_without_a_notice(
    browser: Client, erc: StubErc
) -> None:
    link = {"external_url": "https://track.example/x"}
    html = shown(
        browser,
        erc,
        {"id": "a", "name": "Without a price"},
        item("b", deliveries=[{"latest_status_info": {"type": "DELIVERED"}}]),
        item("c", deliveries=[{"id": "D-1", "tracking_info": link}]),
        item("d", deliveries=[{"id": "D-2", "latest_status_info": {"status_date_time": "2026-11-20T10:00:00Z"}}]),
    )

    assert sorted(ids(html)) == list("abcd")
    assert text(html, "#shown") == "4 items"
    assert [section["data-delivery-id"] for section in html.select("[data-delivery-id]")] == ["D-1", "D-2", ""]
    assert [status.get_text(strip=True) for status in html.select("[data-delivery-id] .status")] == [
        "No status yet",
        "No status yet",
        "Delivered",
    ]
    assert one(html, ".number a")["href"] == link["external_url"]
    assert len(html.select("[data-price]")) == 3
    assert html.select(".notice, .flag, [data-unreadable]") == []


@pytest.mark.parametrize("broken", [{"refunds": "x"}, {"returns": [7]}, {"refunds": [{"id": "r"}, None]}])
def test_order_without_items_tells_what_of_it_could_not_be_read(
    browser: Client, erc: StubErc, broken: Any
) -> None:
    content = page()
    content["_embedded"] |= broken
    erc.answers(Reply(content=content))

    html = soup(browser.get("/orders/", LOOKUP))

    assert text(html, ".blank .notice") == "Some details of this order could not be read and are left out."
    assert len(html.select("[data-list-end]")) == 1


def test_copied_answer_has_no_marks_of_direction(browser: Client, erc: StubErc) -> None:
    browser.cookies["django_language"] = "ar"
    html = shown(browser, erc, item("a", deliveries=[tracked("1Z9")]))

    copied = [str(button["data-copy"]) for button in html.select("[data-copy]") if button["data-copy"]]
    message = text(soup(browser.get("/orders/message/", {**LOOKUP, "language": "ar"})), "[data-message]")
    assert message.endswith("1Z9")
    assert not any("\u2066" <= character <= "\u2069" for told in (*copied, message) for character in told)


def test_item_without_a_price_has_no_place_for_one(browser: Client, erc: StubErc) -> None:
    html = shown(browser, erc, item("a", price=None), item("b", price={"value": 10.1}))

    assert [price.get_text() for price in html.select("[data-price]")] == ["10.1"]
    assert html.select(".notice") == []


@pytest.mark.parametrize(
    "address",
    [
        "https://portal.example/orders/?customer_id=x&order_id=y",
        "https://127.0.0.1:8443/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://localhost./x",
        "https://2130706433/x",
    ],
)
def test_picture_from_the_portal_or_its_network_is_not_loaded(
    browser: Client, erc: StubErc, settings: Settings, address: str
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "portal.example"]

    html = shown(browser, erc, item("a", image_url=address, deliveries=[tracked("1", address)]))

    assert html.select("article img, .number a") == []


def test_names_are_unescaped_once_and_stay_text(browser: Client, erc: StubErc) -> None:
    html = shown(browser, erc, item("a", name="Fish &amp; Chips &lt;script&gt;", description="<p>So<br>good</p>"))

    assert text(html, "article h2") == "Fish & Chips <script>"
    assert text(html, ".description p") == "So good"


def test_delivery_in_the_future_is_flagged_and_its_day_not_said(browser: Client, erc: StubErc) -> None:
    info = {"type": "DELIVERED", "status_date_time": "2091-09-30T10:00:00Z"}
    html = shown(browser, erc, item("a", deliveries=[{"id": "d", "latest_status_info": info}]))

    assert text(html, '[data-flag="date"]') == "Date lies in the future"
    assert "2091" not in html.get_text()
