"""The admin in a browser: nothing is blocked, nothing overflows, axe finds nothing in the inspector."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from ercportal.demo.sandbox.clients import ITEMS_CLIENT_ID, ITEMS_CLIENT_SECRET
from tests.support.browsing import Portal, go_on
from tests.support.connection import forget_connection
from tests.support.log_rows import exchange
from tests.support.states import order

MALFORMED = "F-customer-orders-malformed-entries"
PAGES = {
    "overview": "/admin/",
    "access log": "/admin/orders/accesslogentry/",
    "one view": "/admin/orders/accesslogentry/?q=A-20731",
    "exchanges": "/admin/orders/apiexchange/",
    "inspector": "/admin/inspector/?customer_id=C-1005&order_id=A-21107",
    "inspector malformed": "/admin/inspector/?customer_id=C-1006&order_id=A-21207",
    "inspector start": "/admin/inspector/",
    "inspector orders": "/admin/inspector/?endpoint=customer_orders&customer_id=C-1001",
    "inspector findings": f"/admin/inspector/?endpoint=customer_orders&customer_id={MALFORMED}",
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
        go_on(page, "main button[type=submit]")
        page.goto(portal.address + order("C-1001", "A-20731"))
        page.goto(portal.address + order("C-FAULTS", "F-404"))
        portal.console.clear()
        return page

    return sign_in


def problems(page: Page, within: str = "") -> list[tuple[str, list[str]]]:
    """What axe finds in the page, or in the part of it that is ours."""
    violations = Axe().run(page, context=within or None).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in violations]


def fits(page: Page) -> bool:
    """Whether nothing makes the page wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_show_without_anything_blocked(
    portal: Portal, staff: Callable[[str], Page], screenshot: Callable[[Page, str], None], scheme: str
) -> None:
    page = staff(scheme)
    for name, path in PAGES.items():
        page.goto(portal.address + path)
        screenshot(page, f"admin {name} {scheme}")

    assert portal.console == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", [name for name in PAGES if name.startswith("inspector")])
def test_inspector_has_no_accessibility_problem_and_fits(
    portal: Portal,
    staff: Callable[[str], Page],
    screenshot: Callable[[Page, str], None],
    scheme: str,
    state: str,
) -> None:
    page = staff(scheme)
    page.goto(portal.address + PAGES[state])

    found = problems(page)
    page.set_viewport_size({"width": 360, "height": 900})
    screenshot(page, f"admin {state} {scheme} narrow")

    assert found == []
    assert fits(page)


def test_exchanges_fit_a_usual_screen(
    portal: Portal, staff: Callable[[str], Page], screenshot: Callable[[Page, str], None]
) -> None:
    page = staff("light")
    exchange(code="a-long-code-of-the-order-system-" * 4, outcome="InvalidResponse", duration_ms=12345)
    page.set_viewport_size({"width": 1280, "height": 800})

    page.goto(portal.address + PAGES["exchanges"])

    screenshot(page, "admin exchanges 1280")
    assert fits(page)
    assert page.locator(".results").evaluate("table => table.scrollWidth <= table.clientWidth")


def test_inspector_leads_back_to_the_administration(portal: Portal, staff: Callable[[str], Page]) -> None:
    page = staff("light")
    page.goto(portal.address + PAGES["inspector"])

    page.click("text=To the administration")

    expect(page).to_have_url(portal.address + "/admin/")


def test_engineer_gets_from_a_view_to_its_exchange(portal: Portal, staff: Callable[[str], Page]) -> None:
    page = staff("light")
    page.goto(portal.address + "/admin/orders/accesslogentry/?outcome=not_found")

    page.click("#result_list th a")
    page.click(".field-exchanges a")
    page.click("#result_list th a")

    expect(page.locator(".field-outcome_words")).to_contain_text("not found")
    expect(page.locator(".field-body_text pre")).to_contain_text("code")


def test_search_is_inspected_by_keyboard_and_leaves_the_address_alone(
    portal: Portal, staff: Callable[[str], Page], screenshot: Callable[[Page, str], None]
) -> None:
    page = staff("light")
    page.goto(portal.address + "/admin/inspector/")

    page.get_by_label("Inspect a search").select_option("email")
    page.get_by_label("Text", exact=True).fill("amal.haddad@mail.example")
    page.keyboard.press("Enter")

    expect(page.locator(".seen .tree")).to_contain_text("amal.haddad@mail.example")
    expect(page.locator(".exchange").last).to_contain_text("email=…")
    assert page.url == portal.address + "/admin/inspector/"
    assert problems(page) == []
    screenshot(page, "admin inspector search")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_connection_page_of_an_account_with_the_items_alone_reads_well(
    portal: Portal,
    staff: Callable[[str], Page],
    screenshot: Callable[[Page, str], None],
    settings: Settings,
    scheme: str,
    width: int,
) -> None:
    settings.ERC_CLIENT_ID, settings.ERC_CLIENT_SECRET = ITEMS_CLIENT_ID, ITEMS_CLIENT_SECRET
    forget_connection()
    page = staff(scheme)
    page.goto(portal.address + "/admin/inspector/?endpoint=customer&customer_id=C-1001")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(portal.address + "/admin/connection/")

    page.click("input[type=submit][value=Check]")

    expect(page.locator("[data-step=items]")).to_have_attribute("data-state", "ok")
    expect(page.locator("[data-step=customers]")).to_have_attribute("data-state", "warning")
    expect(page.locator("[data-missing]")).to_contain_text("Customer")
    assert problems(page, "#content-main") == []
    assert fits(page)
    screenshot(page, f"admin connection {scheme} {width}")
    page.goto(portal.address + "/admin/")
    screenshot(page, f"admin overview refused {scheme} {width}")
    assert problems(page, ".day") == []
    assert fits(page)
    page.goto(portal.address + "/admin/connection/")
    page.click("input[name=offer_again]")
    expect(page.locator("[data-missing]")).to_have_count(0)
