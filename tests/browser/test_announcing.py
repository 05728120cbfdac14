"""What agents hear who do not see the page, and where they stand after each step."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.test_find import EMAIL, SHARED_PHONE, find
from tests.support.browsing import Portal


def expect_said(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("#announce")).to_have_text(words)


def test_what_was_found_is_announced(portal: Portal) -> None:
    page = portal.signed_in("/")

    find(page, SHARED_PHONE)

    expect_said(page, "Which one is it? – 2 customers found")
    expect(page.locator("[data-customer-id] a").first).to_be_focused()


def test_nothing_found_is_announced_and_leaves_the_focus_in_the_box(portal: Portal) -> None:
    page = portal.signed_in("/")

    find(page, "nobody@mail.example")

    expect_said(page, "Nothing found")
    expect(page.locator("[name=q]")).to_be_focused()


def test_each_step_to_the_items_is_announced(portal: Portal) -> None:
    page = portal.signed_in("/")

    find(page, EMAIL)
    expect_said(page, re.compile("^Amal Haddad – .*4 orders"))
    expect(page.locator("[name=q]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect_said(page, re.compile("^Order A-[0-9]+ – .+ item"))
    expect(page.locator("h1")).to_be_focused()


def test_answer_of_a_list_that_loads_on_is_announced_as_a_whole(portal: Portal) -> None:
    page = portal.signed_in("/")

    find(page, "C-1002 A-20810")
    expect(page.locator("[data-item-id]")).to_have_count(45)

    expect_said(page, re.compile(r"^Order A-20810 – 45 items – .* 45 items "))


def test_lines_of_the_answer_are_announced_apart(portal: Portal) -> None:
    page = portal.signed_in("/")

    find(page, "C-1003 A-20907")

    expect_said(page, re.compile(r"its way back\.” Arc desk lamp with dimmer – Delivery attempt"))


def test_arrow_keys_go_on_from_the_heading_of_the_customer_who_was_chosen(portal: Portal) -> None:
    page = portal.signed_in("/")
    find(page, SHARED_PHONE)
    expect(page.locator("[data-customer-id] a").first).to_be_focused()

    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Lena Brandt")
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("ArrowDown")

    expect(page.locator("[data-order-id] a").first).to_be_focused()


def test_error_after_a_link_takes_the_focus_that_the_link_had(portal: Portal) -> None:
    page = portal.signed_in("/customers/?customer_id=C-FAULTS")

    page.locator("[data-order-id='F-404'] a").press("Enter")

    expect(page.locator("[role=alert][data-error=not_found] h1")).to_be_focused()
