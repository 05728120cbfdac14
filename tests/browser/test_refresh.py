"""What is on screen as time goes by: refreshed without a change of what did not change, and its age told."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect
from pytest_django.fixtures import Settings

from tests.support.browsing import Portal, refreshing
from tests.support.states import order

pytestmark = pytest.mark.usefixtures("by_hand")


def test_times_are_in_the_agents_own_zone(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"), timezone_id="Asia/Tokyo")

    expect(page.locator(".freshness")).to_contain_text("times in JST")


def test_refresh_changes_nothing_that_did_not_change(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"))
    page.click("[data-load-more]")
    expect(page.locator("[data-item-id]")).to_have_count(40)
    expect(page.locator("[data-takes-focus]")).to_be_focused()
    page.fill("#narrow [name=words]", "e")
    page.click(".filter > summary")
    card = page.locator("[data-item-id]:visible").nth(12)
    card.scroll_into_view_if_needed()
    card.locator("[data-copy]").first.focus()
    page.evaluate("document.querySelectorAll('[data-item-id]').forEach(card => { card.mark = card.id })")
    page.evaluate("document.activeElement.mark = 'focus'")
    before = page.evaluate("[scrollY, document.querySelectorAll('[data-item-id]:not([hidden])').length]")

    # By script: a press would move focus and scroll by itself.
    with refreshing(page):
        page.evaluate("document.querySelector('[data-refresh]').click()")

    assert page.locator("[data-item-id]").count() == 40
    assert page.evaluate("[...document.querySelectorAll('[data-item-id]')].every(card => card.mark === card.id)")
    assert page.evaluate("[scrollY, document.querySelectorAll('[data-item-id]:not([hidden])').length]") == before
    assert page.evaluate("document.activeElement.mark") == "focus"
    assert page.input_value("#narrow [name=words]") == "e"
    assert page.evaluate("document.querySelector('.filter').open")


def test_refresh_shows_what_did_change(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    fresh = page.locator("#results").inner_text()
    page.evaluate(
        """() => {
          const [first, second] = document.querySelectorAll('[data-item-id]');
          first.querySelector('.status').textContent = 'Lost';
          first.querySelector('.status').className = 'status bad';
          second.remove();
          first.before(Object.assign(document.createElement('article'), {id: 'gone', className: 'card'}));
        }"""
    )
    assert page.locator("#results").inner_text() != fresh

    page.click("[data-refresh]")

    expect(page.locator("#gone")).to_have_count(0)
    expect(page.locator(".status", has_text="Lost")).to_have_count(0)
    expect(page.locator("#results")).to_have_text(fresh, use_inner_text=True)


def test_refresh_that_fails_keeps_the_list_and_says_so(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))
    page.route(
        "**/orders/?*refresh=1*",
        lambda route: route.fulfill(status=503, body="<div class='alert' role='alert'><h1>x</h1></div>"),
    )

    page.click("[data-refresh]")
    expect(page.locator("#results > .alert")).to_have_count(1)
    with page.expect_response("**refresh=1**"):
        page.click("[data-refresh]")
    page.wait_for_timeout(300)

    expect(page.locator("#results > .alert")).to_have_count(1)
    expect(page.locator("[data-item-id]")).to_have_count(1)
    expect(page.locator("#results > .alert h2")).to_have_text("x")
    expect(page.locator("h1")).to_contain_text("A-20731")


def test_refresh_that_brings_only_what_was_known_does_not_say_that_it_checked(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))

    def add_notice(route: Route) -> None:
        came = route.fetch()
        notice = '<p class="notice" role="status" data-stale>The order system cannot be reached.</p>'
        route.fulfill(response=came, body=came.text().replace('<header class="summary">', f"{notice}<header>"))

    page.route("**/orders/?*refresh=1*", add_notice)

    page.click("[data-refresh]")

    expect(page.locator("#announce")).to_contain_text("– The order system cannot be reached. –")
    expect(page.locator("[data-checked]")).to_be_hidden()


def test_quiet_refresh_waits_for_a_page_that_is_seen(portal: Portal, settings: Settings) -> None:
    settings.QUIET_REFRESH_SECONDS = 60
    page = portal.page()
    page.clock.install()
    page = portal.signed_in(order("C-1002", "A-20822"), onto=page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "quiet=1" in request.url else None)

    page.evaluate(
        "window.away = true;"
        "Object.defineProperty(document, 'hidden', {get: () => window.away, configurable: true})"
    )
    page.clock.run_for(120_000)
    page.wait_for_timeout(300)
    unseen = len(asked)
    with refreshing(page):
        page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    seen = len(asked)
    with refreshing(page):
        page.clock.run_for(70_000)

    assert (unseen, seen, len(asked)) == (0, 1, 2)


def test_age_of_what_is_shown_is_told(portal: Portal) -> None:
    page = portal.page()
    page.clock.install()
    page = portal.signed_in(order("C-1001", "A-20731"), onto=page)
    expect(page.locator("[data-as-of]")).to_have_text("just now")

    page.clock.run_for(190_000)

    expect(page.locator("[data-as-of]")).to_have_text("3 minutes ago")
