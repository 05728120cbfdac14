"""The panel in Genesys Cloud: from the sign-in to the end of an interaction."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.support.chromium import FLAGS, PARTITIONED, chromium_path
from tests.support.desktop_kinds import (
    LONGEST,
    expect_heading,
    expect_nothing_until_signed_in_again,
    shown_panel,
    sign_in,
)
from tests.support.desktops import Desktop, pages

AMAL, EMI, LENA = range(3)
UNKNOWN = "00000000-5eed-4c0a-8000-9e0e5c10d0ff"


@pytest.fixture(scope="module")
def chromium(chromium: Browser) -> Iterator[Browser]:
    """A browser that blocks third-party cookies, and keeps what frames store for each site that frames them."""
    browser = chromium.browser_type.launch(executable_path=chromium_path(), args=[*FLAGS, PARTITIONED])
    yield browser
    browser.close()


def _workspace(desk: Desktop, language: str = "en-us") -> Page:
    page = desk.page(path="/genesys/")
    page.evaluate("language => { host.language = language; }", language)
    return page


def _open(page: Page, at: int) -> None:
    page.locator("#interactions button").nth(at).click()


def _frames(page: Page) -> list[Frame]:
    return [frame for frame in page.frames if "/embed/" in frame.url]


def _actions(page: Page) -> list[str]:
    """What the panel has sent to the workspace."""
    actions: list[str] = page.evaluate("host.log.map(one => one.action)")
    return actions


def test_interaction_is_shown_once_the_agent_has_signed_in(desk: Desktop) -> None:
    page = _workspace(desk)
    told: list[str] = []
    page.on("request", lambda request: told.append(request.post_data or "") if "/context" in request.url else None)

    _open(page, AMAL)
    sign_in(page)

    expect_heading(page, "Order A-20731")
    expect(shown_panel(page).locator("[data-item-id]").first).to_be_visible()
    conversation_id = page.evaluate("host.interactions[0].id")
    assert told == [urlencode({"conversation_id": conversation_id, "origin": desk.address})]
    assert _actions(page) == ["bootstrapped"]
    assert _frames(page)[0].evaluate("location.search") == ""


def test_each_interaction_keeps_its_own_frame_and_one_sign_in_is_enough(desk: Desktop) -> None:
    page = _workspace(desk)
    _open(page, AMAL)
    sign_in(page)
    expect_heading(page, "Order A-20731")

    _open(page, EMI)

    expect(shown_panel(page).locator("[data-order-id='A-20901']")).to_be_visible(timeout=LONGEST)
    first, second = (frame.locator("#panel").inner_text() for frame in _frames(page))
    assert "A-20731" in first
    assert "C-1003" not in first
    assert "C-1003" in second
    assert "C-1001" not in second
    expect(page.locator("#panel iframe").first).to_be_hidden()
    _open(page, AMAL)
    expect_heading(page, "Order A-20731")


def test_telephone_number_of_the_conversation_is_searched_for(desk: Desktop) -> None:
    page = _workspace(desk)

    _open(page, LENA)
    sign_in(page)

    expect(shown_panel(page).locator(".customer-rows li")).to_have_count(2, timeout=LONGEST)


def test_end_of_an_interaction_empties_the_panel_before_its_frame_goes(desk: Desktop) -> None:
    page = _workspace(desk)
    _open(page, AMAL)
    sign_in(page)
    expect_heading(page, "Order A-20731")
    frame = _frames(page)[0]
    # A workspace that keeps the frame all the same.
    page.evaluate("host.frames.forEach((one) => { one.remove = () => {}; })")

    page.click("#end")

    expect(frame.locator("h1").first).to_have_text("No contact at the moment", timeout=LONGEST)
    assert "A-20731" not in frame.content()
    page.wait_for_function("host.log.some(one => one.action === 'stopped')")


def test_address_that_was_not_filled_in_is_told_and_leaves_the_search_to_the_agent(desk: Desktop) -> None:
    page = _workspace(desk)
    page.select_option("#fills", "none")

    _open(page, AMAL)
    sign_in(page)

    notice = shown_panel(page).locator("[data-notice=conversation-unfilled]")
    expect(notice).to_contain_text("no conversation filled in", timeout=LONGEST)
    shown_panel(page).get_by_label("Customer or order").fill("C-1003")
    shown_panel(page).get_by_role("button", name="Look up").click()
    expect(shown_panel(page).locator("[data-order-id='A-20901']")).to_be_visible(timeout=LONGEST)
    expect(notice).to_have_count(0)


def test_conversation_that_is_not_known_is_told_and_leaves_the_search_to_the_agent(desk: Desktop) -> None:
    page = _workspace(desk)
    page.evaluate("id => { host.interactions[0].id = id; }", UNKNOWN)

    _open(page, AMAL)
    sign_in(page)

    expect(shown_panel(page).locator("[data-notice=conversation-unknown]")).to_be_visible(timeout=LONGEST)
    expect(shown_panel(page).get_by_label("Customer or order")).to_be_visible(timeout=LONGEST)
    expect(shown_panel(page).get_by_text("has not named them")).to_be_hidden()


def test_conversation_that_could_not_be_read_is_asked_for_again(
    desk: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orders.embed.desktops.genesys_api.MAX_SECONDS", 0.0)
    page = _workspace(desk)
    _open(page, AMAL)
    sign_in(page)
    expect(shown_panel(page).locator("[data-notice=conversation-unreachable]")).to_be_visible(timeout=LONGEST)
    monkeypatch.undo()

    shown_panel(page).get_by_role("button", name="Try again").click()

    expect_heading(page, "Order A-20731")


def test_agent_who_signed_out_sees_nothing_more_and_signs_in_again_for_the_same_interaction(desk: Desktop) -> None:
    page = _workspace(desk)
    _open(page, AMAL)
    sign_in(page)
    expect_heading(page, "Order A-20731")

    expect_nothing_until_signed_in_again(page, "A-20731")


def test_page_to_sign_in_has_the_language_of_the_workspace(desk: Desktop) -> None:
    page = _workspace(desk, "de")

    _open(page, AMAL)

    expect(shown_panel(page).locator("html")).to_have_attribute("lang", "de", timeout=LONGEST)


def test_stranger_who_ends_the_interaction_is_not_heard(desk: Desktop) -> None:
    page = _workspace(desk)
    _open(page, AMAL)
    sign_in(page)
    expect_heading(page, "Order A-20731")

    # The frame itself is no host; neither is a page that the settings do not list.
    _frames(page)[0].evaluate("postMessage({ purecloudEventType: 'appLifecycleHook', hook: 'stop' }, '*')")
    page.wait_for_timeout(500)

    expect_heading(page, "Order A-20731")
    assert "stopped" not in _actions(page)


def test_origin_in_the_address_is_not_talked_to_unless_it_is_registered(desk: Desktop) -> None:
    listening = "<script>told = []; addEventListener('message', e => told.push(e.data))</script>"
    say = (
        "<script>setInterval(() => document.querySelector('iframe').contentWindow"
        ".postMessage({purecloudEventType: 'appLifecycleHook', hook: 'bootstrap'}, '*'), 100)</script>"
    )
    src = f"{desk.portal.address}/embed/genesys/"
    content = {"/": f"{listening}<iframe id='panel'></iframe>{say}"}
    with pages(content) as stranger:
        page = desk.portal.page()
        # As if the browser let any page frame the panel.
        page.route(
            "**/embed/genesys/*", lambda route: route.fulfill(body=route.fetch().text(), content_type="text/html")
        )
        page.goto(f"http://127.0.0.1:{stranger}/")
        origin = urlencode({"gcHostOrigin": f"http://127.0.0.1:{stranger}"})

        page.evaluate("src => { document.querySelector('iframe').src = src; }", f"{src}?{origin}")
        page.frame_locator("iframe").locator("[data-sign-in]").wait_for(timeout=LONGEST)
        page.wait_for_timeout(500)

        assert page.evaluate("told") == []
