"""How much is seen at once: measured in a browser with the sandbox's orders, and printed."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_look import problems
from tests.support.browsing import Portal, wait_until_loaded
from tests.support.states import order

MANY = order("C-1002", "A-20810")
THREE = order("C-1001", "A-20758")
# What can be read: nothing that only assistive technology gets, and no choices that are not chosen.
WORDS = """() => {
    const isClipped = (one) => one && (getComputedStyle(one).clipPath !== 'none' || isClipped(one.parentElement));
    const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    let count = 0;
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (parentElement.matches('option') || isClipped(parentElement)) continue;
      if (!parentElement.checkVisibility()) continue;
      count += data.split(/\\s+/).filter(Boolean).length;
    }
    return count;
}"""
IN_VIEW = """(selector) => [...document.querySelectorAll(selector)].filter((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return one.checkVisibility() && top >= 0 && bottom <= innerHeight;
}).length"""

# What of a row reaches into its neighbour or out of the row.
OUTSIDE = """() => [...document.querySelectorAll('.row')].flatMap((row) => {
    const cells = row.querySelectorAll('h2, .quantity, .status, .flag, .when, .carrier, .tracking a, .price');
    const seen = [...cells].filter((one) => one.checkVisibility() && one.offsetWidth && !one.closest('.opened'));
    const places = seen.map((one) => one.getBoundingClientRect());
    const box = row.getBoundingClientRect();
    return seen.filter((one, at) => {
      const a = places[at];
      const isApart = (other) => !seen[other].contains(one) && !one.contains(seen[other]);
      const meets = places.some((b, other) => isApart(other)
        && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1);
      return meets || a.left < box.left - 1 || a.right > box.right + 1;
    }).map((one) => one.outerHTML.slice(0, 90));
})"""


def opened(portal: Portal, path: str, width: int, height: int, items: int) -> Page:
    """An order in a window of this size, with all its items."""
    page = portal.signed_in(path, viewport={"width": width, "height": height})
    expect(page.locator("[data-item-id]")).to_have_count(items)
    wait_until_loaded(page)
    page.evaluate("scrollTo(0, 0)")
    return page


@pytest.mark.parametrize(("width", "height", "least"), [(1280, 800, 9), (1920, 1080, 15)])
def test_items_are_read_without_scrolling(portal: Portal, width: int, height: int, least: int) -> None:
    page = opened(portal, MANY, width, height, 45)

    seen = page.evaluate(IN_VIEW, "[data-item-id]")

    print(f"{seen} items of A-20810 in {width}x{height}")  # noqa: T201 - a measure
    assert seen >= least


def test_order_of_45_items_is_below_2900_px(portal: Portal) -> None:
    page = opened(portal, MANY, 1280, 800, 45)

    height = page.evaluate("document.documentElement.scrollHeight")

    print(f"45 items: {height} px")  # noqa: T201 - a measure
    assert height < 2900


def test_three_deliveries_are_seen_at_once_in_150_words(portal: Portal) -> None:
    page = opened(portal, THREE, 1280, 800, 1)

    seen, words = page.evaluate(IN_VIEW, "[data-delivery-id]"), page.evaluate(WORDS)

    print(f"{seen} deliveries, {words} words")  # noqa: T201 - a measure
    assert seen == 3
    assert words <= 150


def test_card_of_one_item_takes_the_width_that_there_is(portal: Portal) -> None:
    page = opened(portal, order("C-1001", "A-20731"), 1920, 1080, 1)

    share = page.evaluate(
        "document.querySelector('.card').offsetWidth / document.querySelector('#results').offsetWidth"
    )

    print(f"card: {share:.0%} of the content")  # noqa: T201 - a measure
    assert share >= 0.8


@pytest.mark.parametrize(("width", "locale"), [(1280, "en"), (1280, "ar"), (360, "en"), (320, "ar")])
def test_opened_rows_fit_and_have_no_accessibility_problem(portal: Portal, width: int, locale: str) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"), viewport={"width": width, "height": 800}, locale=locale)
    page.eval_on_selector_all(".row details", "all => all.forEach((one, at) => { one.open = at < 3 })")

    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert problems(page) == []


def test_row_opens_by_enter_and_shows_all_facts(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    timeline = page.locator(".row [data-timeline]").first
    expect(timeline).to_be_hidden()

    page.keyboard.press("j")
    page.keyboard.press("Enter")

    expect(timeline).to_be_visible()
    expect(page.locator(".row [data-answer]").first).to_be_visible()


def test_rows_open_and_are_grouped_without_script(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"), java_script_enabled=False)

    page.locator(".row summary").first.click()

    expect(page.locator(".row [data-timeline]").first).to_be_visible()
    assert page.locator(".group-name:visible").first.inner_text().split() == ["Needs", "attention", "3"]


def test_later_page_joins_the_groups_and_its_first_row_has_the_focus(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810", limit="20", pages="1"))
    expect(page.locator("[data-item-id]")).to_have_count(45)
    # Counted a moment after the items came.
    expect(page.locator("#narrow output")).to_have_text("Items: 45 of 45")

    numbers = [int(number) for number in page.locator(".group:visible [data-count]").all_inner_texts()]
    held = page.eval_on_selector_all(
        ".group", "all => all.map(one => one.querySelectorAll('[data-item-id]').length).filter(Boolean)"
    )

    assert numbers == held
    assert sum(numbers) == 45


def test_row_that_a_refresh_moves_to_another_group_stays_open(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    page.evaluate(
        """() => {
          const row = document.querySelector('#group-way .row');
          row.querySelector('details').open = true;
          row.mark = 'same';
          document.querySelector('#group-delivered').append(row);
          document.querySelector('[data-as-of]').dateTime = 'old';
        }"""
    )

    page.click("[data-refresh]")
    expect(page.locator("[data-as-of]")).not_to_have_attribute("datetime", "old")

    assert page.evaluate("document.querySelector('#group-way .row').mark") == "same"
    assert page.evaluate("document.querySelector('#group-way details').open")


def test_list_as_received_has_no_groups_and_goes_on_so(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810", groups="0", limit="5"))

    expect(page.locator("[data-item-id]")).to_have_count(45)

    assert page.locator(".group").count() == 0
    assert page.locator("#cards.rows > [data-item-id]").count() == 45


@pytest.mark.parametrize(
    ("width", "locale"), [(641, "en"), (641, "de"), (641, "ar"), (720, "de"), (800, "ar"), (896, "de")]
)
def test_rows_have_columns_that_fit_down_to_40_rem(
    portal: Portal, screenshot: Callable[[Page, str], None], width: int, locale: str
) -> None:
    page = portal.signed_in(MANY, viewport={"width": width, "height": 800}, locale=locale)
    expect(page.locator("[data-item-id]")).to_have_count(45)
    page.evaluate("document.querySelector('.row details:has(.carrier)').open = true")

    screenshot(page, f"rows {locale} {width}")
    outside = page.evaluate(OUTSIDE)
    heights = page.eval_on_selector_all(".row details:not([open])", "all => all.map(one => one.offsetHeight)")

    print(f"rows at {width} in {locale}: {min(heights)} to {max(heights)} px")  # noqa: T201 - a measure
    expect(page.locator(".columns").first).to_be_visible()
    for part in (".carrier", ".price", ".line > .tracking"):
        expect(page.locator(f".row:has(details[open]) {part}").first).to_be_visible()
    assert outside == []
    assert median(heights) <= 60


@pytest.mark.parametrize("width", [640, 360])
def test_rows_have_two_lines_below_40_rem(portal: Portal, width: int) -> None:
    page = opened(portal, MANY, width, 800, 45)

    lines = page.locator(".row summary").first.evaluate(
        "one => getComputedStyle(one).gridTemplateRows.split(' ').filter((row) => row !== '0px').length"
    )

    expect(page.locator(".columns").first).to_be_hidden()
    assert lines == 2


@pytest.mark.parametrize("width", [1280, 640, 400, 320])
def test_deliveries_of_an_opened_row_have_its_width_each_line_of_them(portal: Portal, width: int) -> None:
    page = opened(portal, order("C-1006", "A-21205"), width, 900, 4)
    row = page.locator(".row", has=page.locator(".opened .delivery + .delivery"))
    row.locator("summary").first.click()

    roads = row.locator(".opened .delivery").evaluate_all(
        """(all) => all.map((one) => {
          const inside = one.clientWidth - 2 * parseFloat(getComputedStyle(one).paddingInlineStart);
          return [".timeline", ".when"].map((part) => one.querySelector(part).offsetWidth / inside);
        })"""
    )

    assert len(roads) == 2
    assert all(share > 0.95 for both in roads for share in both)


@pytest.mark.parametrize("width", [320, 360, 640])
def test_narrow_row_has_its_statuses_and_flags_beside_each_other(portal: Portal, width: int) -> None:
    page = opened(portal, order("C-1006", "A-21205"), width, 740, items=4)
    page.locator(".row .where").first.evaluate(
        """where => {
          where.insertAdjacentHTML('beforeend', '<span class="marks"></span>');
          ['Overdue', 'No update for 6 days'].forEach((words) => where.lastElementChild.insertAdjacentHTML(
            'beforeend', `<span class="flag warn" data-flag="late">${words}</span>`));
        }"""
    )

    outside = page.evaluate(OUTSIDE)

    assert outside == []
    assert page.locator(".row .several .status").count() == 2
