"""The portal in other languages: fits, reads from the right where it should, and axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_look import problems
from tests.support.browsing import Portal, wait_until_loaded
from tests.support.states import order

STATES = {
    "start": "/orders/",
    "three deliveries": order("C-1001", "A-20758"),
    "many items": order("C-1002", "A-20810"),
    "every status": order("C-1002", "A-20822"),
    "not found": order("C-FAULTS", "F-404"),
}


@pytest.mark.parametrize("locale", ["ar", "de", "es", "fr", "pt-BR"])
def test_page_fits_and_has_no_accessibility_problem(
    portal: Portal, screenshot: Callable[[Page, str], None], locale: str
) -> None:
    page = portal.signed_in("/", locale=locale)
    found: dict[str, Any] = {}
    for state, path in STATES.items():
        page.goto(portal.address + path)
        wait_until_loaded(page)
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found[f"{state} at {width}"] = "scrolls sideways"
            screenshot(page, f"{state} {locale} {width}")
        if trouble := problems(page):
            found[state] = trouble

    assert found == {}
    assert page.evaluate("document.documentElement.dir") == ("rtl" if locale == "ar" else "ltr")


def test_language_is_chosen_in_the_page(portal: Portal) -> None:
    page = portal.signed_in("/")

    page.select_option(".language select", "de")
    page.click(".language button")

    expect(page.locator("[data-find] button")).to_have_text("Suchen")
