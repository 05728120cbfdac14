"""The panel of an order that does not exist: the right id is typed at once, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_look import problems
from tests.support.browsing import wait_until
from tests.support.desktops import Desktop, call, panel, panel_frame

SELECTED = "one => one.value.slice(one.selectionStart, one.selectionEnd)"


def _mishear(route: Route) -> None:
    claims = route.request.post_data or ""
    assert "A-20758" in claims
    route.continue_(post_data=claims.replace("A-20758", "A-20785"))


def misheard(desk: Desktop, locale: str = "", **options: Any) -> Page:
    """The desktop with a panel of 320 px, launched for an order that the customer does not have."""
    page = desk.page(viewport={"width": 1000, "height": 900}, **options)
    page.evaluate("document.body.style.gridTemplateColumns = '17rem 1fr 320px'")
    page.select_option("#locale", locale)
    page.route("**/launch-token*", _mishear)
    call(page, "Bo")
    # The first page of all takes long on a busy machine.
    expect(panel(page).locator("[data-error=not_found]")).to_be_visible(timeout=15_000)
    page.unroute("**/launch-token*")
    return page


def test_order_that_does_not_exist_is_replaced_by_keyboard(desk: Desktop) -> None:
    page = misheard(desk)
    field = panel(page).locator("#order-form [name=order_id]")
    wait_until(page, lambda: field.evaluate(SELECTED) == "A-20785")

    panel(page).locator("#main").focus()
    page.keyboard.press("/")
    page.keyboard.type("A-20744")
    page.keyboard.press("Enter")

    expect(panel(page).locator("h1")).to_have_text("Order A-20744")
    expect(panel(page).locator(".summary-head .who")).to_contain_text("Customer C-1001")


def test_panel_whose_order_does_not_exist_leaves_the_focus_to_the_desktop(desk: Desktop) -> None:
    page = misheard(desk)

    page.wait_for_timeout(300)

    assert not panel_frame(page).evaluate("document.hasFocus() && document.activeElement !== document.body")


def test_second_order_that_does_not_exist_is_selected_in_the_field_where_the_focus_stays(desk: Desktop) -> None:
    page = misheard(desk)
    panel(page).locator("#main").focus()
    page.keyboard.press("/")
    page.keyboard.type("A-29999")

    page.keyboard.press("Enter")
    expect(panel(page).locator("[data-asked]")).to_have_text("Order A-29999 · Customer C-1001")
    field = panel(page).locator("#order-form [name=order_id]")

    expect(field).to_be_focused()
    wait_until(page, lambda: field.evaluate(SELECTED) == "A-29999")


def test_field_goes_once_an_order_is_there(desk: Desktop) -> None:
    page = misheard(desk)

    panel(page).locator("#order-form [name=order_id]").fill("A-20758")
    panel(page).locator("#order-form button").click()

    expect(panel(page).locator("h1")).to_have_text("Order A-20758")
    expect(panel(page).locator("#order-form [name=order_id]")).to_be_hidden()


@pytest.mark.parametrize(("scheme", "locale"), [("light", ""), ("dark", "ar")])
def test_field_for_another_order_fits_320_pixels_and_has_no_accessibility_problem(
    desk: Desktop, screenshot: Callable[[Page, str], None], scheme: str, locale: str
) -> None:
    page = misheard(desk, locale, color_scheme=scheme)
    frame = panel_frame(page)

    field = panel(page).locator("#order-form [name=order_id]").bounding_box()
    screenshot(page, f"embed other order {scheme} {locale}")

    assert field
    assert field["y"] < 400
    assert not frame.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert problems(frame) == []
