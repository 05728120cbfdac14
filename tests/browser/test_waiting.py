"""What the agent sees and hears from the click to the answer, and where the focus is then."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_lookup import MANY, look_up
from tests.support.browsing import Portal, stop_clock, wait_until, wait_until_loaded
from tests.support.desktops import Desktop, panel
from tests.support.states import customer, order


def test_what_is_looked_for_is_named_until_it_is_there(
    portal: Portal, screenshot: Callable[[Page, str], None]
) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))
    held: list[Callable[[], None]] = []
    page.route("**/find/", lambda route: held.append(route.continue_))

    stop_clock(page)

    look_up(page, *MANY)
    wait_until(page, lambda: held)
    page.clock.run_for(200)
    expect(page.locator(".waiting [data-looking-for]")).to_contain_text("A-20810")
    page.clock.run_for(2700)
    early = page.locator(".waiting [data-slow]").inner_text()
    page.clock.run_for(200)
    expect(page.locator(".waiting [data-slow]")).to_contain_text("still trying")
    screenshot(page, "waiting slow")

    assert early == ""
    assert "A-20731" not in page.locator("main").inner_text()
    expect(page.locator("#announce")).to_contain_text("still trying")
    page.clock.resume()
    held[0]()
    expect(page.locator("h1")).to_have_text("Order A-20810")
    expect(page.locator(".waiting")).to_have_count(0)


def test_order_of_a_recent_look_up_is_named_until_it_is_there(portal: Portal) -> None:
    page = portal.signed_in(order(*MANY))
    page.goto(f"{portal.address}/orders/")
    page.route("**/orders/?*", lambda _route: None)

    page.click("[data-recent] a")

    expect(page.locator(".waiting [data-looking-for]")).to_have_text("Looking for order A-20810 …")
    expect(page.locator(".waiting [data-looking-for] bdi")).to_have_attribute("translate", "no")


def test_panel_names_the_order_that_it_waits_for(desk: Desktop) -> None:
    page = desk.in_call("Gwen")

    expect(panel(page).locator(".skeleton [data-looking-for]")).to_have_text("Looking for order F-slow …")


def test_answer_of_a_look_up_is_announced(portal: Portal) -> None:
    page = portal.signed_in("/")

    look_up(page, "C-1001", "A-20731")

    expect(page.locator("h1")).to_have_text("Order A-20731")
    said = page.locator("[data-order-answer]").inner_text()
    assert said
    expect(page.locator("#announce")).to_contain_text(said.split("\n")[0].strip())


def test_sorting_keeps_the_focus(portal: Portal) -> None:
    page = portal.signed_in(order(*MANY))
    wait_until_loaded(page)

    page.click(".filter > summary")
    page.press("text=Price: low to high", "Enter")
    expect(page.locator("[aria-current=true]")).to_have_text("Price: low to high")

    expect(page.locator("a:focus")).to_have_text("Price: low to high")


def test_order_that_is_chosen_has_the_focus_at_its_beginning(portal: Portal) -> None:
    page = portal.signed_in(customer("C-1005"))

    page.press("[data-order-id] a", "Enter")

    expect(page.locator("#cards")).to_be_visible()
    expect(page.locator("h1")).to_be_focused()
