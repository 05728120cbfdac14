"""The whole job in a real browser, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from tests.support.browsing import Portal, expect_focus_in, go_on, item_ids, wait_until
from tests.support.states import order

pytestmark = pytest.mark.usefixtures("by_hand")

MANY = ("C-1002", "A-20810")


def look_up(page: Page, customer_id: str, order_id: str) -> None:
    page.fill("[data-find] [name=q]", f"https://portal.example{order(customer_id, order_id)}")
    page.click("[data-find] button")


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_agent_signs_in_and_walks_through_an_order(
    portal: Portal, screenshot: Callable[[Page, str], None], javascript: bool
) -> None:
    page = portal.page(java_script_enabled=javascript)
    page.goto(portal.address + order(*MANY))
    page.fill("[name=username]", "agent")
    page.fill("[name=password]", "correct horse battery")
    page.click("main button[type=submit]")
    expect(page.locator("[data-item-id]")).to_have_count(20)
    seen = item_ids(page)

    if javascript:
        page.click("[data-load-more]")
        expect(page.locator("[data-item-id]")).to_have_count(40)
        expect(page.locator("#shown")).to_have_text("40 items so far, more to load")
        page.click("[data-load-more]")
        expect(page.locator("[data-item-id]")).to_have_count(45)
        seen = item_ids(page)
    else:
        go_on(page, "[data-load-more]")
        expect(page.locator("[data-item-id]")).to_have_count(20)
        seen += item_ids(page)
        go_on(page, "[data-load-more]")
        expect(page.locator("[data-item-id]")).to_have_count(5)
        seen += item_ids(page)
    screenshot(page, f"45 items at the end {javascript}")

    assert len(seen) == len(set(seen)) == 45
    expect(page.locator("[data-load-more]")).to_have_count(0)
    expect(page.locator("[data-list-end]")).to_be_visible()
    expect(page.locator("#shown")).to_have_text("45 items")
    assert portal.console == []


def test_lookup_with_htmx_shows_cards_and_its_own_address(portal: Portal) -> None:
    page = portal.signed_in("/")
    page.evaluate("window.stillTheSamePage = true")

    look_up(page, "C-1001", "A-20731")

    expect(page.locator("[data-item-id]")).to_have_count(1)
    assert page.evaluate("window.stillTheSamePage") is True
    assert page.url.endswith(order("C-1001", "A-20731"))
    assert "A-20731" in page.title()
    page.reload()
    expect(page.locator("[data-item-id]")).to_have_count(1)
    assert portal.console == []


def test_back_button_returns_to_the_order_before(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))
    look_up(page, *MANY)
    expect(page.locator("h1")).to_contain_text("A-20810")

    page.go_back()

    expect(page.locator("h1")).to_contain_text("A-20731")
    expect(page.locator("[data-item-id]")).to_have_count(1)
    expect(page.locator("[name=q]")).to_have_value("")


def test_nothing_of_a_customer_is_stored_in_the_browsers_storage(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))
    look_up(page, *MANY)
    expect(page.locator("h1")).to_contain_text("A-20810")

    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")

    assert "A-20731" not in stored
    assert "data-item-id" not in stored


def test_sorting_by_price_reorders_the_cards(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    as_received = item_ids(page)

    page.click(".filter > summary")
    page.click("text=Price: low to high")
    expect(page.locator("[aria-current=true]")).to_have_text("Price: low to high")
    rising = item_ids(page)
    page.click("text=Price: high to low")
    expect(page.locator("[aria-current=true]")).to_have_text("Price: high to low")

    assert sorted(rising) == sorted(as_received)
    assert rising != as_received
    assert item_ids(page)[0] == rising[-1]


def test_loading_is_visible_and_the_order_before_is_not(
    portal: Portal, screenshot: Callable[[Page, str], None]
) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))
    held: list[Callable[[], None]] = []
    page.route("**/find/", lambda route: held.append(route.continue_))

    look_up(page, *MANY)

    expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#loading")).to_be_visible()
    expect(page.locator("[data-item-id]")).to_be_hidden()
    screenshot(page, "loading")
    wait_until(page, lambda: held)
    held[0]()
    expect(page.locator("h1")).to_contain_text("A-20810")
    expect(page.locator("#results")).to_have_attribute("aria-busy", "false")
    expect(page.locator("#loading")).to_be_hidden()


def test_late_answer_never_replaces_a_newer_lookup(portal: Portal) -> None:
    page = portal.signed_in("/")
    look_up(page, "C-FAULTS", "F-slow")
    expect(page.locator("#results")).to_have_attribute("aria-busy", "true")

    look_up(page, "C-1001", "A-20731")

    expect(page.locator("h1")).to_contain_text("A-20731")
    page.wait_for_timeout(4_000)
    expect(page.locator("h1")).to_contain_text("A-20731")
    assert page.url.endswith(order("C-1001", "A-20731"))
    expect(page.locator("#results")).to_have_attribute("aria-busy", "false")


def test_session_that_ended_leads_to_sign_in_and_back(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))
    page.context.clear_cookies(name="sessionid")

    look_up(page, *MANY)

    expect(page.locator("h1")).to_have_text("Sign in")
    expect(page.locator("[data-item-id]")).to_have_count(0)
    page.fill("[name=username]", "agent")
    page.fill("[name=password]", "correct horse battery")
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_contain_text("A-20731")


def test_portal_that_cannot_be_reached_is_said(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))
    page.context.set_offline(True)

    look_up(page, *MANY)

    expect(page.locator("#offline")).to_be_visible()
    page.context.set_offline(False)
    look_up(page, *MANY)
    expect(page.locator("h1")).to_contain_text("A-20810")
    expect(page.locator("#offline")).to_be_hidden()


def test_load_more_moves_the_focus_to_the_first_new_card(portal: Portal) -> None:
    page = portal.signed_in(order(*MANY))
    known = item_ids(page)
    # Hidden at first, where a list might still grow by itself, it could not have the focus.
    expect(page.locator("[data-load-more]")).to_be_visible()

    page.press("[data-load-more]", "Enter")
    expect(page.locator("[data-item-id]")).to_have_count(40)

    # Groups take their new items at their own ends.
    new = [item_id for item_id in item_ids(page) if item_id not in known]
    expect_focus_in(page, new[0])


def test_error_is_shown_in_place_under_debug_too(portal: Portal, settings: Settings) -> None:
    settings.DEBUG = True
    page = portal.signed_in("/")

    look_up(page, "C-FAULTS", "F-404")

    expect(page.locator("#results [role=alert][data-error=not_found]")).to_be_visible()
    expect(page.locator("[data-find]")).to_be_visible()


def test_error_is_shown_in_place_and_can_be_tried_again(portal: Portal) -> None:
    page = portal.signed_in("/")

    look_up(page, "C-FAULTS", "F-html")

    expect(page.locator("[role=alert][data-error=invalid_response]")).to_be_visible()
    with page.expect_response(lambda response: "F-html" in response.url) as again:
        page.click("text=Try again")
    assert again.value.status == 502
    assert page.url.endswith(order("C-FAULTS", "F-html"))
