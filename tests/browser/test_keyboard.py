"""The whole job by the keyboard alone: sign in, look up, read, copy, load more, refresh, sign out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.browsing import CLIPBOARD, Portal, refreshing, wait_until

pytestmark = pytest.mark.usefixtures("by_hand")

MAX_STEPS = 400


# The page itself notes the words as they change: a test on a busy machine would look too late.
NOTE_WORDS = """() => {
    window.words = []
    const note = () => window.words.push(document.querySelector("#narrow output")?.textContent.trim())
    new MutationObserver(note).observe(document.body, { childList: true, subtree: true, characterData: true })
}"""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, which must be seen on each element on the way."""
    for _ in range(MAX_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert is_focus_seen(page), selector
            return
    raise AssertionError(f"{selector} is not reached")


def is_focus_seen(page: Page) -> bool:
    """Whether what has the focus is outlined, on the screen, and not behind the bar."""
    seen: bool = page.evaluate(
        """() => {
          const one = document.activeElement;
          const box = one.getBoundingClientRect();
          const bar = document.querySelector('.bar');
          const isBehind = !bar?.contains(one) && getComputedStyle(bar ?? one).position === 'sticky'
            && box.bottom <= bar.getBoundingClientRect().bottom;
          // The link of a line has the outline around the whole line.
          const styles = [getComputedStyle(one), getComputedStyle(one, '::after')];
          return styles.some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
            && box.bottom > 0 && box.top < innerHeight && !isBehind;
        }"""
    )
    return seen


@pytest.mark.parametrize("width", [1280, 640, 320])
def test_job_is_done_by_tab_and_enter(portal: Portal, width: int) -> None:
    page = portal.page(viewport={"width": width, "height": 720}, **CLIPBOARD)
    page.goto(f"{portal.address}/login/")
    tab_to(page, "[name=username]")
    page.keyboard.type("agent")
    tab_to(page, "[name=password]")
    page.keyboard.type("correct horse battery")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Where is the order?")

    expect(page.locator("[name=q]")).to_be_focused()
    page.keyboard.type("C-1002 A-20810")
    page.keyboard.press("Enter")
    expect(page.locator("[data-item-id]")).to_have_count(20)
    tab_to(page, "[data-refresh]")
    with refreshing(page):
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('[data-refresh]')")
    tab_to(page, "[data-copy-message]")
    page.keyboard.press("Enter")
    expect(page.locator("#announce")).to_have_text("Copied")
    tab_to(page, "[name=words]")
    page.keyboard.type("mug")
    tab_to(page, "[data-load-more]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-item-id]")).to_have_count(40)
    tab_to(page, ".account button")
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    page.keyboard.press("Enter")

    expect(page.locator("[name=username]")).to_be_visible()


def test_load_all_of_a_long_order_tells_how_far_it_is_and_stops(portal: Portal) -> None:
    page = portal.signed_in("/orders/?customer_id=C-1006&order_id=A-21250")
    page.evaluate(NOTE_WORDS)
    asked: list[Route] = []

    def hold_the_fifth(route: Route) -> None:
        asked.append(route)
        if len(asked) < 5:
            route.continue_()

    page.route("**/*cursor=*", hold_the_fifth)

    page.click("[data-load-all]")
    expect(page.locator("[data-item-id]")).to_have_count(100)
    wait_until(page, lambda: len(asked) == 5)
    page.keyboard.press("Enter")
    asked[4].continue_()
    expect(page.locator("[data-item-id]")).to_have_count(120)
    page.wait_for_timeout(700)
    focused = page.evaluate("document.activeElement.matches('[data-load-all]')")
    stopped_at = len(asked)
    page.unroute("**/*cursor=*")
    page.keyboard.press("Enter")
    expect(page.locator("[data-item-id]")).to_have_count(300, timeout=30_000)

    assert {"20 loaded so far…", "40 loaded so far…"} & set(page.evaluate("window.words"))
    assert stopped_at == 5
    assert focused
    expect(page.locator("#narrow output")).to_have_text("Items: 300 of 300")
