"""What helps an agent beyond reading: the way to what needs attention, and a list to its end or filtered."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.browsing import Portal
from tests.support.states import order


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


def test_without_script_there_are_answers_and_no_buttons(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"), java_script_enabled=False)

    expect(page.locator("[data-answer]")).to_be_visible()
    expect(page.locator(".copy").first).to_be_hidden()


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
