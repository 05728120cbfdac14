"""The panel beside Chatwoot's conversations: from the sign-in to the next conversation."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.test_look import problems
from tests.support.browsing import CLIPBOARD
from tests.support.desktop_kinds import (
    LONGEST,
    expect_heading,
    expect_nothing_until_signed_in_again,
    shown_panel,
    sign_in,
)
from tests.support.desktops import Desktop, framed, pages, panel_frame

AMAL, EMI, MARGARIDA = range(3)
ORDER_OF_EMI = "[data-order-id='A-20901']"


def _dashboard(desk: Desktop, *, keeps_frame: bool = False, **options: Any) -> Page:
    page = desk.page(path="/chatwoot/", **options)
    page.set_checked("#keeps", keeps_frame)
    return page


def _open(page: Page, at: int) -> None:
    page.locator("#chats button").nth(at).click()


def _context(**contact: Any) -> str:
    """A context as the dashboard posts it, with this contact."""
    return json.dumps({"event": "appContext", "data": {"conversation": {"id": 9}, "contact": contact}})


def test_conversation_s_customer_is_shown_once_the_agent_has_signed_in(desk: Desktop) -> None:
    page = _dashboard(desk)

    _open(page, AMAL)
    sign_in(page)

    expect_heading(page, "Order A-20731")
    expect(shown_panel(page).locator("[data-item-id]").first).to_be_visible()


def test_next_conversation_has_a_frame_of_its_own(desk: Desktop) -> None:
    page = _dashboard(desk)
    _open(page, AMAL)
    sign_in(page)
    expect_heading(page, "Order A-20731")

    _open(page, EMI)
    sign_in(page, again=True)

    expect(shown_panel(page).locator(ORDER_OF_EMI)).to_be_visible(timeout=LONGEST)
    assert "C-1001" not in panel_frame(page).content()


def test_frame_that_stays_empties_at_once_and_drops_what_comes_late(desk: Desktop) -> None:
    page = _dashboard(desk, keeps_frame=True)
    _open(page, AMAL)
    sign_in(page)
    expect_heading(page, "Order A-20731")
    held: list[Route] = []
    page.route("**/embed/chat/context", lambda route: held.append(route), times=1)

    _open(page, EMI)
    expect(shown_panel(page).locator(".skeleton")).to_be_visible()
    assert "A-20731" not in panel_frame(page).locator("#panel").inner_text()
    _open(page, AMAL)
    expect_heading(page, "Order A-20731")
    for route in held:
        route.continue_()

    page.wait_for_timeout(1500)
    assert len(held) == 1
    expect_heading(page, "Order A-20731")
    assert "C-1003" not in panel_frame(page).content()


def test_contact_that_the_portal_has_not_heard_is_said_again(desk: Desktop) -> None:
    page = _dashboard(desk, keeps_frame=True)
    _open(page, AMAL)
    sign_in(page)
    expect_heading(page, "Order A-20731")
    page.route("**/embed/chat/context", lambda route: route.abort(), times=1)
    _open(page, EMI)
    expect(panel_frame(page).locator("#offline")).to_be_visible()

    _open(page, EMI)

    expect(shown_panel(page).locator(ORDER_OF_EMI)).to_be_visible(timeout=LONGEST)


def test_email_address_alone_is_searched_for(desk: Desktop) -> None:
    page = _dashboard(desk)

    _open(page, MARGARIDA)
    sign_in(page)

    expect(shown_panel(page).locator(".panel-who bdi, .who bdi").first).to_have_text("C-1004", timeout=LONGEST)


def test_contact_that_the_dashboard_has_not_loaded_yet_is_read_from_the_conversation(desk: Desktop) -> None:
    page = _dashboard(desk)
    page.evaluate("delete dashboard.chats[0].contact.id; dashboard.chats[0].contact = { name: 'Amal Haddad' }")

    _open(page, AMAL)
    sign_in(page)

    expect_heading(page, "Order A-20731")


def test_contacts_of_whom_nothing_is_known_are_two_all_the_same(desk: Desktop) -> None:
    page = _dashboard(desk, keeps_frame=True)
    page.evaluate(
        """() => dashboard.chats.forEach(({ conversation, contact }) => {
          Object.assign(contact, { identifier: null, email: null });
          Object.assign(conversation, { meta: {}, custom_attributes: {} });
        })"""
    )
    _open(page, AMAL)
    sign_in(page)
    shown_panel(page).get_by_label("Customer or order").fill("C-1003", timeout=LONGEST)
    shown_panel(page).get_by_role("button", name="Look up").click()
    expect(shown_panel(page).locator(ORDER_OF_EMI)).to_be_visible(timeout=LONGEST)

    _open(page, EMI)

    expect_heading(page, "Which customer?")
    assert "C-1003" not in panel_frame(page).content()


def test_only_the_page_around_the_frame_is_listened_to(desk: Desktop) -> None:
    page = _dashboard(desk)
    _open(page, AMAL)
    sign_in(page)
    expect_heading(page, "Order A-20731")
    context = _context(id=7, identifier="C-1003")
    post = f"parent.frames[0].postMessage({json.dumps(context)}, '*')"

    with pages({"/": f"<script>{post}</script>"}) as stranger:
        for address in (f"http://127.0.0.1:{stranger}/", f"http://localhost:{stranger}/", "about:blank"):
            page.evaluate(
                """([src, post]) => new Promise((done) => {
                  const frame = document.createElement("iframe");
                  frame.hidden = true;
                  frame.addEventListener("load", done);
                  if (src === "about:blank") frame.srcdoc = `<script>${post}</script>`;
                  else frame.src = src;
                  document.body.append(frame);
                })""",
                [address, post],
            )
    page.wait_for_timeout(1000)

    expect_heading(page, "Order A-20731")


def test_malformed_messages_of_the_dashboard_do_nothing(desk: Desktop) -> None:
    page = _dashboard(desk)
    _open(page, AMAL)
    sign_in(page)
    expect_heading(page, "Order A-20731")
    before = len(desk.portal.console)

    page.evaluate(
        """messages => messages.forEach((one) =>
             document.querySelector("#panel iframe").contentWindow.postMessage(one, "*"))""",
        [
            "",
            "{",
            "null",
            "[]",
            '"appContext"',
            '{"event":"appContext"}',
            '{"event":"appContext","data":7}',
            {"a": 1},
        ],
    )
    page.wait_for_timeout(700)

    expect_heading(page, "Order A-20731")
    assert desk.portal.console[before:] == []


def test_dashboard_that_says_nothing_is_named(desk: Desktop) -> None:
    page = desk.portal.page()
    page.route(
        "**/chatwoot/desktop.js",
        lambda route: route.fulfill(body=route.fetch().text().replace("appContext", "nothing")),
    )
    page.goto(f"{desk.address}/chatwoot/")
    _open(page, AMAL)

    sign_in(page)

    expect(shown_panel(page).locator("#silent")).to_contain_text("does not answer", timeout=LONGEST)
    expect(shown_panel(page).get_by_label("Customer or order")).to_be_visible(timeout=LONGEST)
    expect(shown_panel(page).get_by_text("has not named them")).to_be_hidden()


def test_notice_of_a_silent_dashboard_goes_once_the_agent_has_found_the_customer(desk: Desktop) -> None:
    page = desk.portal.page()
    page.route("**/chatwoot/desktop.js", lambda route: route.fulfill(body="const silent = true;"))
    page.goto(f"{desk.address}/chatwoot/")
    framed(page, f"{desk.portal.address}/embed/chat/")
    sign_in(page)
    expect(shown_panel(page).locator("#silent")).to_be_visible(timeout=LONGEST)
    trouble = problems(panel_frame(page))

    shown_panel(page).get_by_label("Customer or order").fill("C-1003")
    shown_panel(page).get_by_role("button", name="Look up").click()

    expect(shown_panel(page).locator(ORDER_OF_EMI)).to_be_visible(timeout=LONGEST)
    expect(shown_panel(page).locator("#silent")).to_be_hidden()
    assert trouble == []


def test_copying_works_though_the_frame_has_no_clipboard(desk: Desktop) -> None:
    page = _dashboard(desk, **CLIPBOARD)
    _open(page, AMAL)
    sign_in(page)
    expect_heading(page, "Order A-20731")

    shown_panel(page).locator("[aria-label^='Copy order ID']").click()

    expect(shown_panel(page).locator("#announce")).to_have_text("Copied")
    assert panel_frame(page).evaluate("document.featurePolicy.allowsFeature('clipboard-write')") is False
    assert page.evaluate("navigator.clipboard.readText()") == "A-20731"


def test_agent_who_signed_out_sees_nothing_more_and_signs_in_again_for_the_same_conversation(
    desk: Desktop,
) -> None:
    page = _dashboard(desk)
    _open(page, AMAL)
    sign_in(page)
    expect_heading(page, "Order A-20731")

    expect_nothing_until_signed_in_again(page, "A-20731")
