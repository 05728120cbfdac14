"""The keys of the page: on every layout, never with a modifier, off as a whole, and seen where they lead."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.browsing import CLIPBOARD, Portal, wait_until
from tests.support.desktops import Desktop, panel
from tests.support.states import order

pytestmark = pytest.mark.usefixtures("by_hand")

MANY = order("C-1002", "A-20810")


def press(page: Page, **event: Any) -> None:
    """A press as a layout of another script sends it."""
    page.evaluate(
        "event => document.body.dispatchEvent("
        "new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...event }))",
        event,
    )


def focused(page: Page) -> int:
    """The place of the item that has the focus, from 0; -1 where none has."""
    place: int = page.evaluate(
        "[...document.querySelectorAll('#parcels > *, [data-item-id]')]"
        ".filter(one => one.checkVisibility()).indexOf(document.activeElement.closest('article'))"
    )
    return place


@pytest.mark.parametrize(
    "event",
    [
        {"key": "о", "code": "KeyJ"},
        {"key": "ت", "code": "KeyJ"},
        {"key": "ξ", "code": "KeyJ"},
        {"key": "J", "code": "KeyJ"},
        {"key": "j", "code": "KeyH"},
    ],
)
def test_key_works_on_every_layout(portal: Portal, event: dict[str, str]) -> None:
    page = portal.signed_in(MANY)

    press(page, **event)

    assert focused(page) == 0


def test_list_of_keys_opens_on_a_layout_of_another_script(portal: Portal) -> None:
    page = portal.signed_in(MANY)

    press(page, key="؟", code="Slash", shiftKey=True)

    expect(page.locator("#keys")).to_be_visible()


@pytest.mark.parametrize(
    "event",
    [
        {"key": "J", "code": "KeyJ", "shiftKey": True},
        {"key": "О", "code": "KeyJ", "shiftKey": True},
        {"key": "j", "code": "KeyJ", "ctrlKey": True},
        {"key": "j", "code": "KeyJ", "altKey": True},
        {"key": "j", "code": "KeyJ", "metaKey": True},
        {"key": "é", "code": "KeyJ"},
        {"key": "toString", "code": ""},
        {"key": "j", "code": "KeyJ", "isComposing": True},
    ],
)
def test_key_with_a_modifier_or_of_another_letter_does_nothing(portal: Portal, event: dict[str, Any]) -> None:
    page = portal.signed_in(MANY)

    press(page, **event)

    assert focused(page) == -1


def test_key_that_is_held_down_asks_once(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "refresh=1" in request.url else None)

    for is_repeated in (False, True, True, True):
        press(page, key="r", code="KeyR", repeat=is_repeated)
    wait_until(page, lambda: asked)
    page.wait_for_timeout(500)

    assert len(asked) == 1


def test_keys_that_are_off_are_all_off_and_come_back_by_their_button(portal: Portal) -> None:
    page = portal.signed_in(MANY)
    page.click("[data-keys]")
    page.uncheck("#keys input")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()

    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("j")
    assert focused(page) == -1
    page.click("[data-keys]")
    page.check("#keys input")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")

    assert focused(page) == 0


def test_item_that_a_key_leads_to_is_marked(portal: Portal) -> None:
    page = portal.signed_in(MANY)

    page.keyboard.press("j")

    style = page.evaluate("getComputedStyle(document.activeElement.closest('article')).outlineStyle")
    assert style == "solid"


def test_keys_step_through_the_parcels_of_a_list_by_delivery(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    page.select_option("#narrow [name=by]", "delivery")
    page.evaluate("document.activeElement.blur()")

    page.keyboard.press("j")
    page.keyboard.press("j")

    assert focused(page) == 1


def test_button_of_the_keys_is_there_with_script_only(portal: Portal) -> None:
    page = portal.signed_in(MANY, java_script_enabled=False)

    expect(page.locator("[data-keys]")).to_be_hidden()


def test_panel_shows_its_keys(desk: Desktop) -> None:
    page = desk.page()
    page.click("#callers button:has-text('Amal')")
    # The button is there before the scripts are.
    expect(panel(page).locator("h1")).to_have_text("Order A-20731")

    panel(page).locator("[data-keys]").click()

    expect(panel(page).locator("#keys")).to_be_visible()


def test_job_is_done_by_keys(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"), **CLIPBOARD)

    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.closest('[data-item-id]').dataset.itemId")
    page.keyboard.press("c")
    expect(page.locator("#announce")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    page.keyboard.press("m")
    expect(page.locator("[data-item-id]")).to_have_count(40)
    page.wait_for_function("document.activeElement.matches('[data-takes-focus]')")
    page.keyboard.press("/")
    page.keyboard.type("jkm?")

    assert second == page.locator("[data-item-id]").nth(1).get_attribute("data-item-id")
    assert copied.startswith(page.locator("[data-item-id]").nth(1).locator("h2").inner_text())
    assert "jkm?" in page.input_value("[data-find] [name=q]")
    expect(page.locator("[data-item-id]")).to_have_count(40)


def test_keys_can_be_switched_off(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"))

    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.uncheck("#keys input")
    page.click("#keys button")
    page.keyboard.press("m")
    page.wait_for_timeout(500)
    page.reload()
    page.keyboard.press("m")
    page.wait_for_timeout(500)

    expect(page.locator("[data-item-id]")).to_have_count(20)
