"""Signing in to the portal inside the panel of a desktop that opens an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.test_look import problems
from tests.support.chromium import FLAGS, PARTITIONED, chromium_path
from tests.support.desktops import Desktop, call, pages, panel, panel_frame

SOON = 20_000


@pytest.fixture(scope="module")
def chromium(chromium: Browser) -> Iterator[Browser]:
    """A browser that blocks third-party cookies, and keeps what frames store for each site that frames them."""
    browser = chromium.browser_type.launch(executable_path=chromium_path(), args=[*FLAGS, PARTITIONED])
    yield browser
    browser.close()


def sign_in_within(page: Page) -> None:
    """Use the panel's button, and the form in the window that it opens."""
    with page.expect_popup() as opening:
        panel(page).get_by_role("button", name="Sign in").click()
    popup = opening.value
    popup.fill("[name=username]", "agent")
    popup.fill("[name=password]", "correct horse battery")
    with popup.expect_event("close"):
        popup.click("main button[type=submit]")


def sign_out_in_a_tab(page: Page, desk: Desktop) -> None:
    """Sign out of the portal beside the desktop."""
    tab = page.context.new_page()
    tab.goto(f"{desk.portal.address}/orders/")
    tab.locator("form[action*=logout] button").first.click()
    tab.wait_for_url("**/login/**")
    tab.close()


def test_agent_signs_in_once_until_signing_out_of_the_portal(desk: Desktop) -> None:
    page = desk.page("/address/")

    call(page, "Amal")
    expect(panel(page).get_by_role("button", name="Sign in")).to_be_visible(timeout=SOON)
    panel_frame(page).wait_for_url(re.compile(r"/embed/demo-address/$"))
    sign_in_within(page)
    expect(panel(page).locator("h1")).to_have_text("Order A-20731", timeout=SOON)
    expect(panel(page).locator("[data-item-id]").first).to_be_visible()
    kept = panel_frame(page).evaluate("[JSON.stringify(sessionStorage), document.cookie]")
    call(page, "Lena")
    expect(panel(page).get_by_text("A-20731")).to_have_count(0)
    expect(panel(page).locator("#results a[href*=customer_id]").first).to_be_visible(timeout=SOON)
    call(page, "Amal")
    expect(panel(page).locator("h1")).to_have_text("Order A-20731", timeout=SOON)
    assert desk.portal.console == []

    sign_out_in_a_tab(page, desk)
    panel(page).get_by_role("link", name="Refresh").click()
    expect(panel(page).get_by_role("button", name="Sign in")).to_be_visible(timeout=SOON)
    expect(panel(page).get_by_role("status").filter(has_text="has ended")).to_be_visible()
    expect(panel(page).get_by_text("A-20731")).to_have_count(0)
    call(page, "Lena")
    expect(panel(page).get_by_role("button", name="Sign in")).to_be_visible(timeout=SOON)

    assert "C-1001" not in kept[0]
    assert kept[1] == ""


def test_sign_in_that_has_ended_is_said_once_for_the_next_contact(desk: Desktop) -> None:
    page = desk.page("/address/")
    call(page, "Amal")
    sign_in_within(page)
    expect(panel(page).locator("h1")).to_have_text("Order A-20731", timeout=SOON)
    sign_out_in_a_tab(page, desk)

    call(page, "Lena")

    expect(panel(page).get_by_role("status").filter(has_text="has ended")).to_be_visible(timeout=SOON)
    expect(panel(page).locator("h1")).to_have_count(1)
    expect(panel(page).get_by_role("alert")).to_have_count(0)


def test_frame_asks_for_no_sign_in_before_it_knows_whether_the_agent_needs_one(desk: Desktop) -> None:
    page = desk.page("/address/")
    held: list[Route] = []
    page.route("**/embed/kinds/address*.js", lambda route: held.append(route))

    call(page, "Amal")

    expect(panel(page).locator(".skeleton")).to_be_visible(timeout=SOON)
    expect(panel(page).locator("[data-sign-in]")).to_have_count(0)
    held[0].continue_()
    expect(panel(page).get_by_role("button", name="Sign in")).to_be_enabled(timeout=SOON)


def test_each_frame_takes_a_click_where_the_browser_keeps_nothing(desk: Desktop) -> None:
    page = desk.page("/address/")
    page.context.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException() } })"
    )
    call(page, "Amal")
    sign_in_within(page)
    expect(panel(page).locator("h1")).to_have_text("Order A-20731", timeout=SOON)

    call(page, "Lena")
    with page.expect_popup() as opening:
        panel(page).get_by_role("button", name="Sign in").click(timeout=SOON)
    if not opening.value.is_closed():
        opening.value.wait_for_event("close")

    expect(panel(page).locator("#results a[href*=customer_id]").first).to_be_visible(timeout=SOON)


def test_agent_confirms_a_short_code_in_a_tab_where_no_window_opens(desk: Desktop) -> None:
    page = desk.page("/address/")
    page.context.add_init_script("window.open = () => null")
    call(page, "Amal")
    # A key that is pressed before the script is there does nothing.
    expect(panel(page).get_by_role("button", name="Sign in")).to_be_enabled(timeout=SOON)
    panel(page).get_by_role("button", name="Sign in").press("Enter")
    expect(panel(page).get_by_role("status").filter(has_text="did not open")).to_be_visible()
    panel(page).get_by_role("button", name="Use a code instead").press("Enter")
    code = panel(page).locator("[data-user-code]")
    expect(code).to_have_text(re.compile(r"^[A-Z]{4}-[A-Z]{4}$"), timeout=SOON)
    expect(panel(page).locator("[data-code-way]")).to_be_focused()

    tab = desk.portal.signed_in("/panel/code/", onto=page.context.new_page())
    tab.fill("[name=code]", code.inner_text().lower())
    tab.keyboard.press("Enter")
    expect(tab.locator("dl")).to_contain_text("Demo desktop with an address")
    tab.get_by_role("button", name="Yes, sign in this panel").press("Enter")
    expect(tab.locator("h1")).to_have_text("The panel is signed in")
    expect(panel(page).locator("h1")).to_have_text("Order A-20731", timeout=SOON)

    assert code.count() == 0


def shown_code(page: Page) -> str:
    """The short code that the panel shows instead of the window."""
    expect(panel(page).get_by_role("button", name="Sign in")).to_be_enabled(timeout=SOON)
    panel_frame(page).evaluate("window.open = () => null")
    panel(page).get_by_role("button", name="Sign in").click()
    panel(page).get_by_role("button", name="Use a code instead").click()
    expect(panel(page).locator("[data-user-code]")).to_have_text(re.compile("-"), timeout=SOON)
    return panel(page).locator("[data-user-code]").inner_text()


def confirm_in_a_tab(page: Page, desk: Desktop, code: str) -> None:
    """Confirm the short code in a tab beside the desktop."""
    tab = desk.portal.signed_in("/panel/code/", onto=page.context.new_page())
    tab.fill("[name=code]", code)
    tab.keyboard.press("Enter")
    tab.get_by_role("button", name="Yes, sign in this panel").click()
    expect(tab.locator("h1")).to_have_text("The panel is signed in")


def test_agent_who_comes_back_from_the_tab_goes_on_in_the_panel(desk: Desktop) -> None:
    page = desk.page("/address/")
    call(page, "Amal")
    code = shown_code(page)
    # As it is for people: of two tabs, one has the focus.
    page.context.new_cdp_session(page).send("Emulation.setFocusEmulationEnabled", {"enabled": False})

    confirm_in_a_tab(page, desk, code)
    expect(panel(page).locator("h1")).to_have_text("Order A-20731", timeout=SOON)
    away = panel_frame(page).evaluate("[document.hasFocus(), document.activeElement.tagName]")
    page.bring_to_front()

    assert away == [False, "BODY"]
    expect(panel(page).locator("main")).to_be_focused()


def test_short_code_outlasts_a_proxy_s_own_page(desk: Desktop) -> None:
    page = desk.page("/address/")
    failures: list[Route] = []

    def fail(route: Route) -> None:
        failures.append(route)
        route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>")

    page.route("**/embed/demo-address/session", fail, times=1)
    call(page, "Amal")
    code = shown_code(page)
    while not failures:
        page.wait_for_timeout(100)

    confirm_in_a_tab(page, desk, code)

    expect(panel(page).locator("h1")).to_have_text("Order A-20731", timeout=SOON)


def test_window_that_a_foreign_page_opens_tells_it_nothing(desk: Desktop) -> None:
    page = desk.portal.signed_in("/orders/")
    challenge = "a" * 43
    address = f"{desk.portal.address}/panel/sign-in/demo-address/?challenge={challenge}"
    with pages({"/": "<!doctype html><title>Foreign</title><button>Open</button>"}) as port:
        page.goto(f"http://127.0.0.1:{port}/")
        page.evaluate("window.told = []; addEventListener('message', (event) => told.push(String(event.data)))")
        with page.expect_popup() as opening:
            page.evaluate("(address) => { window.opened = window.open(address) }", address)
        if not opening.value.is_closed():
            opening.value.wait_for_event("close")
        page.wait_for_timeout(500)

        assert page.evaluate("told") == []
        assert page.evaluate("window.opened.closed")


def test_code_from_another_window_of_the_portal_is_not_taken(desk: Desktop) -> None:
    page = desk.page("/address/")
    call(page, "Amal")
    with page.expect_popup():
        panel(page).get_by_role("button", name="Sign in").click(timeout=SOON)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/session") else None)

    panel_frame(page).evaluate("window.postMessage({ type: 'order-items:code', code: 'forged' }, location.origin)")
    page.evaluate("frames[0].postMessage({ type: 'order-items:code', code: 'forged' }, '*')")
    page.wait_for_timeout(500)

    assert asked == []


@pytest.mark.parametrize("look", ["light", "dark", "ar"])
def test_sign_in_fits_a_narrow_panel(desk: Desktop, screenshot: Callable[[Page, str], None], look: str) -> None:
    options: dict[str, Any] = {"locale": "ar"} if look == "ar" else {"color_scheme": look}
    page = desk.page("/address/", viewport={"width": 340, "height": 1100}, **options)
    call(page, "Amal")
    page.add_style_tag(content="nav, main { display: none } #panel iframe { height: 640px !important; }")
    frame = panel(page)
    frame.locator("[data-sign-in]").wait_for(timeout=SOON)
    screenshot(page, f"panel sign in {look}")
    trouble = problems(panel_frame(page))
    panel_frame(page).evaluate("window.open = () => null")
    frame.locator("[data-sign-in]").click()
    frame.locator("[data-use-code]").click()
    expect(frame.locator("[data-user-code]")).to_have_text(re.compile("-"), timeout=SOON)
    screenshot(page, f"panel code {look}")
    trouble += problems(panel_frame(page))
    code = frame.locator("[data-user-code]").inner_text()
    width = panel_frame(page).evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )

    tab = desk.portal.signed_in("/panel/code/", onto=page.context.new_page())
    screenshot(tab, f"code page {look}")
    trouble += problems(tab)
    tab.fill("[name=code]", code)
    tab.keyboard.press("Enter")
    expect(tab.locator("dl")).to_be_visible()
    screenshot(tab, f"code confirm {look}")
    trouble += problems(tab)
    overflow = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert (width, overflow) == (0, 0)
    assert trouble == []
