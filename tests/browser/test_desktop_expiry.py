"""The end of a panel's access by time, in each desktop whose agents sign in to the portal."""

from __future__ import annotations

import time

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect
from pytest_django.fixtures import Settings

from tests.support.desktop_kinds import LONGEST, expect_heading, shown_panel, sign_in
from tests.support.desktops import Desktop

ORDER = "A-20731"


@pytest.mark.parametrize(
    ("path", "contact"),
    [
        ("/address/", "#callers button"),
        ("/amazon-connect/", "#contacts button"),
        ("/chatwoot/", "#chats button"),
        ("/genesys/", "#interactions button"),
    ],
)
def test_panel_ends_with_its_longest_life_and_goes_on_after_the_next_sign_in(
    desk: Desktop, settings: Settings, path: str, contact: str
) -> None:
    page = desk.page(path)
    page.locator(contact).first.click()
    sign_in(page)
    expect_heading(page, f"Order {ORDER}")
    longest = settings.EMBED_SESSION_SECONDS
    settings.EMBED_SESSION_SECONDS = 1
    time.sleep(1)

    shown_panel(page).get_by_role("link", name="Refresh").click()

    expect(shown_panel(page).locator("[data-sign-in]")).to_be_visible(timeout=LONGEST)
    assert ORDER not in shown_panel(page).locator("body").inner_text()
    # The portal's own sign-in goes on, so that the window closes by itself.
    assert Session.objects.exists()
    settings.EMBED_SESSION_SECONDS = longest
    sign_in(page, again=True)
    expect_heading(page, f"Order {ORDER}")
