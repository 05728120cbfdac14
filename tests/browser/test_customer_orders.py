"""A customer's orders in a browser: by keyboard alone, with and without scripts, and while the network is away."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_keyboard import tab_to
from tests.support.browsing import Portal, go_on, refreshing
from tests.support.states import customer, order

MANY = customer("C-2007")
TOTAL = 60


def order_ids(page: Page) -> list[str]:
    """The ids of the orders on the page, in order."""
    ids: list[str] = page.eval_on_selector_all("[data-order-id]", "rows => rows.map(row => row.dataset.orderId)")
    return ids


FOCUSED = (
    "[...document.querySelectorAll('[data-order-id]')].indexOf(document.activeElement.closest('[data-order-id]'))"
)


def focused(page: Page) -> int:
    """The place of the order that has the focus, from 0; -1 where none has."""
    place: int = page.evaluate(FOCUSED)
    return place


def test_load_more_brings_each_order_once_and_the_focus_to_the_first_new_one(portal: Portal) -> None:
    page = portal.signed_in(MANY)
    expect(page.locator("[data-order-id]")).to_have_count(20)

    page.press("[data-load-more]", "Enter")
    expect(page.locator("[data-order-id]")).to_have_count(40)

    page.wait_for_function(f"{FOCUSED} === 20", timeout=5000)
    page.click("[data-load-more]")
    expect(page.locator("#shown")).to_have_text("All 60 orders")
    assert len(set(order_ids(page))) == TOTAL
    page.wait_for_function(f"{FOCUSED} === 40", timeout=5000)
    expect(page.locator("[data-list-end]")).to_be_visible()
    assert portal.console == []


def test_orders_are_walked_through_without_scripts(portal: Portal) -> None:
    page = portal.signed_in(MANY, java_script_enabled=False)
    found = order_ids(page)
    for _ in range(2):
        go_on(page, "[data-load-more]")
        found += order_ids(page)

    assert len(set(found)) == len(found) == TOTAL
    expect(page.locator("[data-load-more]")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 320])
def test_order_is_chosen_and_left_by_keyboard_alone(portal: Portal, width: int) -> None:
    page = portal.signed_in(MANY, viewport={"width": width, "height": 720})
    chosen = order_ids(page)[1]

    tab_to(page, f"[data-order-id='{chosen}'] a")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(chosen)
    expect(page).to_have_url(re.compile(f"/orders/.*order_id={chosen}"))
    expect(page.locator("h1")).to_be_focused()
    tab_to(page, ".who a")
    page.keyboard.press("Enter")

    expect(page.locator("[data-order-id]")).to_have_count(20)
    expect(page).to_have_title("Orders of customer C-2007 – Order items")
    page.go_back()
    expect(page.locator("h1")).to_contain_text(chosen)


def test_keys_step_through_the_orders(portal: Portal) -> None:
    page = portal.signed_in(MANY)
    places = []

    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
        places.append(focused(page))
    page.keyboard.press("m")
    expect(page.locator("[data-order-id]")).to_have_count(40)

    assert places == [0, 1, 2, 1]


@pytest.mark.parametrize("has_scripts", [True, False])
def test_number_narrows_the_list_and_is_in_no_address(portal: Portal, has_scripts: bool) -> None:
    page = portal.signed_in(MANY, java_script_enabled=has_scripts)
    number = page.locator("[data-order-number]").nth(3).inner_text()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.fill("form.narrow-orders [name=search]", number)
    page.keyboard.press("Enter")

    expect(page.locator("[data-order-id]")).to_have_count(1)
    expect(page).to_have_url(re.compile("narrowed="))
    expect(page.locator("form.narrow-orders [name=search]")).to_have_value(number.removeprefix("#"))
    page.reload()
    expect(page.locator("[data-order-id]")).to_have_count(1)
    page.click("form.narrow-orders a")
    expect(page.locator("[data-order-id]")).to_have_count(20)
    assert not any(number.removeprefix("#") in url for url in asked)


def test_refresh_keeps_the_focus_on_its_order(portal: Portal) -> None:
    page = portal.signed_in(MANY)
    page.click("[data-load-more]")
    expect(page.locator("[data-order-id]")).to_have_count(40)
    page.wait_for_function(f"{FOCUSED} === 20", timeout=5000)
    page.evaluate("document.querySelectorAll('[data-order-id] a')[25].focus()")
    page.evaluate("document.querySelectorAll('[data-order-id]')[25].mark = 'same'")

    with refreshing(page):
        page.keyboard.press("r")

    expect(page.locator("[data-order-id]")).to_have_count(40)
    page.wait_for_function(f"{FOCUSED} === 25", timeout=5000)
    assert page.evaluate("document.querySelectorAll('[data-order-id]')[25].mark") == "same"


def test_list_that_cannot_be_reached_is_told_with_the_customer_alone(portal: Portal) -> None:
    page = portal.signed_in(order("C-1005", "A-21110"))
    page.context.set_offline(True)

    page.click(".who a")

    told = page.locator("#offline")
    expect(told).to_be_visible()
    expect(told).to_contain_text("Customer C-1005")
    assert "Order " not in told.inner_text()
    expect(page.locator("[data-item-id]")).to_have_count(0)
    page.context.set_offline(False)
    told.locator("a").click()
    expect(page.locator("[data-order-id]")).to_have_count(3)
