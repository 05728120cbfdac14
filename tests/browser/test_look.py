"""How pages look and how they read to assistive technology, wide and narrow, light and dark."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Frame, Page, expect

from tests.support.browsing import Portal
from tests.support.states import STATES, order


def problems(page: Page | Frame) -> list[Any]:
    """What axe-core finds, every impact level."""
    # Off unless asked for: the 24 px of WCAG 2.2 AA.
    options = {"rules": {"target-size": {"enabled": True}}}
    found: list[Any] = Axe().run(page, options=options).response["violations"]
    return [(entry["id"], [node["html"][:200] for node in entry["nodes"]]) for entry in found]


def difference(one: bytes, other: bytes) -> float:
    """How unlike two pictures are: the mean distance of a pixel's channels, 0 to 255."""
    first, second = (Image.open(io.BytesIO(png)).convert("RGB").resize((72, 72)) for png in (one, other))
    return sum(ImageStat.Stat(ImageChops.difference(first, second)).mean) / 3


def test_checker_finds_small_targets(portal: Portal) -> None:
    page = portal.page()
    page.set_content("<main><h1>x</h1>" + "<button style='width: 9px; height: 9px; padding: 0'></button>" * 2)

    assert "target-size" in [found for found, _ in problems(page)]


@pytest.mark.parametrize(("scheme", "locale"), [("light", "en"), ("dark", "en"), ("light", "ar"), ("dark", "ar")])
def test_page_has_no_accessibility_problem_and_fits(
    portal: Portal, screenshot: Callable[[Page, str], None], scheme: str, locale: str
) -> None:
    page = portal.signed_in("/", color_scheme=scheme, locale=locale)
    found: dict[str, Any] = {}
    for state, path in STATES.items():
        page.goto(portal.address + path)
        page.wait_for_load_state("networkidle")
        # 640 is 1280 at 200 % zoom.
        for width in (1920, 1280, 640, 360, 320):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found[f"{state} at {width}"] = "scrolls sideways"
            if width in (1920, 640, 360):
                screenshot(page, f"{state} {scheme} {locale} {width}")
        if trouble := problems(page):
            found[state] = trouble

    assert found == {}


ACTIONS: dict[str, Callable[[Page], object]] = {
    "by delivery": lambda page: page.select_option("#narrow [name=by]", "delivery"),
    "nothing fits": lambda page: page.fill("#narrow [name=words]", "nothing has this"),
    "item by key": lambda page: page.keyboard.press("j"),
    "keys": lambda page: page.click("[data-keys]"),
    "more loaded": lambda page: page.click("[data-load-more]"),
    "loading all": lambda page: page.click("[data-load-all]"),
}


@pytest.mark.parametrize(("scheme", "locale"), [("light", "en"), ("dark", "ar")])
def test_state_that_an_action_leads_to_has_no_accessibility_problem(
    portal: Portal, screenshot: Callable[[Page, str], None], scheme: str, locale: str
) -> None:
    page = portal.signed_in("/", color_scheme=scheme, locale=locale)
    found: dict[str, Any] = {}
    for name, act in ACTIONS.items():
        page.goto(portal.address + order("C-1002", "A-20810"))
        page.wait_for_load_state("networkidle")
        act(page)
        if trouble := problems(page):
            found[name] = trouble
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found[f"{name} at {width}"] = "scrolls sideways"
            screenshot(page, f"action {name} {scheme} {locale} {width}")

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
        page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    missing = boxes.filter(has_not=page.locator("img")).first.screenshot()

    unlike = {
        boxes.nth(index).inner_html(): difference(boxes.nth(index).screenshot(), missing)
        for index in range(boxes.count())
    }

    failed = [html for html in unlike if "broken" in html or "missing" in html]
    assert len(failed) == 2
    assert all(unlike[html] < 5 for html in failed)
    assert max(unlike.values()) > 20
