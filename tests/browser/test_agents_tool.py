"""What helps an agent beyond reading: answers to copy, and the way to what needs attention."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Portal, order
from tests.browser.desktops import Desktop, panel

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


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
