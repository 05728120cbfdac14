"""Refunds and returns on the page of an order, wide and narrow, and from the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_look import problems
from tests.support.browsing import Portal, wait_until_loaded
from tests.support.states import order

ORDERS = {"several": order("C-1005", "A-21110"), "everyday": order("C-2003", "A-30007")}


@pytest.mark.parametrize(("scheme", "locale"), [("light", "en"), ("dark", "ar")])
def test_refunds_and_returns_fit_and_have_no_accessibility_problem(
    portal: Portal, screenshot: Callable[[Page, str], None], scheme: str, locale: str
) -> None:
    page = portal.signed_in("/", color_scheme=scheme, locale=locale)
    found: dict[str, Any] = {}
    for name, path in ORDERS.items():
        page.goto(portal.address + path)
        wait_until_loaded(page)
        screenshot(page, f"after sales {name} arriving {scheme} {locale}")
        page.eval_on_selector_all("#extras > details", "all => all.forEach(one => { one.open = true })")
        page.locator("#extras .fields > summary").first.click()
        for width in (1280, 360, 320):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found[f"{name} at {width}"] = "scrolls sideways"
            if trouble := problems(page):
                found[f"{name} at {width}, axe"] = trouble
            screenshot(page, f"after sales {name} {scheme} {locale} {width}")
        page.set_viewport_size({"width": 1280, "height": 900})

    assert found == {}


def test_line_of_an_item_is_seen_without_a_click_and_the_fields_with_one(portal: Portal) -> None:
    page = portal.signed_in(ORDERS["everyday"])

    expect(page.locator("[data-item-id] [data-refund] [data-amount]")).to_be_visible()
    expect(page.locator("#extras [data-refund]")).to_be_hidden()
    page.locator("#extras > details > summary").first.click()
    fields = page.locator("#extras [data-refund] .fields")
    expect(fields.locator(".facts")).to_be_hidden()
    fields.locator("> summary").click()
    expect(fields.locator(".facts")).to_be_visible()
