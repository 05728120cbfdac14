"""Copying where the browser does not let: what is said is what happened."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Portal
from tests.orders.states import order


def test_copy_that_fails_is_not_said_to_have_worked(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))
    page.evaluate(
        """() => {
          navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));
          document.execCommand = () => false;
        }"""
    )

    page.locator("[aria-label^='Copy order id']").click()

    expect(page.locator("#announce")).to_contain_text("could not be copied")
    expect(page.locator(".copy.failed")).to_have_count(1)


def test_copy_without_the_permission_still_works_and_keeps_its_place(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"))
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')) }")
    button = page.locator("[aria-label^='Copy SKU']").nth(8)
    button.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")

    button.click()

    expect(page.locator("#announce")).to_have_text("Copied")
    expect(button).to_be_focused()
    assert page.evaluate("scrollY") == before
