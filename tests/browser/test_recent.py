"""The start page of an agent who has looked up orders a moment ago."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_look import problems
from tests.support.browsing import Portal
from tests.support.states import order

LOOKED_UP = (("C-1001", "A-20758"), ("C-1004", "A-21015"), ("C-1002", "A-20810"))


@pytest.mark.parametrize(("width", "scheme", "locale"), [(1280, "light", "en"), (320, "dark", "ar")])
def test_recent_orders_show_what_they_were_and_fit(
    portal: Portal, screenshot: Callable[[Page, str], None], width: int, scheme: str, locale: str
) -> None:
    page = portal.signed_in("/", viewport={"width": width, "height": 800}, color_scheme=scheme, locale=locale)
    for customer_id, order_id in LOOKED_UP:
        page.goto(portal.address + order(customer_id, order_id))

    page.goto(portal.address + "/orders/")
    screenshot(page, f"recent {scheme} {locale} {width}")

    expect(page.locator("[data-recent] .seen-item")).to_have_count(3)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert problems(page) == []


def test_recent_order_keeps_its_ids_in_one_line_on_a_phone(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20758"), viewport={"width": 320, "height": 800})

    page.goto(portal.address + "/orders/")
    lines = page.eval_on_selector_all("[data-recent] bdi", "all => all.map(one => one.getClientRects().length)")

    assert lines[:2] == [1, 1]
