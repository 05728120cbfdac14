"""What helps an agent beyond reading: answers to copy, and the way to what needs attention."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Portal, order
from tests.browser.desktops import Desktop, panel

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def test_answer_and_numbers_are_copied_and_announced(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"), **CLIPBOARD)

    page.click("article [aria-label^='Copy answer']:near([data-answer])")
    answer = page.evaluate("navigator.clipboard.readText()")
    expect(page.locator("#announce")).to_have_text("Copied")
    page.click("[aria-label^='Copy SKU']")
    sku = page.evaluate("navigator.clipboard.readText()")
    page.click("[aria-label^='Copy tracking number']")
    tracking = page.evaluate("navigator.clipboard.readText()")

    assert answer == page.locator("[data-answer]").inner_text()
    assert "delivered on" in answer
    assert sku == page.locator("[data-sku]").inner_text()
    assert tracking == "NP 4471 9920 15"


def test_what_needs_attention_is_counted_and_jumped_to(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    flagged = page.locator("article[data-attention]").count()

    page.locator("#jumps a").first.click()

    assert flagged > 1
    expect(page.locator("#attention")).to_have_text(f"{flagged} items need attention")
    assert page.locator("#jumps a").count() == flagged
    expect(page.locator("article:target")).to_have_attribute("data-attention", "")


def test_load_more_goes_on_counting(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"))
    before = page.locator("article[data-attention]").count()

    page.click("[data-load-more]")
    expect(page.locator("[data-item-id]")).to_have_count(40)
    page.click("[data-load-more]")
    expect(page.locator("[data-item-id]")).to_have_count(45)

    flagged = page.locator("article[data-attention]").count()
    assert page.locator("#jumps a").count() == flagged >= before
    if flagged:
        expect(page.locator("#attention")).to_contain_text(str(flagged))
    expect(page.locator("[data-order-answer]")).not_to_contain_text("goes on")


def test_copy_works_within_the_panel(desk: Desktop) -> None:
    page = desk.page(**CLIPBOARD)
    page.click("#callers button:has-text('Amal')")

    panel(page).locator("[aria-label^='Copy SKU']").click()

    expect(panel(page).locator("#announce")).to_have_text("Copied")


def test_without_script_there_are_answers_and_no_buttons(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"), java_script_enabled=False)

    expect(page.locator("[data-answer]")).to_be_visible()
    expect(page.locator(".copy").first).to_be_hidden()
