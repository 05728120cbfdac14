"""From one call to the next in the panel: nothing of the last one stays, and nothing of this one is lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from pytest_django.fixtures import Settings

from orders.embed.registry import registry
from tests.support.browsing import wait_until
from tests.support.desktops import Desktop, call, cards, panel, panel_frame

pytestmark = pytest.mark.usefixtures("by_hand")


def test_next_order_is_not_narrowed_to_what_the_last_one_was(desk: Desktop) -> None:
    page = desk.in_call("Chidi")
    expect(panel(page).locator("[data-item-id]")).to_have_count(20)
    panel(page).get_by_label("Search in this list", exact=True).fill("no such words")
    expect(panel(page).locator("[data-item-id]:visible")).to_have_count(0)

    call(page, "Dora")

    expect(panel(page).locator("h1")).to_have_text("Order A-20822")
    expect(panel(page).get_by_label("Search in this list", exact=True)).to_have_value("")
    expect(panel(page).locator("[data-item-id]:visible").first).to_be_visible()


def test_loading_all_ends_with_the_call(desk: Desktop, settings: Settings) -> None:
    settings.ERC_PAGE_SIZE = 2
    page = desk.in_call("Chidi")
    expect(panel(page).locator("[data-item-id]")).to_have_count(2)
    page.route(re.compile("/embed/orders/.*A-20810.*cursor="), lambda _route: None)
    panel(page).get_by_role("button", name="Load all").click()

    call(page, "Dora")

    expect(panel(page).locator("h1")).to_have_text("Order A-20822")
    page.wait_for_timeout(800)
    expect(panel(page).locator("[data-item-id]")).to_have_count(2)


def test_panel_that_is_still_on_its_way_does_not_show_the_last_call(desk: Desktop) -> None:
    page = desk.page()
    held: list[Callable[[], None]] = []
    page.route("**/embed/launch", lambda route: held.append(route.continue_))
    call(page, "Gwen")
    wait_until(page, lambda: held)
    tokens: list[Callable[[], None]] = []
    page.route("**/launch-token*", lambda route: tokens.append(route.continue_))

    call(page, "Amal")
    wait_until(page, lambda: tokens)
    page.unroute("**/embed/launch")
    for go_on in held:
        go_on()
    page.wait_for_timeout(800)

    assert not [frame for frame in page.frames[1:] if "C-FAULTS" in frame.content()]
    tokens[0]()
    expect(panel(page).locator("h1")).to_have_text("Order A-20731")


def test_waiting_panel_is_not_titled_by_the_last_order(desk: Desktop) -> None:
    page = desk.in_call("Amal")
    expect(panel(page).locator("h1")).to_have_text("Order A-20731")
    assert "A-20731" in panel_frame(page).title()
    page.route("**/launch-token*", lambda _route: None)

    call(page, "Bo")
    expect(panel(page).locator(".skeleton")).to_be_visible()

    panel_frame(page).wait_for_function("document.title === 'Order items'")


def test_order_that_was_looked_up_is_there_again_after_the_embed_token_expired(
    desk: Desktop, expire_embed_tokens: Callable[[], None]
) -> None:
    page = desk.in_call("Emi")
    panel(page).locator("[data-order-id='A-20901'] a").click()
    expect(panel(page).locator("h1")).to_have_text("Order A-20901")
    panel(page).locator("h1").evaluate("heading => { heading.dataset.old = 1 }")
    expire_embed_tokens()

    panel(page).get_by_role("link", name="Refresh").click()

    expect(panel(page).locator("h1:not([data-old])")).to_have_text("Order A-20901")


def test_look_up_with_an_embed_token_that_expired_is_carried_out(
    desk: Desktop, expire_embed_tokens: Callable[[], None]
) -> None:
    page = desk.in_call("Emi")
    expect(panel(page).locator("[data-order-id='A-20901']")).to_be_visible()
    expire_embed_tokens()

    panel(page).locator("[data-order-id='A-20901'] a").click()

    expect(panel(page).locator("h1")).to_have_text("Order A-20901")


def test_list_is_there_again_as_it_was_after_the_embed_token_expired(
    desk: Desktop, expire_embed_tokens: Callable[[], None]
) -> None:
    page = desk.in_call("Chidi")
    panel(page).locator(".filter > summary").click()
    panel(page).get_by_role("link", name="Price: low to high").click()
    expect(panel(page).locator("[aria-current=true]")).to_have_text("Price: low to high")
    panel(page).locator("[data-load-more]").click()
    expect(panel(page).locator("[data-item-id]")).to_have_count(40)
    sorted_by_price = cards(page)
    panel(page).locator("h1").evaluate("heading => { heading.dataset.old = 1 }")
    expire_embed_tokens()

    panel(page).get_by_role("link", name="Refresh").click()

    expect(panel(page).locator("h1:not([data-old])")).to_have_text("Order A-20810")
    expect(panel(page).locator("[data-item-id]")).to_have_count(40)
    assert cards(page) == sorted_by_price


def test_next_customer_does_not_get_the_list_of_the_one_whose_token_expired(
    desk: Desktop, expire_embed_tokens: Callable[[], None]
) -> None:
    page = desk.in_call("Chidi")
    expect(panel(page).locator("[data-item-id]")).to_have_count(20)
    expire_embed_tokens()
    page.route(
        "**/launch-token*",
        lambda route: None if "C-1002" in (route.request.post_data or "") else route.continue_(),
    )
    panel(page).get_by_role("link", name="Refresh").click()
    expect(panel(page).locator(".skeleton")).to_be_visible()

    call(page, "Amal")

    expect(panel(page).locator("h1")).to_have_text("Order A-20731")
    expect(panel(page).locator("[data-item-id]")).to_have_count(1)


def test_nothing_stays_on_screen_where_the_agent_was_revoked(desk: Desktop, settings: Settings) -> None:
    page = desk.in_call("Chidi")
    expect(panel(page).locator("[data-item-id]")).to_have_count(20)
    settings.EMBED_HOSTS = [{**settings.EMBED_HOSTS[0], "revoked_agents": ["demo-agent"]}]
    registry.cache_clear()

    panel(page).locator("[data-load-more]").click()

    expect(panel(page).locator("[data-error=agent-off]")).to_be_visible()
    expect(panel(page).locator("[data-item-id]")).to_have_count(0)


def test_address_of_the_frame_stays_what_it_was_where_a_request_is_refused(
    desk: Desktop, settings: Settings
) -> None:
    page = desk.in_call("Chidi")
    expect(panel(page).locator("[data-item-id]")).to_have_count(20)
    address = panel_frame(page).url
    settings.EMBED_HOSTS = [{**settings.EMBED_HOSTS[0], "enabled": False}]
    registry.cache_clear()

    panel(page).locator(".filter > summary").click()
    panel(page).get_by_role("link", name="Price: low to high").click()

    expect(panel(page).locator("[data-error=host-off]")).to_be_visible()
    assert panel_frame(page).url == address


def test_filters_are_taken_back_inside_the_panel(desk: Desktop, settings: Settings) -> None:
    settings.ERC_FILTERS = ["brand"]
    page = desk.in_call("Chidi")
    expect(panel(page).locator("[data-item-id]")).to_have_count(20)
    panel(page).locator(".filter > summary").click()
    panel(page).get_by_label("Brand").fill("Nobody makes this")
    panel(page).get_by_role("button", name="Filter").click()
    expect(panel(page).locator(".filters")).to_be_visible()

    panel(page).get_by_role("link", name="Show all items").click()

    expect(panel(page).locator(".filters")).to_have_count(0)
    expect(panel(page).locator("[data-item-id]")).to_have_count(20)
