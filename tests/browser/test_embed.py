"""The panel inside a cross-site desktop, in a browser that blocks third-party cookies."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Request, expect

from orders.erc.errors import NotAllowed
from orders.erc.paths import EndpointName
from orders.lookup.cached_pages import cached_pages
from tests.support.browsing import wait_until, wait_until_loaded
from tests.support.desktops import Desktop, call, cards, framed, listening, messages, panel, panel_frame

pytestmark = pytest.mark.usefixtures("by_hand")


def test_whole_job_is_done_in_the_panel(desk: Desktop) -> None:
    page = listening(desk.page())

    call(page, "Chidi")
    expect(panel(page).locator("[data-item-id]")).to_have_count(20)
    panel(page).locator("[data-load-more]").click()
    expect(panel(page).locator("[data-item-id]")).to_have_count(40)
    received = cards(page)[:20]
    panel(page).locator(".filter > summary").click()
    panel(page).get_by_role("link", name="Price: low to high").click()
    expect(panel(page).locator("[aria-current=true]")).to_have_text("Price: low to high")
    expect(panel(page).locator("[data-item-id]")).to_have_count(20)
    by_price = cards(page)
    with page.expect_response(lambda answer: "refresh=1" in answer.url) as refreshed:
        panel(page).get_by_role("link", name="Refresh").click()
    call(page, "Amal")
    expect(panel(page).locator("h1")).to_have_text("Order A-20731")
    page.wait_for_function("told.filter(([, { type }]) => type === 'order-items:launched').length > 1")

    told = messages(page)
    assert by_price != received
    assert refreshed.value.status == 200
    assert {origin for origin, _ in told} == {desk.portal.address}
    assert [data["type"] for _, data in told if "height" not in data["type"]] == [
        "order-items:ready",
        "order-items:launched",
        "order-items:launched",
    ]
    assert desk.portal.console == []
    assert page.context.cookies() == []


def test_third_party_cookies_are_blocked_in_these_tests(desk: Desktop) -> None:
    page = desk.in_call("Amal")
    expect(panel(page).locator("h1")).to_have_text("Order A-20731")

    panel_frame(page).evaluate("document.cookie = 'probe=1; SameSite=None; Secure'")

    assert panel_frame(page).evaluate("document.cookie") == ""


def test_expired_embed_token_is_replaced_by_a_relaunch(
    desk: Desktop, expire_embed_tokens: Callable[[], None]
) -> None:
    page = listening(desk.page())
    call(page, "Chidi")
    expect(panel(page).locator("[data-item-id]")).to_have_count(20)
    panel(page).locator("[data-item-id]").first.evaluate("card => { card.dataset.old = 1 }")

    expire_embed_tokens()
    panel(page).locator("[data-load-more]").click()

    expect(panel(page).locator("[data-old]")).to_have_count(0)
    expect(panel(page).locator("[data-item-id]")).to_have_count(20)
    panel(page).locator("[data-load-more]").click()
    expect(panel(page).locator("[data-item-id]")).to_have_count(40)
    assert [data["type"] for _, data in messages(page)].count("order-items:expired") == 1


def test_panel_that_is_reloaded_relaunches(desk: Desktop) -> None:
    page = desk.in_call("Amal")
    expect(panel(page).locator("h1")).to_have_text("Order A-20731")
    panel(page).locator("h1").evaluate("heading => { heading.dataset.old = 1 }")

    panel_frame(page).evaluate("location.reload()")

    expect(panel(page).locator("h1:not([data-old])")).to_have_text("Order A-20731")
    assert "expired" not in panel_frame(page).url


def test_next_customer_clears_the_screen_before_their_token_is_there(desk: Desktop) -> None:
    page = desk.in_call("Amal")
    expect(panel(page).locator("h1")).to_have_text("Order A-20731")
    held: list[Callable[[], None]] = []
    page.route("**/launch-token*", lambda route: held.append(route.continue_))

    with page.expect_request("**/launch-token*"):
        call(page, "Bo")

    expect(panel(page).locator(".skeleton")).to_be_visible()
    expect(panel(page).get_by_text("A-20731")).to_have_count(0)
    wait_until(page, lambda: held)
    held[0]()
    expect(panel(page).locator("h1")).to_have_text("Order A-20758")


def test_answer_that_comes_after_the_next_customer_is_dropped(desk: Desktop) -> None:
    page = desk.in_call("Gwen")
    expect(panel(page).locator(".panel-who")).to_have_text("Customer C-FAULTS")

    call(page, "Amal")
    expect(panel(page).locator("h1")).to_have_text("Order A-20731")
    page.wait_for_timeout(3500)

    expect(panel(page).locator("h1")).to_have_text("Order A-20731")
    expect(panel(page).get_by_text("C-FAULTS")).to_have_count(0)


def test_calls_in_quick_succession_end_at_the_last(desk: Desktop) -> None:
    page = desk.in_call("Amal")
    expect(panel(page).locator("h1")).to_have_text("Order A-20731")

    for caller in ("Bo", "Chidi", "Dora", "Bo", "Gwen", "Dora"):
        call(page, caller)

    expect(panel(page).locator("h1")).to_have_text("Order A-20822")
    page.wait_for_timeout(800)
    expect(panel(page).locator("h1")).to_have_text("Order A-20822")


def test_customer_is_in_sight_while_loading_after_scrolling_and_on_errors(desk: Desktop) -> None:
    page = desk.in_call("Gwen")
    expect(panel(page).locator(".panel-who")).to_be_visible()

    call(page, "Farid")
    expect(panel(page).locator("[data-error=not_found]")).to_be_visible()
    expect(panel(page).locator(".panel-who")).to_have_text("Customer C-FAULTS")
    call(page, "Chidi")
    expect(panel(page).locator("[data-item-id]")).to_have_count(20)
    # Against the height that the panel asks for whenever it changes.
    page.add_style_tag(content="#panel iframe { height: 400px !important; }")
    panel(page).locator("[data-item-id]").last.scroll_into_view_if_needed()

    expect(panel(page).locator(".summary-head .who")).to_be_in_viewport()
    expect(panel(page).locator(".summary-head .who")).to_have_text("Customer C-1002")


@pytest.mark.timed
def test_panel_paints_before_a_slow_api_answers(desk: Desktop) -> None:
    page = desk.page()
    started = time.monotonic()
    call(page, "Gwen")

    expect(panel(page).locator(".skeleton")).to_be_visible()

    assert time.monotonic() - started < 2.5
    expect(panel(page).locator("h1")).to_have_text("Order F-slow", timeout=8000)


def test_launch_without_an_order_lists_the_customers_orders(desk: Desktop) -> None:
    page = desk.in_call("Emi")

    expect(panel(page).locator("[data-order-id]")).not_to_have_count(0)
    expect(panel(page).get_by_label("Order ID")).to_be_hidden()
    panel(page).locator("[data-order-id='A-20901'] a").click()
    expect(panel(page).locator("h1")).to_have_text("Order A-20901")
    expect(panel(page).locator(".summary-head .who")).to_contain_text("Customer C-1003")
    panel(page).get_by_role("link", name="Orders of this customer").click()
    expect(panel(page).locator("[data-order-id='A-20901']")).to_be_visible()
    panel(page).locator("[data-order-id='A-20907'] a").click()

    expect(panel(page).locator("h1")).to_have_text("Order A-20907")
    assert desk.portal.console == []


def test_order_is_looked_up_by_its_id_where_the_account_lacks_the_list(desk: Desktop) -> None:
    cached_pages().missing.note(EndpointName.CUSTOMER_ORDERS, NotAllowed("", status=403))
    page = desk.in_call("Emi")

    panel(page).get_by_label("Order ID").fill("A-20901")
    panel(page).get_by_role("button", name="Look up").click()

    expect(panel(page).locator("h1")).to_have_text("Order A-20901")
    expect(panel(page).locator(".summary-head .who")).to_have_text("Customer C-1003")


def test_launch_by_address_leaves_no_token_in_it(desk: Desktop) -> None:
    token = desk.token("C-1001", "A-20731")
    page = desk.page()
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    address = f"{desk.portal.address}/embed/?{urlencode({'token': token})}"
    framed(page, address)

    expect(panel(page).locator("h1")).to_have_text("Order A-20731")
    wait_until_loaded(panel_frame(page))

    later = [request for request in requests if request.url != address]
    assert panel_frame(page).url == f"{desk.portal.address}/embed/"
    assert len(later) > 5
    assert not [request for request in later if token[:40] in f"{request.url} {request.all_headers()}"]


def test_no_token_is_stored_in_the_page_or_the_browser(desk: Desktop) -> None:
    page = desk.in_call("Amal")
    expect(panel(page).locator("h1")).to_have_text("Order A-20731")

    html, cookies = panel_frame(page).evaluate("[document.documentElement.outerHTML, document.cookie]")

    assert "embed-token" not in html
    assert cookies == ""
