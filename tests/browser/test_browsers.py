"""What browsers add of their own: clocks, paper, translators, storage, several tabs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.support.browsing import Portal, refreshing
from tests.support.states import order

PASSWORD = "correct horse battery"


@pytest.mark.parametrize("hours", [3, -5])
def test_age_is_told_by_the_servers_clock(portal: Portal, hours: int) -> None:
    page = portal.page()
    page.clock.install(time=datetime.now(UTC) + timedelta(hours=hours))
    portal.signed_in(order("C-1001", "A-20731"), onto=page)
    age = page.locator("[data-as-of]")
    expect(age).to_have_text("just now")

    page.clock.fast_forward("04:00")
    expect(age).to_have_text("4 minutes ago")
    page.click("[data-refresh]")
    expect(page.locator("[data-checked]")).to_be_visible()

    expect(age).to_have_text("just now")
    page.clock.fast_forward("02:00:00")
    expect(age).to_have_text("2 hours ago")


def test_answer_that_was_old_when_it_came_is_told_so(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))

    page.evaluate(
        """() => {
          const asOf = document.querySelector('[data-as-of]');
          asOf.dateTime = '2026-11-02T10:00:00+00:00';
          asOf.dataset.now = '2026-11-02T10:17:30.123456+00:00';
          document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )

    expect(page.locator("[data-as-of]")).to_have_text("17 minutes ago")


def test_paper_says_that_it_is_narrowed(portal: Portal, screenshot: Callable[[Page, str], None]) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    total = page.locator("[data-item-id]").count()
    page.fill("#narrow [name=words]", page.locator("[data-item-id] h2").first.inner_text())
    expect(page.locator("[data-item-id]:visible")).to_have_count(1)

    page.emulate_media(media="print")

    screenshot(page, "print narrowed")
    expect(page.locator("#narrow output")).to_be_visible()
    expect(page.locator("#narrow output")).to_have_text(f"Items: 1 of {total}")
    expect(page.locator("#shown")).to_be_hidden()
    expect(page.locator("#narrow input:visible, #narrow select:visible, #narrow button:visible")).to_have_count(0)
    page.emulate_media(media="screen")
    page.fill("#narrow [name=words]", "")
    page.emulate_media(media="print")
    expect(page.locator("#narrow output")).to_be_hidden()
    expect(page.locator("#shown")).to_be_visible()


def test_paper_shows_what_is_folded(portal: Portal, screenshot: Callable[[Page, str], None]) -> None:
    page = portal.signed_in(order("C-1003", "A-20901"))
    page.evaluate(
        """() => {
          const folded = '<summary>Beginning…</summary><p>Beginning and all of the rest</p>';
          const long = document.createElement('details');
          long.className = 'long';
          long.innerHTML = folded;
          const plain = document.createElement('details');
          plain.innerHTML = '<summary>About this order</summary><p>Gift wrapping</p>';
          document.querySelector('[data-item-id]').append(long, plain);
        }"""
    )
    expect(page.get_by_text("all of the rest")).to_be_hidden()

    page.emulate_media(media="print")

    screenshot(page, "print folded")
    expect(page.get_by_text("all of the rest")).to_be_visible()
    expect(page.get_by_text("Gift wrapping")).to_be_visible()
    expect(page.get_by_text("About this order")).to_be_visible()
    expect(page.get_by_text("Beginning…")).to_be_hidden()
    assert page.evaluate("document.querySelectorAll('details[open]').length") == 0


def test_ids_and_numbers_are_left_alone_by_translators(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20758"))

    turned = page.evaluate(
        """() => {
          const numbers = [...document.querySelectorAll('[data-tracking], [data-sku]')];
          const said = ['C-1001', 'A-20758', ...numbers.map((one) => one.textContent)];
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const turned = [];
          while (texts.nextNode()) {
            const { data, parentElement } = texts.currentNode;
            if (said.includes(data.trim()) && parentElement.translate) turned.push(data);
          }
          return turned;
        }"""
    )

    assert turned == []
    expect(page.locator("meta[name=format-detection]")).to_have_attribute(
        "content", "telephone=no, date=no, address=no, email=no, url=no"
    )


def stored(page: Page) -> str:
    text: str = page.evaluate("JSON.stringify({ ...sessionStorage })")
    return text


def test_sign_out_leaves_nothing_in_the_sessions_storage(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))
    page.evaluate("sessionStorage.setItem('probe', 'A-20731')")
    page.context.route("**/signed_out*.js", lambda route: route.abort())

    page.click("text=Sign out")
    expect(page.locator("h1")).to_have_text("Sign in")

    assert stored(page) == "{}"


def test_session_that_ran_out_leaves_nothing_in_the_sessions_storage(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))
    page.evaluate("sessionStorage.setItem('probe', 'A-20731')")
    page.context.clear_cookies()

    page.reload()
    expect(page.locator("h1")).to_have_text("Sign in")

    page.wait_for_function("sessionStorage.length === 0")


def test_second_sign_in_tab_goes_on_to_where_one_wanted_to_go(portal: Portal) -> None:
    first = portal.page()
    second = first.context.new_page()
    for page, order_id in ((first, "A-20731"), (second, "A-20758")):
        page.goto(portal.address + order("C-1001", order_id))
        page.fill("[name=username]", "agent")
        page.fill("[name=password]", PASSWORD)

    first.click("main button[type=submit]")
    expect(first.locator("h1")).to_have_text("Order A-20731")
    second.click("main button[type=submit]")

    expect(second.locator("h1")).to_have_text("Order A-20758")


def sign_in(page: Page) -> None:
    page.fill("[name=username]", "agent")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def test_sign_in_page_that_is_too_old_says_so_and_works(
    portal: Portal, screenshot: Callable[[Page, str], None]
) -> None:
    page = portal.page()
    page.goto(portal.address + order("C-1001", "A-20731"))
    page.context.clear_cookies()

    sign_in(page)
    expect(page.locator("[data-error=sign_in_expired]")).to_be_visible()
    screenshot(page, "sign-in expired")
    sign_in(page)

    expect(page.locator("h1")).to_have_text("Order A-20731")


def test_refresh_keeps_all_deliveries_that_share_an_id(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20758"))
    same = (
        "document.querySelectorAll('[data-delivery-id]').forEach((one) => { one.dataset.deliveryId = 'SHP-1'; })"
    )
    page.evaluate(same)
    before = page.locator("[data-delivery-id] .status").all_inner_texts()
    page.evaluate("document.querySelectorAll('[data-delivery-id]').forEach((one, at) => { one.mark = at; })")
    page.evaluate(
        """() => htmx.defineExtension('equal-ids', {
          transformResponse: (text) => text.replace(/data-delivery-id="[^"]*"/g, 'data-delivery-id="SHP-1"'),
        })"""
    )
    page.evaluate("document.querySelector('[data-refresh]').setAttribute('hx-ext', 'equal-ids')")

    with refreshing(page):
        page.click("[data-refresh]")

    assert len(before) == 3
    assert page.locator("[data-delivery-id] .status").all_inner_texts() == before
    marks = page.evaluate("[...document.querySelectorAll('[data-delivery-id]')].map((one) => one.mark)")
    assert marks == [0, 1, 2]
