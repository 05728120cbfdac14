"""The panel in desktops of other kinds: signing in there, and what it shows."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from playwright.sync_api import FrameLocator, Page, expect

LONGEST = 15_000
"""Milliseconds: a busy machine takes long for all that lies between a click and the panel."""

SHOWN = "#panel iframe:not([hidden])"
"""The frame that the desktop shows."""


def shown_panel(page: Page) -> FrameLocator:
    """The panel that the desktop shows; others may be hidden behind it."""
    return page.frame_locator(SHOWN)


def sign_in(page: Page, *, again: bool = False) -> None:
    """Sign the agent in to the portal, in the window that the shown panel opens; `again` closes by itself."""
    # The button does something once the frame's scripts are there.
    shown_panel(page).locator("[data-sign-in]").evaluate(
        "() => document.readyState === 'complete' || new Promise((done) => window.addEventListener('load', done))",
        timeout=LONGEST,
    )
    with page.expect_popup(timeout=LONGEST) as opened:
        shown_panel(page).locator("[data-sign-in]").click()
    window = opened.value
    if not again:
        window.fill("[name=username]", "agent")
        window.fill("[name=password]", "correct horse battery")
        window.click("main button[type=submit]")
    if not window.is_closed():
        window.wait_for_event("close")


def expect_heading(page: Page, text: str) -> None:
    """Expect the shown panel to be headed so."""
    expect(shown_panel(page).locator("h1").first).to_have_text(text, timeout=LONGEST)


def expect_nothing_until_signed_in_again(page: Page, order_id: str) -> None:
    """End the agent's sign-in: the shown order is gone at the next request, and is back after the next sign-in."""
    Session.objects.all().delete()

    shown_panel(page).get_by_role("link", name="Refresh").click()
    expect(shown_panel(page).locator("[data-sign-in]")).to_be_visible(timeout=LONGEST)
    assert order_id not in shown_panel(page).locator("body").inner_text()

    sign_in(page)
    expect_heading(page, f"Order {order_id}")
