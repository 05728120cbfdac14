"""What helps an agent beyond reading: answers to copy, and the way to what needs attention."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect
from pytest_django.fixtures import Settings

from tests.support.browsing import Portal
from tests.support.desktops import Desktop, panel
from tests.support.states import order

CLIPBOARD: dict[str, Any] = {"permissions": ["clipboard-read", "clipboard-write"]}


def test_answer_and_numbers_are_copied_and_announced(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"), **CLIPBOARD)

    page.click("article [aria-label^='Copy answer']:near([data-answer])")
    answer = page.evaluate("navigator.clipboard.readText()")
    expect(page.locator("#announce")).to_have_text("Copied")
    page.click("[aria-label^='Copy SKU']")
    sku = page.evaluate("navigator.clipboard.readText()")
    page.click("[aria-label^='Copy tracking number']")
    tracking = page.evaluate("navigator.clipboard.readText()")

    assert answer == page.locator("[data-answer]").inner_text()
    assert "delivered on" in answer
    assert sku == page.locator("[data-sku]").inner_text()
    assert tracking == "NP 4471 9920 15"


def test_what_needs_attention_is_counted_and_jumped_to(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    flagged = page.locator("article[data-attention]").count()

    page.locator("#jumps a").first.click()

    assert flagged > 1
    expect(page.locator("#attention")).to_have_text(f"{flagged} items need attention")
    assert page.locator("#jumps a").count() == flagged
    expect(page.locator("article:target")).to_have_attribute("data-attention", "")


def test_load_more_goes_on_counting(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"))
    before = page.locator("article[data-attention]").count()

    page.click("[data-load-more]")
    expect(page.locator("[data-item-id]")).to_have_count(40)
    page.click("[data-load-more]")
    expect(page.locator("[data-item-id]")).to_have_count(45)

    flagged = page.locator("article[data-attention]").count()
    assert page.locator("#jumps a").count() == flagged >= before
    if flagged:
        expect(page.locator("#attention")).to_contain_text(str(flagged))
    expect(page.locator("[data-order-answer]")).not_to_contain_text("goes on")


def test_copy_works_within_the_panel(desk: Desktop) -> None:
    page = desk.page(**CLIPBOARD)
    page.click("#callers button:has-text('Amal')")

    panel(page).locator("[aria-label^='Copy SKU']").click()

    expect(panel(page).locator("#announce")).to_have_text("Copied")


def test_without_script_there_are_answers_and_no_buttons(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"), java_script_enabled=False)

    expect(page.locator("[data-answer]")).to_be_visible()
    expect(page.locator(".copy").first).to_be_hidden()


def test_loaded_items_are_found_and_narrowed(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"))
    visible = page.locator("[data-item-id]:visible")

    page.fill("#narrow [name=words]", "mug halden")
    found = visible.count()
    expect(page.locator("#narrow output")).to_have_text(f"{found} of the 20 loaded; more available")
    page.fill("#narrow [name=words]", "NP 4475")
    by_tracking = visible.count()
    page.fill("#narrow [name=words]", "")
    page.select_option("#narrow [name=status]", "DELIVERED")

    assert 0 < found < 20
    assert 0 < by_tracking <= 20
    expect(page.locator("[data-item-id]:visible:not(:has([data-status=DELIVERED]))")).to_have_count(0)


def test_narrowing_stays_through_sorting_and_loading_more(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"))
    page.fill("#narrow [name=words]", "mug")

    page.click("text=Price: low to high")
    expect(page.locator("[aria-current=true]")).to_have_text("Price: low to high")
    page.click("[data-load-more]")
    expect(page.locator("[data-item-id]")).to_have_count(40)

    assert page.input_value("#narrow [name=words]") == "mug"
    expect(page.locator("[data-item-id]:visible h2:not(:text-matches('mug', 'i'))")).to_have_count(0)


def test_load_all_goes_to_the_end_and_can_be_stopped(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810", limit="5"))

    page.click("[data-load-all]")
    expect(page.locator("[data-stop]")).to_be_visible()
    page.click("[data-stop]")
    page.wait_for_timeout(500)
    stopped_at = page.locator("[data-item-id]").count()
    page.click("[data-load-all]")

    expect(page.locator("[data-item-id]")).to_have_count(45)
    expect(page.locator("#narrow output")).to_have_text("45 of 45 items")
    expect(page.locator("[data-stop]")).to_be_hidden()
    assert stopped_at < 45


def test_job_is_done_by_keys(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"), **CLIPBOARD)

    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.closest('[data-item-id]').dataset.itemId")
    page.keyboard.press("c")
    expect(page.locator("#announce")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    page.keyboard.press("m")
    expect(page.locator("[data-item-id]")).to_have_count(40)
    page.wait_for_function("document.activeElement.matches('[data-takes-focus]')")
    page.keyboard.press("/")
    page.keyboard.type("jkm?")

    assert second == page.locator("[data-item-id]").nth(1).get_attribute("data-item-id")
    assert copied == page.locator("[data-item-id]").nth(1).locator("[data-answer]").inner_text()
    assert "jkm?" in page.input_value("form[action='/orders/'] [name=customer_id]")
    expect(page.locator("[data-item-id]")).to_have_count(40)


def test_keys_can_be_switched_off(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"))

    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.uncheck("#keys input")
    page.click("#keys button")
    page.keyboard.press("m")
    page.wait_for_timeout(500)
    page.reload()
    page.keyboard.press("m")
    page.wait_for_timeout(500)

    expect(page.locator("[data-item-id]")).to_have_count(20)


def test_times_are_in_the_agents_own_zone(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"), timezone_id="Asia/Tokyo")

    expect(page.locator("[data-as-of]")).to_contain_text("JST")


def test_refresh_changes_nothing_that_did_not_change(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"))
    page.click("[data-load-more]")
    expect(page.locator("[data-item-id]")).to_have_count(40)
    page.fill("#narrow [name=words]", "e")
    page.click(".filter summary")
    card = page.locator("[data-item-id]:visible").nth(12)
    card.scroll_into_view_if_needed()
    card.locator("[data-copy]").first.focus()
    page.evaluate("document.querySelectorAll('[data-item-id]').forEach(card => { card.mark = card.id })")
    page.evaluate("document.activeElement.mark = 'focus'")
    before = page.evaluate("[scrollY, document.querySelectorAll('[data-item-id]:not([hidden])').length]")
    as_of = page.locator("[data-as-of]").text_content()
    page.evaluate("document.querySelector('[data-as-of]').textContent = 'old'")

    # By script: a press would move focus and scroll by itself.
    page.evaluate("document.querySelector('[data-refresh]').click()")
    expect(page.locator("[data-as-of]")).not_to_have_text("old")

    assert page.locator("[data-item-id]").count() == 40
    assert page.evaluate("[...document.querySelectorAll('[data-item-id]')].every(card => card.mark === card.id)")
    assert page.evaluate("[scrollY, document.querySelectorAll('[data-item-id]:not([hidden])').length]") == before
    assert page.evaluate("document.activeElement.mark") == "focus"
    assert page.input_value("#narrow [name=words]") == "e"
    assert page.evaluate("document.querySelector('.filter').open")
    assert as_of


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
    page.click("[data-refresh]")
    page.wait_for_timeout(300)

    expect(page.locator("#results > .alert")).to_have_count(1)
    expect(page.locator("[data-item-id]")).to_have_count(1)
    expect(page.locator("#results > .alert h2")).to_have_text("x")
    expect(page.locator("h1")).to_contain_text("A-20731")


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
    unseen = len(asked)
    page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(500)
    seen = len(asked)
    page.clock.run_for(70_000)
    page.wait_for_timeout(500)

    assert (unseen, seen, len(asked)) == (0, 1, 2)


def test_age_of_what_is_shown_is_told(portal: Portal) -> None:
    page = portal.page()
    page.clock.install()
    page = portal.signed_in(order("C-1001", "A-20731"), onto=page)
    expect(page.locator("[data-as-of] + span")).to_have_text("(this minute)")

    page.clock.run_for(190_000)

    expect(page.locator("[data-as-of] + span")).to_have_text("(3 minutes ago)")


def test_items_are_listed_by_delivery(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    tracking = page.locator("[data-tracking]").first.inner_text()
    name = page.locator("[data-item-id] h2").first.inner_text()

    page.select_option("#narrow [name=by]", "delivery")

    parcel = page.locator("#parcels article", has=page.locator("h2", has_text=tracking))
    expect(parcel.locator("li a").first).to_have_text(name)
    expect(parcel.locator(".status")).to_be_visible()
    expect(page.locator("[data-item-id]:visible")).to_have_count(0)
    parcel.locator("li a").first.click()
    expect(page.locator("article:target")).to_be_visible()
    expect(page.locator("#parcels")).to_be_hidden()


def test_jump_to_an_item_that_was_narrowed_away_shows_it(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    page.fill("#narrow [name=words]", "nothing has this")
    expect(page.locator("[data-item-id]:visible")).to_have_count(0)

    page.locator("#jumps a").first.click()

    expect(page.locator("article:target")).to_be_visible()
    assert page.input_value("#narrow [name=words]") == ""


def test_list_is_filtered_in_the_order_system(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"))
    brand = page.locator("[data-item-id] .brand").first.inner_text()

    page.click(".filter summary")
    page.fill(".filter [name=brand]", brand)
    page.click(".filter button")
    expect(page.locator(".filters .chip")).to_contain_text(brand)

    assert set(page.locator("[data-item-id] .brand").all_inner_texts()) == {brand}
    assert "brand=" in page.url
    assert "within=" not in page.url
