"""How the panel looks: narrow, light and dark, as high as what it shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_look import problems
from tests.support.browsing import wait_until_loaded
from tests.support.desktops import Desktop, call, panel, panel_frame

HEADINGS = {
    "Amal": "Order A-20731",
    "Bo": "Order A-20758",
    "Chidi": "Order A-20810",
    "Dora": "Order A-20822",
    "Emi": "Emi Tanaka",
    "Margarida": "Margarida Sousa e Silva",
    "Lena": "Which one is it?",
    "João": "Order A-30080",
    "Unknown": "Nothing found",
    "Farid": "Order not found",
    "Gwen": "Looking for order F-slow …",
}
IN_ARABIC = {
    "Amal": "الطلب A-20731",
    "Dora": "الطلب A-20822",
    "Emi": "Emi Tanaka",
    "Lena": "أيّها المطلوب؟",
    "Unknown": "لم يُعثر على شيء",
    "Farid": "لم يُعثر على الطلب",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("locale", "headings"), [("", HEADINGS), ("ar", IN_ARABIC)])
def test_panel_fits_320_pixels_and_has_no_accessibility_problem(
    desk: Desktop, screenshot: Callable[[Page, str], None], scheme: str, locale: str, headings: dict[str, str]
) -> None:
    page = desk.page(color_scheme=scheme, viewport={"width": 1000, "height": 900})
    page.evaluate("document.body.style.gridTemplateColumns = '17rem 1fr 320px'")
    # Held for ever, so that the waiting panel can be looked at.
    page.route("**/embed/orders/*F-slow*", lambda _route: None)
    page.select_option("#locale", locale)
    page.select_option("#customer_zone", "Asia/Tokyo")
    found: dict[str, object] = {}
    for caller, heading in headings.items():
        call(page, caller)
        expect(panel(page).locator("#results h1")).to_have_text(heading)
        frame = panel_frame(page)
        if caller != "Gwen":
            wait_until_loaded(frame)
        screenshot(page, f"embed {caller} {scheme} {locale}")
        if frame.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found[caller] = "scrolls sideways"
        if trouble := problems(frame):
            found[f"{caller} axe"] = trouble

    assert found == {}


def test_panel_takes_the_theme_of_the_launch(desk: Desktop) -> None:
    page = desk.page(color_scheme="light")
    page.select_option("#theme", "dark")

    call(page, "Amal")
    expect(panel(page).locator("h1")).to_have_text("Order A-20731")
    dark = panel_frame(page).evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.select_option("#theme", "light")
    expect(panel(page).locator("[data-theme=light] h1")).to_have_text("Order A-20731")
    light = panel_frame(page).evaluate("getComputedStyle(document.documentElement).backgroundColor")

    assert dark == "rgb(15, 19, 25)"
    assert light == "rgb(243, 245, 249)"
