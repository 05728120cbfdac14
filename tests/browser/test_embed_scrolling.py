"""The panel in a frame that scrolls by itself, as usual, and in one that is as high as its content."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.desktops import Desktop, call, panel, panel_frame


@pytest.fixture
def grown(desk: Desktop) -> Page:
    """A desktop whose frame grows with its content, in a call about an order of many items."""
    page = desk.page()
    page.evaluate(
        """portal => {
          const element = document.getElementById("panel");
          element.style.height = "100vh";
          const claims = new URLSearchParams({ customer_id: "C-1002", order_id: "A-20810" });
          const token = () => fetch(`/launch-token?${claims}`).then((answer) => answer.text());
          new OrderItems({ element, portal, token, grow: true }).launch();
        }""",
        desk.portal.address,
    )
    expect(panel(page).locator("h1")).to_have_text("Order A-20810")
    expect(panel(page).locator("[data-item-id]")).to_have_count(45)
    page.wait_for_function("document.querySelector('#panel iframe').offsetHeight > 2 * innerHeight")
    return page


def test_frame_scrolls_by_itself(desk: Desktop) -> None:
    page = desk.in_call("Chidi")
    expect(panel(page).locator("[data-item-id]")).to_have_count(45)
    page.wait_for_timeout(1000)

    panel(page).locator("[data-item-id]").last.scroll_into_view_if_needed()

    assert page.locator("#panel iframe").evaluate("frame => frame.offsetHeight <= innerHeight")
    expect(panel(page).locator("h1")).to_be_in_viewport()


def test_frame_that_is_to_grow_is_as_high_as_its_content(grown: Page) -> None:
    frame = grown.locator("#panel iframe")

    content = panel_frame(grown).evaluate("Math.ceil(document.body.getBoundingClientRect().height)")

    expect(frame).to_have_js_property("offsetHeight", content)


def test_link_to_an_item_shows_it_where_the_host_scrolls(grown: Page) -> None:
    item = panel(grown).locator("[data-item-id]").last
    link = "Object.assign(document.createElement('a'), { href: `#${id}`, text: '↓' })"
    panel(grown).locator("h1").evaluate(f"(heading, id) => heading.append({link})", item.get_attribute("id"))

    panel(grown).locator("h1 a").click()

    expect(item).to_be_in_viewport()


def test_list_of_keys_opens_in_sight_where_the_host_scrolls(grown: Page) -> None:
    panel(grown).locator("h1").click()

    panel_frame(grown).evaluate("document.querySelector('[data-keys]').click()")

    expect(panel(grown).locator("#keys")).to_be_in_viewport(ratio=1)


def test_keys_work_where_the_frame_has_no_storage(desk: Desktop) -> None:
    page = desk.page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } })"
    )
    call(page, "Amal")
    expect(panel(page).locator("h1")).to_have_text("Order A-20731")

    panel(page).locator("h1").click()
    page.keyboard.press("?")

    expect(panel(page).locator("#keys")).to_be_visible()
    expect(panel(page).locator("#keys input")).to_be_checked()


def test_times_are_in_the_zone_of_the_browser(desk: Desktop) -> None:
    page = desk.page(timezone_id="Asia/Tokyo")

    call(page, "Amal")

    expect(panel(page).locator(".freshness")).to_contain_text("JST")
