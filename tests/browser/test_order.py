"""The order above its items: on the first screen, behind its clicks, and as the page refreshes itself."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.support.browsing import CLIPBOARD, Portal, clipboard, refreshing, stop_clock
from tests.support.states import order

WITH_HISTORY = order("C-1001", "A-20744")


@pytest.mark.parametrize(("width", "height", "most"), [(1280, 800, 60), (360, 740, 120), (320, 640, 150)])
def test_order_is_a_slim_line_and_leaves_the_answer_on_the_first_screen(
    portal: Portal, width: int, height: int, most: int
) -> None:
    page = portal.signed_in(WITH_HISTORY)
    page.set_viewport_size({"width": width, "height": height})

    box = page.locator("[data-order]").bounding_box()
    answer = page.locator("#order-answer").bounding_box()

    assert box
    assert answer
    assert box["height"] <= most
    assert answer["y"] + answer["height"] <= height


def test_items_begin_on_the_first_screen(portal: Portal) -> None:
    page = portal.signed_in(WITH_HISTORY)
    page.set_viewport_size({"width": 1280, "height": 800})

    card = page.locator("[data-item-id]").first.bounding_box()

    assert card
    assert card["y"] < 500


def test_everything_else_is_one_click_away_by_keyboard(portal: Portal) -> None:
    page = portal.signed_in(WITH_HISTORY)
    address = page.locator("[data-ship-to] address").first
    expect(address).not_to_be_visible()

    page.locator("[data-order] summary").focus()
    page.keyboard.press("Enter")

    expect(address).to_be_visible()
    expect(page.locator("ol[data-history]")).to_be_visible()


def test_number_is_copied(portal: Portal) -> None:
    page = portal.signed_in(WITH_HISTORY, **CLIPBOARD)
    number = page.locator("[data-order-number]").text_content() or ""
    page.click("[data-order] summary")
    stop_clock(page)

    page.click(".order-number [data-copy]")
    expect(page.locator(".order-number .copied")).to_have_count(1)

    assert clipboard(page) == number


def test_refresh_leaves_open_what_was_opened(portal: Portal) -> None:
    page = portal.signed_in(WITH_HISTORY)
    page.click("[data-order] summary")
    page.evaluate("document.querySelector('[data-order-total]').textContent = 'old'")

    with refreshing(page):
        page.click("[data-refresh]")

    expect(page.locator("[data-ship-to] address").first).to_be_visible()
    expect(page.locator("[data-order-total]")).not_to_have_text("old")


def test_refresh_by_itself_that_brings_no_order_leaves_the_known_one(portal: Portal) -> None:
    def without_order(route: Route) -> None:
        response = route.fetch()
        section = '<section id="order" class="order" data-stays></section>'
        body = re.sub(r'<section id="order".*?</section>', section, response.text(), flags=re.DOTALL)
        route.fulfill(response=response, body=body)

    page = portal.signed_in(WITH_HISTORY)
    number = page.locator("[data-order-number]").text_content() or ""
    page.route("**/orders/?*refresh=1*", without_order)

    with refreshing(page):
        page.click("[data-refresh]")

    expect(page.locator("[data-order-number]")).to_have_text(number)


def test_paper_shows_what_is_behind_the_clicks(portal: Portal) -> None:
    page = portal.signed_in(WITH_HISTORY)

    page.emulate_media(media="print")

    expect(page.locator("[data-ship-to] address").first).to_be_visible()
    expect(page.locator("ol[data-history]")).to_be_visible()
    expect(page.locator(".order-number [data-copy]")).not_to_be_visible()
