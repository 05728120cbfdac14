"""A sign-in leads somewhere, and a refusal leads on, in plain links and forms: no script runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, User
from playwright.sync_api import Page, expect

from tests.support.browsing import Portal, go_on
from tests.support.passwords import PASSWORD


def sign_in(portal: Portal, group: str, **options: object) -> Page:
    """A window without JavaScript, signed in as a member of staff in this group alone."""
    user = User.objects.create_user("somebody", password=PASSWORD, is_staff=True)
    user.groups.set(Group.objects.filter(name=group))
    page = portal.page(java_script_enabled=False, **options)
    page.goto(portal.address + "/login/")
    page.fill("[name=username]", "somebody")
    page.fill("[name=password]", PASSWORD)
    go_on(page, "main button[type=submit]")
    return page


@pytest.mark.parametrize("group", ["supervisor", "engineer"])
def test_staff_land_in_the_admin_and_come_back_to_it_from_a_refusal(portal: Portal, group: str) -> None:
    page = sign_in(portal, group)
    expect(page).to_have_url(portal.address + "/admin/")

    page.goto(portal.address + "/orders/")
    expect(page.locator("h1")).to_have_text("Not allowed")
    page.get_by_role("link", name="Go to administration").click()

    expect(page).to_have_url(portal.address + "/admin/")


def test_a_person_who_may_open_nothing_can_sign_out(portal: Portal) -> None:
    page = sign_in(portal, "no such group")

    expect(page.locator("h1")).to_have_text("Not allowed")
    page.get_by_role("button", name="Sign out").click()

    expect(page).to_have_url(portal.address + "/login/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_refusal_can_be_used_by_everybody(
    portal: Portal, screenshot: Callable[[Page, str], None], scheme: str
) -> None:
    page = sign_in(portal, "supervisor", color_scheme=scheme)

    page.goto(portal.address + "/orders/")

    screenshot(page, f"refusal-{scheme}")
    page.context.close()
    again = portal.page(color_scheme=scheme)
    again.goto(portal.address + "/login/?next=/orders/")
    again.fill("[name=username]", "somebody")
    again.fill("[name=password]", PASSWORD)
    again.click("main button[type=submit]")
    expect(again.locator("h1")).to_have_text("Not allowed")
    assert Axe().run(again).violations_count == 0
