"""What a panel leaves in the storage of its frame: nothing of its address."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, expect

from tests.support.chromium import FLAGS, PARTITIONED, chromium_path
from tests.support.desktops import Desktop, framed, panel, panel_frame


@pytest.fixture(scope="module")
def chromium(chromium: Browser) -> Iterator[Browser]:
    """A browser that keeps what frames store for each site that frames them."""
    browser = chromium.browser_type.launch(executable_path=chromium_path(), args=[*FLAGS, PARTITIONED])
    yield browser
    browser.close()


def test_launch_by_address_leaves_no_token_in_the_frame(desk: Desktop) -> None:
    page = desk.page()
    token = desk.token("C-1001", "A-20731")

    framed(page, f"{desk.portal.address}/embed/?{urlencode({'token': token})}")
    expect(panel(page).locator("h1")).to_have_text("Order A-20731")
    stored = panel_frame(page).evaluate("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])")

    assert stored == "[{},{}]"
