"""How pages look and how they read to assistive technology, wide and narrow, light and dark."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Page, expect

from tests.browser.conftest import Portal, order

STATES = {
    "start": "/orders/",
    "one item": order("C-1001", "A-20731"),
    "three deliveries": order("C-1001", "A-20758"),
    "many items": order("C-1002", "A-20810"),
    "every status": order("C-1002", "A-20822"),
    "second page": order("C-1002", "A-20810", order_by="price:desc"),
    "empty": order("C-1002", "A-20815"),
    "collection": order("C-1003", "A-20901"),
    "pictures": order("C-1003", "A-20911"),
    "currencies": order("C-1004", "A-21003"),
    "long names": order("C-1004", "A-21015"),
    "scripts": order("C-1004", "A-21018"),
    "custom fields": order("C-1005", "A-21102"),
    "newer fields": order("C-1005", "A-21107"),
    "refunds": order("C-1005", "A-21110"),
    "required only": order("C-1006", "A-21203"),
    "malformed": order("C-1006", "A-21207"),
    "hostile": order("C-1006", "A-21209"),
    "input error": "/orders/?customer_id=C-1001",
    "not found": order("C-FAULTS", "F-404"),
    "not allowed": order("C-FAULTS", "F-403"),
    "rate limited": order("C-FAULTS", "F-429-long"),
    "unavailable": order("C-FAULTS", "F-500"),
    "unusable answer": order("C-FAULTS", "F-wrong-shape"),
    "no such page": "/nothing-here",
}


def problems(page: Page) -> list[Any]:
    """What axe-core finds, every impact level."""
    found: list[Any] = Axe().run(page).response["violations"]
    return [(entry["id"], [node["html"][:200] for node in entry["nodes"]]) for entry in found]


def difference(one: bytes, other: bytes) -> float:
    """How unlike two pictures are: the mean distance of a pixel's channels, 0 to 255."""
    first, second = (Image.open(io.BytesIO(png)).convert("RGB").resize((72, 72)) for png in (one, other))
    return sum(ImageStat.Stat(ImageChops.difference(first, second)).mean) / 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_has_no_accessibility_problem_and_fits(
    portal: Portal, screenshot: Callable[[Page, str], None], scheme: str
) -> None:
    page = portal.signed_in("/", color_scheme=scheme)
    found: dict[str, Any] = {}
    for state, path in STATES.items():
        page.goto(portal.address + path)
        page.wait_for_load_state("networkidle")
        for width in (1920, 1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found[f"{state} at {width}"] = "scrolls sideways"
            if width != 1280:
                screenshot(page, f"{state} {scheme} {width}")
        if trouble := problems(page):
            found[state] = trouble

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
