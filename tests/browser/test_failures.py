"""What cannot be had is told where it was asked for, and what was there before is not taken for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_lookup import MANY, look_up
from tests.support.browsing import Portal, expect_focus_in, item_ids, refreshing
from tests.support.desktops import Desktop, call, panel
from tests.support.states import order

pytestmark = pytest.mark.usefixtures("by_hand")

NGINX = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center>nginx</center></body>\r\n</html>"


def without_the_header(page: Page) -> None:
    """A proxy that takes from requests what asks for a part of a page."""

    def strip(route: Route) -> None:
        kept = {name: value for name, value in route.request.headers.items() if not name.startswith("hx-")}
        route.continue_(headers=kept)

    page.route("**/*", strip)


def test_lookup_while_offline_leaves_no_cards_and_keeps_what_was_asked(
    portal: Portal, screenshot: Callable[[Page, str], None]
) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))
    page.context.set_offline(True)

    look_up(page, *MANY)
    expect(page.locator("#offline")).to_be_in_viewport()
    screenshot(page, "offline lookup")

    expect(page.locator("[data-item-id]")).to_have_count(0)
    expect(page.locator("[name=q]")).to_have_value(f"https://portal.example{order(*MANY)}")
    assert "A-20731" not in page.locator("main").inner_text()
    assert "A-20731" not in page.title()
    page.context.set_offline(False)
    page.click("#offline >> text=Try again")
    expect(page.locator("h1")).to_contain_text("A-20810")
    expect(page.locator("#offline")).to_be_hidden()
    assert page.url.endswith(order(*MANY))


def test_order_that_is_asked_for_again_while_offline_stays(
    portal: Portal, screenshot: Callable[[Page, str], None]
) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    before = item_ids(page)
    page.context.set_offline(True)

    page.locator("[data-item-id]").last.scroll_into_view_if_needed()
    page.keyboard.press("r")
    expect(page.locator("#offline")).to_be_in_viewport(ratio=1)
    screenshot(page, "offline refresh")

    assert item_ids(page) == before
    page.context.set_offline(False)
    page.click("#offline >> text=Try again")
    expect(page.locator("#offline")).to_be_hidden()
    assert item_ids(page) == before
    assert "refresh" not in page.url


def test_load_more_while_offline_says_so_at_its_place_and_goes_on_from_there(
    portal: Portal, screenshot: Callable[[Page, str], None]
) -> None:
    page = portal.signed_in(order(*MANY))
    before = item_ids(page)
    page.context.set_offline(True)
    # Hidden at first, where a list might still grow by itself, it could not have the focus.
    expect(page.locator("[data-load-more]")).to_be_visible()

    page.press("[data-load-more]", "Enter")
    failure = page.locator("#cards .more [role=alert][data-error=unavailable]")
    expect(failure).to_be_in_viewport()
    screenshot(page, "offline load more")
    expect(page.locator("#offline")).to_be_hidden()
    expect(page.locator("[data-load-more]")).to_be_hidden()
    page.press("#cards .more >> text=Try again", "Enter")
    expect(failure).to_have_count(1)
    expect(failure.locator("button")).to_be_focused()
    page.context.set_offline(False)
    page.press("#cards .more >> text=Try again", "Enter")

    expect(page.locator("[data-item-id]")).to_have_count(40)
    expect(failure).to_have_count(0)
    expect_focus_in(page, next(one for one in item_ids(page) if one not in before))


def test_load_more_that_fails_has_the_focus_where_it_can_be_tried_again(portal: Portal) -> None:
    page = portal.signed_in(order(*MANY))
    alert = "<div class='more'><div class='alert' role='alert' data-error='unavailable'>{}</div></div>"
    body = alert.format("<h2>x</h2><p><a class='button' href='/'>Try again</a></p>")
    page.route("**/*cursor=*", lambda route: route.fulfill(status=503, content_type="text/html", body=body))
    expect(page.locator("[data-load-more]")).to_be_visible()

    page.press("[data-load-more]", "Enter")

    expect(page.locator("#cards .more [data-error] a")).to_be_focused()


def test_load_all_that_loses_its_connection_says_so_where_it_stopped(portal: Portal) -> None:
    page = portal.signed_in(order(*MANY))
    page.route("**/*cursor=*", lambda route: route.abort())

    page.click("[data-load-all]")

    expect(page.locator("#cards .more [role=alert]")).to_be_visible()
    expect(page.locator("[data-stop]")).to_be_hidden()


def test_panel_that_is_offline_shows_no_order_of_the_customer_before(desk: Desktop) -> None:
    page = desk.in_call("Amal")
    expect(panel(page).locator("[data-item-id]")).to_have_count(1)
    page.context.route("**/embed/orders/**", lambda route: route.abort())

    call(page, "Chidi")

    expect(panel(page).locator("#offline [data-failed]")).to_contain_text("A-20810")
    expect(panel(page).locator("[data-item-id]")).to_have_count(0)
    expect(panel(page).locator(".skeleton")).to_have_count(0)
    page.context.unroute("**/embed/orders/**")
    panel(page).locator("#offline >> text=Try again").click()
    expect(panel(page).locator("h1")).to_contain_text("A-20810")


def test_failure_of_a_panel_does_not_name_the_customer_before(desk: Desktop) -> None:
    page = desk.in_call("Amal")
    page.context.route("**/embed/orders/**", lambda route: route.abort())
    call(page, "Chidi")
    expect(panel(page).locator("#offline [data-failed]")).to_be_visible()
    page.context.route("**/embed/launch", lambda route: route.abort())

    call(page, "Dora")

    expect(panel(page).locator("#offline")).to_be_visible()
    expect(panel(page).locator("#offline [data-failed]")).to_have_count(0)


@pytest.mark.parametrize(
    ("status", "content", "kind"),
    [
        (502, NGINX, "text/html"),
        (200, NGINX, "text/html; charset=utf-8"),
        (503, "<!DOCTYPE html><html lang=en><body id=main>Maintenance</body></html>", "text/html"),
        (503, "upstream connect error", "text/plain"),
        (502, "", "text/html"),
    ],
)
def test_page_of_a_proxy_is_an_error_in_place(portal: Portal, status: int, content: str, kind: str) -> None:
    page = portal.signed_in(order(*MANY))
    for address in ("**/orders/*", "**/find/"):
        page.route(address, lambda route: route.fulfill(status=status, body=content, content_type=kind))

    page.click("[data-load-more]")
    expect(page.locator("#cards .more [role=alert][data-error=unavailable]")).to_be_visible()
    look_up(page, "C-1001", "A-20731")

    expect(page.locator("#offline [data-failed] button")).to_be_visible()
    expect(page.locator("[data-item-id]")).to_have_count(0)
    expect(page.locator("main center, body body")).to_have_count(0)


def test_whole_page_for_a_part_shows_the_part(portal: Portal) -> None:
    page = portal.signed_in("/")
    without_the_header(page)

    look_up(page, *MANY)
    expect(page.locator("[data-item-id]")).to_have_count(20)
    page.click(".filter > summary")
    page.locator("text=Price: low to high").dispatch_event("click")
    expect(page.locator("[aria-current=true]")).to_have_text("Price: low to high")
    page.evaluate("document.querySelector('[data-item-id]').mark = 'kept'")
    with refreshing(page):
        page.click("[data-refresh]")

    expect(page.locator("[data-find]")).to_have_count(1)
    expect(page.locator("h1")).to_have_text("Order A-20810")
    assert "A-20810" in page.title()
    assert page.evaluate("document.querySelector('[data-item-id]').mark") == "kept"


def test_list_that_loads_on_by_itself_leaves_the_page_to_the_agent(portal: Portal) -> None:
    page = portal.signed_in("/")
    without_the_header(page)

    with page.expect_response("**cursor=**"):
        page.goto(portal.address + order(*MANY))
    page.wait_for_timeout(1500)

    assert "cursor" not in page.url
    expect(page.locator("[data-item-id]")).to_have_count(20)


def test_whole_page_for_more_items_is_gone_to(portal: Portal) -> None:
    page = portal.signed_in(order(*MANY))
    without_the_header(page)

    page.click("[data-load-more]")

    page.wait_for_url("**cursor=**")
    expect(page.locator("[data-item-id]")).to_have_count(20)
    expect(page.locator(".continued")).to_be_visible()
    expect(page.locator("[data-find]")).to_have_count(1)


def test_whole_page_of_an_error_is_shown_in_place(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))
    without_the_header(page)

    look_up(page, "C-FAULTS", "F-404")

    expect(page.locator("#results > [role=alert][data-error=not_found]")).to_be_visible()
    expect(page.locator("[data-find]")).to_have_count(1)
    expect(page.locator("[data-item-id]")).to_have_count(0)


def test_whole_page_of_an_error_is_shown_where_more_was_asked_for(portal: Portal) -> None:
    page = portal.signed_in(order(*MANY))
    without_the_header(page)
    page.evaluate(
        "address => document.querySelector('[data-load-more]').setAttribute('hx-get', address)",
        order("C-FAULTS", "F-404", cursor="x"),
    )
    page.evaluate("htmx.process(document.querySelector('.more'))")

    page.click("[data-load-more]")

    expect(page.locator(".more [role=alert][data-error]")).to_be_visible()
    expect(page.locator("[data-find]")).to_have_count(1)
    expect(page.locator("[data-item-id]")).to_have_count(20)


def test_session_that_ended_leads_to_sign_in_without_the_header_too(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))
    without_the_header(page)
    page.context.clear_cookies(name="sessionid")

    look_up(page, *MANY)

    expect(page.locator("h1")).to_have_text("Sign in")
    expect(page.locator("[data-find]")).to_have_count(0)
    page.fill("[name=username]", "agent")
    page.fill("[name=password]", "correct horse battery")
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_have_text("Where is the order?")
