"""The admin in a browser: nothing is blocked, nothing overflows, axe finds nothing in the inspector."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.support.browsing import Portal
from tests.support.states import order

PAGES = {
    "overview": "/admin/",
    "access log": "/admin/orders/accesslogentry/",
    "one view": "/admin/orders/accesslogentry/?q=A-20731",
    "exchanges": "/admin/orders/apiexchange/",
    "inspector": "/admin/inspector/?customer_id=C-1005&order_id=A-21107",
    "inspector malformed": "/admin/inspector/?customer_id=C-1006&order_id=A-21207",
}


@pytest.fixture
def staff(portal: Portal) -> Callable[[str], Page]:
    """A window signed in as somebody who may do everything."""
    User.objects.create_superuser("admin", password="correct horse battery")

    def sign_in(scheme: str) -> Page:
        page = portal.page(color_scheme=scheme)
        page.goto(portal.address + "/login/")
        page.fill("[name=username]", "admin")
        page.fill("[name=password]", "correct horse battery")
        page.click("main button[type=submit]")
        page.goto(portal.address + order("C-1001", "A-20731"))
        page.goto(portal.address + order("C-FAULTS", "F-404"))
        portal.console.clear()
        return page

    return sign_in


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_show_without_anything_blocked(
    portal: Portal, staff: Callable[[str], Page], screenshot: Callable[[Page, str], None], scheme: str
) -> None:
    page = staff(scheme)
    for name, path in PAGES.items():
        page.goto(portal.address + path)
        page.wait_for_load_state("networkidle")
        screenshot(page, f"admin {name} {scheme}")

    assert portal.console == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["inspector", "inspector malformed"])
def test_inspector_has_no_accessibility_problem_and_fits(
    portal: Portal, staff: Callable[[str], Page], scheme: str, state: str
) -> None:
    page = staff(scheme)
    page.goto(portal.address + PAGES[state])
    page.wait_for_load_state("networkidle")

    violations = Axe().run(page).response["violations"]
    found = [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in violations]
    page.set_viewport_size({"width": 360, "height": 900})

    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_engineer_gets_from_a_view_to_its_exchange(portal: Portal, staff: Callable[[str], Page]) -> None:
    page = staff("light")
    page.goto(portal.address + "/admin/orders/accesslogentry/?outcome=not_found")

    page.click("#result_list th a")
    page.click(".field-exchanges a")
    page.click("#result_list th a")

    expect(page.locator(".field-outcome")).to_contain_text("NotFound")
    expect(page.locator(".field-body_text pre")).to_contain_text("code")
