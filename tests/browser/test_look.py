"""How pages look and how they read to assistive technology, wide and narrow, light and dark."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Frame, Page, expect

from tests.support.browsing import Portal, wait_until_loaded
from tests.support.states import STATES, order

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of axe-core that ask what colours there are."""


def problems(page: Page | Frame, only: tuple[str, ...] = ()) -> list[Any]:
    """What axe-core finds, every impact level: by all rules, or `only` by these."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # Off unless asked for: the 24 px of WCAG 2.2 AA.
    options: dict[str, Any] = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    if only:
        options = {"resultTypes": ["violations"], "runOnly": list(only)}
    found: list[Any] = page.evaluate("(options) => axe.run(options).then((all) => all.violations)", options)
    return [(entry["id"], [node["html"][:200] for node in entry["nodes"]]) for entry in found]


def difference(one: bytes, other: bytes) -> float:
    """How unlike two pictures are: the mean distance of a pixel's channels, 0 to 255."""
    first, second = (Image.open(io.BytesIO(png)).convert("RGB").resize((72, 72)) for png in (one, other))
    return sum(ImageStat.Stat(ImageChops.difference(first, second)).mean) / 3


def test_checker_finds_small_targets(portal: Portal) -> None:
    page = portal.page()
    page.set_content("<main><h1>x</h1>" + "<button style='width: 9px; height: 9px; padding: 0'></button>" * 2)

    assert "target-size" in [found for found, _ in problems(page)]


def test_checker_finds_a_colour_of_one_theme_alone(portal: Portal) -> None:
    page = portal.page()
    page.set_content(
        "<style>@media (prefers-color-scheme: dark) { p { color: #000; background: #222; } }</style>"
        "<html lang=en><title>x</title><main><h1>Orders</h1><p>Some words</p></main>"
    )

    assert list(problems_in_each_theme(page, "x")) == ["x, dark, 1280", "x, dark, 320"]


def problems_in_each_theme(page: Page, state: str) -> dict[str, Any]:
    """What axe-core finds wide and narrow, light and dark; a theme changes colours alone."""
    found: dict[str, Any] = {}
    for scheme in THEMES:
        page.emulate_media(color_scheme=scheme)
        only = COLOURS if scheme == "dark" else ()
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            if trouble := problems(page, only):
                found[f"{state}, {scheme}, {width}"] = trouble
    return found


# Each state is loaded once for all themes and widths: some forty take a minute on a quiet machine.
@pytest.mark.timeout(600)
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_page_has_no_accessibility_problem_and_fits(
    portal: Portal, screenshot: Callable[[Page, str], None], locale: str
) -> None:
    # What fades would be looked at half-way.
    page = portal.signed_in("/", locale=locale, reduced_motion="reduce")
    found: dict[str, Any] = {}
    for state, path in STATES.items():
        page.goto(portal.address + path)
        wait_until_loaded(page)
        found |= problems_in_each_theme(page, state)
        # 640 is 1280 at 200 % zoom.
        for width in (1920, 1280, 640, 360, 320):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found[f"{state} at {width}"] = "scrolls sideways"
            for scheme in THEMES if width in (1920, 640, 360) else ():
                page.emulate_media(color_scheme=scheme)
                screenshot(page, f"{state} {scheme} {locale} {width}")

    assert found == {}


# What an agent does, and what is there once it is done.
ACTIONS: dict[str, tuple[Callable[[Page], object], str]] = {
    "menu": (lambda page: page.click(".filter > summary"), ".filter[open]"),
    "narrowed by status": (
        lambda page: page.click("#narrow [data-kind=status]:visible >> nth=0"),
        "#narrow [data-kind=status][aria-pressed=true]",
    ),
    "by delivery": (lambda page: page.select_option("#narrow [name=by]", "delivery"), "#parcels > article"),
    "nothing fits": (lambda page: page.fill("#narrow [name=words]", "nothing has this"), "#narrow.narrowed"),
    "item by key": (lambda page: page.keyboard.press("j"), "[data-item-id] :focus"),
    "keys": (lambda page: page.click("[data-keys]"), "#keys[open]"),
    "order opened": (
        lambda page: page.locator("[data-order] summary").evaluate_all("all => all.forEach(one => one.click())"),
        "[data-order] details[open]",
    ),
    "refreshed": (lambda page: page.click("[data-refresh]"), "[data-checked]"),
}


@pytest.mark.parametrize(("scheme", "locale"), [("light", "en"), ("dark", "ar")])
@pytest.mark.parametrize("action", ACTIONS)
def test_state_that_an_action_leads_to_has_no_accessibility_problem(
    portal: Portal, screenshot: Callable[[Page, str], None], action: str, scheme: str, locale: str
) -> None:
    act, done = ACTIONS[action]
    page = portal.signed_in(order("C-1002", "A-20810"), color_scheme=scheme, locale=locale)
    wait_until_loaded(page)

    act(page)
    expect(page.locator(done).first).to_be_visible()

    found: dict[str, Any] = {}
    if trouble := problems(page):
        found["axe"] = trouble
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found[f"at {width}"] = "scrolls sideways"
        screenshot(page, f"action {action} {scheme} {locale} {width}")
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sign_in_has_no_accessibility_problem(
    portal: Portal, screenshot: Callable[[Page, str], None], scheme: str
) -> None:
    page = portal.page(color_scheme=scheme, viewport={"width": 360, "height": 700})
    page.goto(portal.address + "/login/")
    before = problems(page)
    page.fill("[name=username]", "agent")
    page.fill("[name=password]", "wrong")
    page.click("main button[type=submit]")
    expect(page.locator("[role=alert]")).to_be_visible()
    screenshot(page, f"sign-in refused {scheme}")

    after = problems(page)

    assert before == after == []


@pytest.mark.parametrize("javascript", [True, False])
def test_picture_that_fails_looks_like_one_that_is_missing(portal: Portal, javascript: bool) -> None:
    page = portal.signed_in(order("C-1003", "A-20911"), java_script_enabled=javascript)
    boxes = page.locator(".picture")
    for index in range(boxes.count()):
        boxes.nth(index).scroll_into_view_if_needed()
        for picture in boxes.nth(index).locator("img").all():
            expect(picture).to_have_js_property("complete", True)
    missing = boxes.filter(has_not=page.locator("img")).first.screenshot()

    unlike = {
        boxes.nth(index).inner_html(): difference(boxes.nth(index).screenshot(), missing)
        for index in range(boxes.count())
    }

    failed = [html for html in unlike if "broken" in html or "missing" in html]
    assert len(failed) == 2
    assert all(unlike[html] < 5 for html in failed)
    assert max(unlike.values()) > 20
