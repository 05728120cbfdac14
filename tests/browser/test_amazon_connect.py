"""The panel in Amazon Connect's agent workspace: from the sign-in to the end of a contact."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.support.desktop_kinds import (
    LONGEST,
    expect_heading,
    expect_nothing_until_signed_in_again,
    shown_panel,
    sign_in,
)
from tests.support.desktops import Desktop, pages

AMAL, EMI, LENA = range(3)
IDLE = "No contact at the moment"


def _workspace(desk: Desktop, scope: str = "PER_CONTACT") -> Page:
    page = desk.page(path="/amazon-connect/")
    page.select_option("#scope", scope)
    return page


def _accept(page: Page, at: int) -> None:
    page.locator("#contacts button").nth(at).click()


def _sent(page: Page, kind: str) -> list[Any]:
    """What the panel has sent to the workspace, of one type."""
    sent: list[Any] = page.evaluate("type => workspace.log.filter(one => one.type === type)", kind)
    return sent


def _frames(page: Page) -> list[Frame]:
    return [frame for frame in page.frames if "/embed/" in frame.url]


def test_contact_is_shown_once_the_agent_has_signed_in(desk: Desktop) -> None:
    page = _workspace(desk)

    _accept(page, AMAL)
    sign_in(page)

    expect_heading(page, "Order A-20731")
    expect(shown_panel(page).locator("[data-item-id]").first).to_be_visible()
    asked = {one["command"]: one["data"] for one in _sent(page, "request")}
    contact_id = page.evaluate("workspace.contacts[0].contactId")
    assert asked == {
        "contact/getAttributes": {"contactId": contact_id, "attributes": ["customerId", "orderId"]},
        "voice/getInitialCustomerPhoneNumber": {"contactId": contact_id},
    }


def test_each_contact_keeps_its_own_frame_and_they_never_mix(desk: Desktop) -> None:
    page = _workspace(desk)
    _accept(page, AMAL)
    sign_in(page)
    expect_heading(page, "Order A-20731")

    _accept(page, EMI)
    sign_in(page, again=True)
    expect(shown_panel(page).locator("[data-order-id='A-20901']")).to_be_visible(timeout=LONGEST)
    # A workspace that tells the first frame of the second contact changes nothing there.
    page.evaluate(
        """() => {
          const data = { contactId: workspace.contacts[1].contactId };
          const topic = { namespace: "aws.connect.contact", key: "contact/connected" };
          workspace.apps[0].port.postMessage({ type: "publish", topic, data });
        }"""
    )
    page.wait_for_timeout(500)

    first, second = (frame.locator("#panel").inner_text() for frame in _frames(page))
    assert "A-20731" in first
    assert "C-1003" not in first
    assert "C-1003" in second
    assert "C-1001" not in second
    _accept(page, AMAL)
    expect_heading(page, "Order A-20731")


def test_end_of_a_contact_takes_its_frame_away(desk: Desktop) -> None:
    page = _workspace(desk)
    _accept(page, AMAL)
    sign_in(page)
    expect_heading(page, "Order A-20731")

    page.click("#end")

    expect(page.locator("#panel iframe")).to_have_count(0)
    stages = [one["stage"] for one in _sent(page, "appLifecycleHandlerCompleted")]
    assert stages == ["create", "destroy"]


def test_frame_for_all_contacts_empties_at_once_and_follows_the_current_one(desk: Desktop) -> None:
    page = _workspace(desk, "CROSS_CONTACTS")
    _accept(page, AMAL)
    sign_in(page)
    expect_heading(page, "Order A-20731")
    page.evaluate("workspace.delay = 1000")

    _accept(page, EMI)
    expect(shown_panel(page).locator(".skeleton")).to_be_visible(timeout=900)
    assert shown_panel(page).locator("[data-item-id]").count() == 0

    expect(shown_panel(page).locator("[data-order-id='A-20901']")).to_be_visible(timeout=LONGEST)
    page.click("#end")
    expect_heading(page, IDLE)
    assert len(_frames(page)) == 1
    assert "C-1003" not in _frames(page)[0].content()


@pytest.mark.parametrize("event", ["cleared", "missed"])
def test_end_of_a_contact_whose_id_was_not_said_empties_the_panel(desk: Desktop, event: str) -> None:
    page = _workspace(desk, "CROSS_CONTACTS")
    page.evaluate(
        """() => {
          const { postMessage } = MessagePort.prototype;
          MessagePort.prototype.postMessage = function ({ scope, contactScope, ...message }) {
            postMessage.call(this, message);
          };
        }"""
    )
    _accept(page, AMAL)
    sign_in(page)
    expect_heading(page, "Order A-20731")

    page.evaluate("event => workspace.apps[0].publish(`contact/${event}`, workspace.contacts[0])", event)

    expect_heading(page, IDLE)
    assert "C-1001" not in _frames(page)[0].content()


def test_late_response_for_the_contact_before_is_dropped(desk: Desktop) -> None:
    page = _workspace(desk, "CROSS_CONTACTS")
    _accept(page, LENA)
    sign_in(page)
    expect(shown_panel(page).locator(".customer-rows li")).to_have_count(2, timeout=LONGEST)
    told: list[str] = []
    page.on("request", lambda request: told.append(request.post_data or "") if "/context" in request.url else None)

    page.evaluate("workspace.delay = 1500; workspace.accept(workspace.contacts[0])")
    page.wait_for_timeout(300)
    page.evaluate("workspace.delay = 0; workspace.accept(workspace.contacts[1])")

    expect(shown_panel(page).locator("[data-order-id='A-20901']")).to_be_visible(timeout=LONGEST)
    page.wait_for_timeout(2000)
    assert len(told) == 1
    assert "C-1003" in told[0]


def test_malformed_messages_of_the_workspace_do_nothing(desk: Desktop) -> None:
    page = _workspace(desk)
    _accept(page, AMAL)
    sign_in(page)
    expect_heading(page, "Order A-20731")

    page.evaluate(
        """() => [
          null, undefined, 7, "publish", [], {}, { type: "publish" }, { type: "publish", topic: null, data: null },
          { type: "publish", topic: { key: 7 }, data: "x" }, { type: "response" }, { type: "appLifecycle" },
          { type: "appLifecycle", stage: "stop" }, { type: "acknowledge" },
        ].forEach((message) => workspace.apps[0].port.postMessage(message))"""
    )
    page.wait_for_timeout(500)

    assert desk.portal.console == []
    expect_heading(page, "Order A-20731")


def test_attributes_may_come_as_objects(desk: Desktop) -> None:
    page = _workspace(desk)
    page.select_option("#shape", "object")

    _accept(page, AMAL)
    sign_in(page)

    expect_heading(page, "Order A-20731")


def test_telephone_number_alone_is_searched_for(desk: Desktop) -> None:
    page = _workspace(desk)

    _accept(page, LENA)
    sign_in(page)

    expect(shown_panel(page).locator(".customer-rows li")).to_have_count(2, timeout=LONGEST)


def test_contact_whose_attributes_are_refused_leaves_the_search_to_the_agent(desk: Desktop) -> None:
    page = _workspace(desk)
    page.evaluate("workspace.refused = ['contact/getAttributes', 'voice/getInitialCustomerPhoneNumber']")
    _accept(page, AMAL)

    sign_in(page)

    expect(shown_panel(page).get_by_label("Customer or order")).to_be_visible(timeout=LONGEST)
    expect(shown_panel(page).locator("#silent")).to_be_hidden()


def test_workspace_that_does_not_answer_is_named_and_the_agent_may_search(desk: Desktop) -> None:
    page = desk.portal.page()
    page.route(
        "**/amazon-connect/desktop.js",
        lambda route: route.fulfill(body=route.fetch().text().replace("connect-app-host-init", "nothing")),
    )
    page.goto(f"{desk.address}/amazon-connect/")
    _accept(page, AMAL)

    sign_in(page)

    expect(shown_panel(page).locator("#silent")).to_contain_text("does not answer", timeout=LONGEST)
    shown_panel(page).get_by_label("Customer or order").fill("C-1003")
    shown_panel(page).get_by_role("button", name="Look up").click()
    expect(shown_panel(page).locator("[data-order-id='A-20901']")).to_be_visible(timeout=LONGEST)


def test_agent_who_signed_out_sees_nothing_more_and_signs_in_again_for_the_same_contact(desk: Desktop) -> None:
    page = _workspace(desk)
    _accept(page, AMAL)
    sign_in(page)
    expect_heading(page, "Order A-20731")

    expect_nothing_until_signed_in_again(page, "A-20731")


def test_port_is_handed_to_no_page_but_a_registered_one(desk: Desktop) -> None:
    listening = "<script>told = []; addEventListener('message', e => told.push(e.data))</script>"
    with pages({"/": f"{listening}<iframe src='{desk.portal.address}/embed/connect/'></iframe>"}) as stranger:
        page = desk.portal.page()
        # As if the browser let any page frame the panel.
        page.route(
            "**/embed/connect/", lambda route: route.fulfill(body=route.fetch().text(), content_type="text/html")
        )

        page.goto(f"http://127.0.0.1:{stranger}/")
        page.frame_locator("iframe").locator("[data-sign-in]").wait_for(timeout=LONGEST)
        page.wait_for_timeout(500)

        assert page.evaluate("told") == []
