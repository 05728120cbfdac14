"""What helps an agent beyond reading: the way to what needs attention, and a list to its end or filtered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.support.browsing import Portal, wait_until
from tests.support.states import order

pytestmark = pytest.mark.usefixtures("by_hand")


def test_what_needs_attention_is_counted_and_jumped_to(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    flagged = page.locator("article[data-attention]").count()

    page.locator(".answer-lines a").first.click()

    assert flagged > 1
    expect(page.locator("#narrow [data-kind=attention]")).to_have_text(f"Needs attention {flagged}")
    assert page.locator(".answer-lines a").count() > 1
    expect(page.locator("article:target")).to_have_attribute("data-attention", "")


def test_load_more_goes_on_counting(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"))
    first = page.locator("[data-order-answer]").inner_text()

    page.click("[data-load-more]")
    expect(page.locator("[data-item-id]")).to_have_count(40)
    page.click("[data-load-more]")
    expect(page.locator("[data-item-id]")).to_have_count(45)

    delivered = page.locator("[data-item-id]:has([data-status=DELIVERED])").count()
    assert "of the first 20 items" in first
    expect(page.locator("[data-order-answer]")).to_contain_text(f"{delivered} of 45 items are delivered")
    expect(page.locator("#narrow [data-code=DELIVERED] strong")).to_have_text(str(delivered))


def test_without_script_there_are_answers_and_no_buttons(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"), java_script_enabled=False)

    expect(page.locator("[data-answer]")).to_be_visible()
    expect(page.locator(".copy").first).to_be_hidden()


def test_load_all_goes_to_the_end_and_can_be_stopped(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810", limit="5"))
    held: list[Callable[[], None]] = []
    page.route("**/*cursor=*", lambda route: held.append(route.continue_))

    page.click("[data-load-all]")
    wait_until(page, lambda: held)
    page.click("[data-stop]")
    held[0]()
    expect(page.locator("[data-item-id]")).to_have_count(10)
    page.wait_for_timeout(500)
    asked = len(held)
    page.unroute("**/*cursor=*")
    page.click("[data-load-all]")

    expect(page.locator("[data-item-id]")).to_have_count(45)
    expect(page.locator("#narrow output")).to_have_text("Items: 45 of 45")
    expect(page.locator("[data-stop]")).to_be_hidden()
    assert asked == 1


def test_list_is_filtered_in_the_order_system(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"))
    brand = page.locator("[data-item-id] .brand").first.text_content() or ""

    page.click(".filter > summary")
    page.fill(".filter [name=brand]", brand)
    page.click(".filter button")
    expect(page.locator(".filters .chip")).to_contain_text(brand)

    assert set(page.locator("[data-item-id] .brand").all_text_contents()) == {brand}
    assert "brand=" in page.url
    assert "within=" not in page.url
