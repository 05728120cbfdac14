"""Copying, also where the browser does not let: what is said is what happened."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.support.browsing import CLIPBOARD, Portal, clipboard, copying, stop_clock
from tests.support.desktops import Desktop, framed, panel, panel_frame
from tests.support.states import order

MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def test_copy_that_fails_is_not_said_to_have_worked(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))
    stop_clock(page)
    page.evaluate(
        """() => {
          navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));
          document.execCommand = () => false;
        }"""
    )

    page.locator("[aria-label^='Copy order ID']").click()

    expect(page.locator(".copy.failed")).to_have_count(1)
    page.clock.run_for(100)
    expect(page.locator("#announce")).to_contain_text("could not be copied")


def test_copy_that_fails_selects_the_text_for_the_agent_to_copy(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"), **CLIPBOARD)
    page.evaluate(
        """() => {
          navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));
          document.execCommand = () => false;
        }"""
    )

    page.locator("[aria-label^='Copy SKU']").click()
    expect(page.locator("#announce")).to_contain_text("it is selected")
    page.keyboard.press("Control+C")

    assert page.evaluate("navigator.clipboard.readText()") == page.locator("[data-sku]").inner_text()


def test_copy_in_a_frame_without_the_clipboard_still_works(desk: Desktop) -> None:
    page = desk.page(**CLIPBOARD)
    address = f"{desk.portal.address}/embed/?{urlencode({'token': desk.token('C-1001', 'A-20731')})}"
    framed(page, address)
    expect(panel(page).locator("h1")).to_have_text("Order A-20731", timeout=15_000)
    allowed = panel_frame(page).evaluate("document.featurePolicy.allowsFeature('clipboard-write')")

    panel(page).locator("[aria-label^='Copy order ID']").click()

    expect(panel(page).locator("#announce")).to_have_text("Copied")
    assert allowed is False
    assert page.evaluate("navigator.clipboard.readText()") == "A-20731"


def test_copy_without_the_permission_still_works_and_keeps_its_place(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"))
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')) }")
    expect(page.locator("[data-item-id]")).to_have_count(45)
    row = page.locator("[data-item-id]").nth(8)
    row.locator("summary").click()
    button = row.locator("[aria-label^='Copy SKU']")
    button.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")

    button.click()

    expect(page.locator("#announce")).to_have_text("Copied")
    expect(button).to_be_focused()
    assert page.evaluate("scrollY") == before


@pytest.mark.parametrize("order_id", ["A-20758", "A-20822"])
def test_nothing_that_is_copied_holds_a_mark_of_direction(portal: Portal, order_id: str) -> None:
    customer = "C-1001" if order_id == "A-20758" else "C-1002"
    page = portal.signed_in("/", locale="ar", permissions=["clipboard-read", "clipboard-write"])
    page.goto(portal.address + order(customer, order_id))
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    written: list[str] = page.evaluate(
        """async () => {
          const written = [];
          navigator.clipboard.writeText = async (text) => { written.push(text); };
          for (const button of document.querySelectorAll("[data-copy]")) button.click();
          return written;
        }"""
    )
    page.evaluate("getSelection().selectAllChildren(document.querySelector('main'))")
    page.evaluate("delete navigator.clipboard.writeText")
    with copying(page):
        page.keyboard.press("Control+C")
    kept = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          return Promise.all(item.types.map(async (type) => (await item.getType(type)).text()));
        }"""
    )

    assert len(written) > 5
    assert len(kept) == 2
    assert [text for text in (*written, *kept) if MARKS.search(text)] == []
    assert all(written)
    assert order_id in kept[0]


def test_names_in_a_sentence_are_set_apart_by_elements(portal: Portal) -> None:
    page = portal.signed_in("/", locale="ar")

    page.goto(portal.address + order("C-1002", "A-20822"))

    answers = page.locator("[data-answer], [data-delivery-answer], [data-order-answer]")
    assert not any(re.search("[\u2066-\u2069]", text) for text in answers.all_text_contents())
    assert answers.locator("bdi").count() > 3


def test_mark_that_was_typed_into_a_field_is_not_copied_from_it(portal: Portal) -> None:
    page = portal.signed_in("/", permissions=["clipboard-read", "clipboard-write"])
    page.fill("[name=q]", "\u2068A-1\u2069")

    page.press("[name=q]", "Control+A")
    with copying(page):
        page.press("[name=q]", "Control+C")

    assert clipboard(page) == "A-1"


def test_selection_without_marks_is_copied_as_browsers_do(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"), permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("document.addEventListener('copy', (event) => { window.isOurs = event.defaultPrevented; })")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")

    with copying(page):
        page.keyboard.press("Control+C")

    assert page.evaluate("window.isOurs") is False
    assert clipboard(page) == "Order A-20731"


def test_numbers_are_copied_and_announced(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"), **CLIPBOARD)

    page.click("[aria-label^='Copy SKU']")
    expect(page.locator("#announce")).to_have_text("Copied")
    sku = clipboard(page)
    with copying(page):
        page.click("[aria-label^='Copy tracking number']")
    tracking = clipboard(page)

    assert sku == page.locator("[data-sku]").inner_text()
    assert tracking == "NP 4471 9920 15"


def test_copy_works_within_the_panel(desk: Desktop) -> None:
    page = desk.page(**CLIPBOARD)
    page.click("#callers button:has-text('Amal')")

    panel(page).locator("[aria-label^='Copy SKU']").click()

    expect(panel(page).locator("#announce")).to_have_text("Copied")


def test_button_shows_what_it_copies_while_it_is_pointed_at(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))
    button = page.locator("[aria-label^='Copy SKU']")

    button.hover()
    pointed_at = button.get_attribute("title")
    page.mouse.move(0, 0)

    assert pointed_at == button.get_attribute("aria-label")
    expect(button).not_to_have_attribute("title", re.compile("."))
