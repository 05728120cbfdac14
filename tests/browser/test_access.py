"""What is drawn by styles alone: for ears, without colours, magnified, mirrored, on paper."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from tests.support.browsing import Portal
from tests.support.states import order

MANY = order("C-1002", "A-20822")


def before(page: Page, selector: str, name: str) -> Any:
    """A property of what styles draw before the first such element."""
    return page.locator(selector).first.evaluate("(one, name) => getComputedStyle(one, '::before')[name]", name)


def test_signs_are_not_read_out(portal: Portal) -> None:
    page = portal.signed_in(MANY)

    drawn = {selector: before(page, selector, "content") for selector in (".status", ".flag", ".copy")}

    assert all(content.endswith('/ ""') for content in drawn.values()), drawn


def test_sign_of_what_moves_points_the_other_way_from_right_to_left(portal: Portal) -> None:
    page = portal.signed_in(MANY)
    from_the_left = before(page, ".status.moving", "content")

    page.evaluate("document.documentElement.dir = 'rtl'")

    assert from_the_left.startswith('"▶"')
    assert before(page, ".status.moving", "content").startswith('"◀"')


def test_flags_keep_a_shape_without_colours(portal: Portal) -> None:
    page = portal.signed_in(MANY)

    page.emulate_media(forced_colors="active")

    border = page.locator(".flag").first.evaluate("one => getComputedStyle(one).borderTopWidth")
    assert border == "1px"


def test_step_that_is_reached_is_told_apart_without_colours(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20758"))

    page.emulate_media(forced_colors="active")

    now, ahead = (before(page, f".timeline .{place}", "backgroundColor") for place in ("now", "after"))
    assert now != ahead


def test_nothing_stays_in_the_way_at_400_percent(portal: Portal) -> None:
    page = portal.signed_in(MANY, viewport={"width": 700, "height": 225})

    page.mouse.wheel(0, 600)
    page.wait_for_function("scrollY > 300")

    expect(page.locator(".bar")).not_to_be_in_viewport()


@pytest.mark.parametrize("width", [320, 360])
def test_tracking_number_that_fits_a_line_stays_in_one(portal: Portal, width: int) -> None:
    page = portal.signed_in(order("C-1001", "A-20758"), viewport={"width": width, "height": 740})
    number = page.locator("[data-tracking]").first
    number.evaluate("one => { one.textContent = '1Z 999-AA1-0123-4567'; }")

    lines = number.evaluate("one => one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)")

    assert round(lines) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_placeholder_can_be_read(portal: Portal, scheme: str) -> None:
    page = portal.signed_in(MANY, color_scheme=scheme)

    contrasts = page.eval_on_selector_all(
        "input[placeholder]",
        """fields => {
          const light = (colour) => {
            const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255)
              .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          return fields.map((field) => {
            const pair = [getComputedStyle(field, "::placeholder").color, getComputedStyle(field).backgroundColor];
            const [dark, bright] = pair.map(light).sort((a, b) => a - b);
            return (bright + 0.05) / (dark + 0.05);
          });
        }""",
    )

    assert contrasts
    assert min(contrasts) >= 4.5


def test_paper_keeps_the_colours_of_statuses(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20758"))

    page.emulate_media(media="print")

    assert before(page, ".timeline li", "printColorAdjust") == "exact"
    assert page.locator(".status").first.evaluate("one => getComputedStyle(one).printColorAdjust") == "exact"


def test_paper_has_the_whole_answer_and_nothing_to_press_beside_it(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20758"))

    page.emulate_media(media="print")

    bar, answer = (page.locator(one).bounding_box() for one in (".identity", "#order-answer"))
    assert bar
    assert answer
    assert bar["y"] + bar["height"] <= answer["y"]
    expect(page.locator("#message")).to_be_hidden()


@pytest.mark.parametrize(("motion", "moving"), [("reduce", set()), ("no-preference", {"run", "breathe"})])
def test_nothing_moves_while_waiting_where_less_motion_is_wanted(
    portal: Portal, motion: Literal["reduce", "no-preference"], moving: set[str]
) -> None:
    page = portal.signed_in("/orders/", reduced_motion=motion)
    page.route("**/find/", lambda _route: None)

    page.fill("[name=q]", "C-1001 A-20744")
    page.keyboard.press("Enter")
    expect(page.locator(".skeleton").first).to_be_visible()

    names = page.evaluate("document.getAnimations().map((one) => one.animationName)")
    assert set(names) == moving


def test_toggle_that_is_pressed_is_told_apart_without_colours(portal: Portal) -> None:
    page = portal.signed_in(MANY)
    page.emulate_media(forced_colors="active")
    toggles = page.locator(".toggle:visible")

    toggles.nth(1).click()

    styles = toggles.evaluate_all("all => all.map((one) => getComputedStyle(one).outlineStyle)")
    pressed = toggles.evaluate_all("all => all.map((one) => one.getAttribute('aria-pressed') === 'true')")
    assert pressed.count(True) == 1
    assert [style == "solid" for style in styles] == pressed


@pytest.mark.parametrize("width", [600, 720])
def test_paper_has_all_that_a_wide_row_has(portal: Portal, width: int) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"), viewport={"width": width, "height": 900})
    row = page.locator(".row:has(.carrier)").first

    page.emulate_media(media="print")

    for part in (".sku", ".quantity", ".status", ".carrier", ".line > .tracking a", ".price"):
        expect(row.locator(part).first).to_be_visible()
