"""Hostile data in a real browser: nothing runs, nothing leaves, everything stays readable."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Dialog, Page, expect

from tests.support.browsing import Portal, go_on, item_ids
from tests.support.states import order


def test_hostile_text_runs_nothing_and_stays_readable(
    portal: Portal, screenshot: Callable[[Page, str], None]
) -> None:
    dialogs: list[str] = []
    page = portal.signed_in("/")

    def remember(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", remember)

    page.goto(portal.address + order("C-1006", "A-21209"))
    expect(page.locator("[data-item-id]").first).to_be_visible()
    page.wait_for_timeout(300)
    screenshot(page, "hostile")

    links = page.eval_on_selector_all("article a", "links => links.map(link => link.protocol)")
    assert dialogs == []
    assert portal.console == []
    assert set(links) <= {"http:", "https:"}
    assert page.locator("article script, article iframe, article svg").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_tracking_link_opens_apart_without_opener_or_referrer(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20731"))

    link = page.locator("article a[target=_blank]").first

    assert set((link.get_attribute("rel") or "").split()) >= {"noopener", "noreferrer"}
    assert link.get_attribute("referrerpolicy") == "no-referrer"


def test_pictures_are_asked_for_without_a_referrer(portal: Portal) -> None:
    referrers: list[str | None] = []
    page = portal.signed_in("/")
    page.on(
        "request",
        lambda request: referrers.append(request.headers.get("referer")) if "/pictures/" in request.url else None,
    )

    with page.expect_request("**/pictures/**"):
        page.goto(portal.address + order("C-1001", "A-20731"))

    assert referrers
    assert not any(referrers)


@pytest.mark.usefixtures("by_hand")
def test_next_link_to_another_host_is_not_followed(portal: Portal) -> None:
    hosts: set[str] = set()
    page = portal.signed_in("/")
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))

    page.goto(portal.address + order("C-FAULTS", "F-next-elsewhere"))
    page.click("[data-load-more]")
    expect(page.locator("[data-item-id]")).to_have_count(40)

    assert not any("attacker" in host for host in hosts)


def test_list_that_repeats_its_cursor_ends_by_itself(portal: Portal) -> None:
    page = portal.signed_in("/")

    page.goto(portal.address + order("C-FAULTS", "F-next-repeats"))
    expect(page.locator("[data-list-end]")).to_contain_text("keeps sending the same items")

    ids = item_ids(page)
    assert len(ids) == len(set(ids)) == 20
    expect(page.locator("[data-load-more]")).to_have_count(0)


@pytest.mark.usefixtures("by_hand")
def test_list_that_repeats_its_cursor_ends_where_more_is_asked_for(portal: Portal) -> None:
    page = portal.signed_in(order("C-FAULTS", "F-next-repeats"))

    page.click("[data-load-more]")
    expect(page.locator("[data-list-end]")).to_contain_text("keeps sending the same items")

    ids = item_ids(page)
    assert len(ids) == len(set(ids)) == 20
    expect(page.locator("[data-load-more]")).to_have_count(0)


def test_admin_works_under_the_content_security_policy(portal: Portal) -> None:
    User.objects.create_superuser("root", password="correct horse battery")
    page = portal.page()
    page.goto(portal.address + "/admin/")
    page.fill("[name=username]", "root")
    page.fill("[name=password]", "correct horse battery")
    go_on(page, "[type=submit]")

    page.goto(portal.address + "/admin/auth/user/add/")
    expect(page.locator("[name=username]")).to_be_visible()

    assert portal.console == []
