"""The panel as an app of Zendesk's ticket page, in a browser that blocks third-party cookies."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import FrameLocator, Page, Request, expect
from pytest_django.fixtures import Settings

from orders.models import AccessLogEntry
from tests.support.desktops import Desktop, call

SAID = ("margarida", "correio", "amal.haddad", "23125001", "custom_field")


@pytest.fixture
def tickets(desk: Desktop) -> Page:
    """Zendesk's ticket page."""
    return desk.page("/zendesk/")


def shown(page: Page) -> FrameLocator:
    """The panel of the ticket that is open."""
    return page.frame_locator("#panel iframe:not([hidden])")


def change(page: Page, requester: str) -> None:
    """Give the open ticket another requester."""
    page.select_option("#requester", requester)


def keep_requests(page: Page) -> list[Request]:
    """The requests of the page and its frames from now on."""
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    return requests


def open_amal(page: Page) -> None:
    """Open the ticket of a requester whose order is shown at once."""
    call(page, "Amal")
    expect(shown(page).locator("h1")).to_have_text("Order A-20731", timeout=15_000)


def test_ticket_opens_the_order_of_its_requester_and_the_next_requester_takes_its_place(
    desk: Desktop, tickets: Page
) -> None:
    requests = keep_requests(tickets)
    open_amal(tickets)
    expect(shown(tickets).locator(".summary-head .who")).to_contain_text("Customer C-1001")

    change(tickets, "chidi")
    expect(shown(tickets).locator("[data-order-id]").first).to_be_visible()
    expect(shown(tickets).locator(".panel-who")).to_contain_text("C-1002")

    assert tickets.locator("#panel iframe").count() == 1
    assert tickets.evaluate("parseInt(document.querySelector('#panel iframe').style.height)") > 450
    assert not [one for one in requests for said in SAID if said in f"{one.url} {one.headers}"]
    assert desk.portal.console == []
    assert tickets.context.cookies() == []
    entries = AccessLogEntry.objects.filter(customer_id="C-1001")
    assert set(entries.values_list("agent", "host", "proof")) == {("4711", "zendesk", "told")}


def test_next_requester_clears_the_screen_before_zendesk_has_said_who_they_are(tickets: Page) -> None:
    open_amal(tickets)
    requests = keep_requests(tickets)
    tickets.evaluate("() => { zendesk.held = []; zendesk.answer = (...all) => zendesk.held.push(all); }")

    change(tickets, "chidi")

    expect(shown(tickets).locator(".skeleton")).to_be_visible()
    expect(shown(tickets).get_by_text("A-20731")).to_have_count(0)
    expect(shown(tickets).get_by_text("C-1001")).to_have_count(0)
    tickets.wait_for_function("zendesk.held.length > 0")
    assert not [one for one in requests if "/embed/" in one.url]


def test_answer_for_the_requester_before_comes_too_late(tickets: Page) -> None:
    tickets.evaluate(
        """() => {
          const { values } = Zendesk.prototype;
          zendesk.held = [];
          zendesk.answer = (one, id, request, params) => {
            if (request === "get") zendesk.held.push({ one, id, result: values.call(zendesk, one, params) });
          };
        }"""
    )
    release = "number => { const { one, id, result } = zendesk.held[number]; zendesk.post(one, { id, result }); }"
    call(tickets, "Amal")
    tickets.wait_for_function("zendesk.held.length === 1")
    change(tickets, "chidi")
    tickets.wait_for_function("zendesk.held.length === 2")

    tickets.evaluate(release, 1)
    expect(shown(tickets).locator(".panel-who")).to_contain_text("C-1002")
    tickets.evaluate(release, 0)
    tickets.wait_for_timeout(500)

    expect(shown(tickets).locator(".panel-who")).to_contain_text("C-1002")
    expect(shown(tickets).get_by_text("C-1001")).to_have_count(0)


def test_portals_answer_for_the_requester_before_is_dropped(tickets: Page) -> None:
    held: list[Callable[[], None]] = []
    tickets.route(
        "**/embed/zendesk/context",
        lambda route: held.append(route.continue_) if not held else route.continue_(),
    )
    with tickets.expect_request("**/embed/zendesk/context"):
        call(tickets, "Amal")

    change(tickets, "chidi")
    expect(shown(tickets).locator(".panel-who")).to_contain_text("C-1002")
    held[0]()
    tickets.wait_for_timeout(800)

    expect(shown(tickets).locator(".panel-who")).to_contain_text("C-1002")
    expect(shown(tickets).get_by_text("C-1001")).to_have_count(0)


def test_two_tickets_at_once_never_mix(desk: Desktop, tickets: Page) -> None:
    for ticket in ("Amal", "Chidi", "Amal", "Chidi"):
        call(tickets, ticket)
    expect(shown(tickets).locator(".panel-who")).to_contain_text("C-1002")
    change(tickets, "margarida")
    open_amal(tickets)
    expect(shown(tickets).get_by_text("C-1002")).to_have_count(0)
    call(tickets, "Chidi")

    expect(shown(tickets).locator(".panel-who, .summary-head .who").first).to_contain_text("C-1004")
    expect(shown(tickets).get_by_text("C-1001")).to_have_count(0)
    assert tickets.locator("#panel iframe").count() == 2


def test_message_for_another_frame_does_nothing(tickets: Page) -> None:
    open_amal(tickets)

    tickets.evaluate(
        """() => {
          const [one] = zendesk.apps.values();
          const changed = "zaf.ticket.requester.id.changed";
          zendesk.post(one, { key: changed, message: "x", instanceGuid: "another" });
          zendesk.post(one, { key: "zaf.ticket.subject.changed" });
          zendesk.post(one, { id: 99, result: { "ticket.requester.externalId": "C-1002" } });
          [null, 7, "", "{", "[]", "null", [], {}, { key: 7 }, { id: 0, result: {} }].forEach(
            (message) => zendesk.post(one, message),
          );
        }"""
    )
    tickets.wait_for_timeout(500)

    expect(shown(tickets).locator("h1")).to_have_text("Order A-20731")


def test_messages_of_other_windows_do_nothing(tickets: Page) -> None:
    open_amal(tickets)

    # A frame of Zendesk's own origin is not the page that frames the panel.
    tickets.evaluate(
        """() => {
          const own = document.createElement("iframe");
          document.querySelector("main").append(own);
          const script = own.contentDocument.createElement("script");
          script.textContent = `
            const panel = [...parent.frames].find((one) => one !== window);
            panel.postMessage({ key: "zaf.ticket.requester.id.changed", message: "x" }, "*")`;
          own.contentDocument.body.append(script);
        }"""
    )
    tickets.wait_for_timeout(500)

    expect(shown(tickets).locator("h1")).to_have_text("Order A-20731")


def test_requester_with_nothing_but_an_email_address_is_found(tickets: Page) -> None:
    call(tickets, "Amal")
    change(tickets, "margarida")

    expect(shown(tickets).locator(".panel-who")).to_contain_text("C-1004")
    expect(shown(tickets).locator("[data-order-id]").first).to_be_visible()


def test_customer_whose_id_stands_in_a_field_of_the_ticket_is_shown(tickets: Page) -> None:
    call(tickets, "Amal")
    change(tickets, "emi")

    expect(shown(tickets).locator(".panel-who")).to_contain_text("C-1003")


def test_agent_chooses_where_several_fit(tickets: Page) -> None:
    call(tickets, "Amal")
    change(tickets, "lena")

    expect(shown(tickets).locator("[data-customer-id] a")).to_have_count(2)
    shown(tickets).locator("[data-customer-id] a", has_text="Tobias").click()

    expect(shown(tickets).locator(".panel-who")).to_contain_text("C-2010")


def test_box_holds_what_was_searched_for_where_nobody_fits(tickets: Page) -> None:
    call(tickets, "Amal")
    change(tickets, "nobody")

    expect(shown(tickets).locator("form[data-find] input")).to_have_value("nobody@nowhere.example")


def test_agent_searches_where_zendesk_knows_nothing_of_the_requester(tickets: Page) -> None:
    call(tickets, "Amal")
    change(tickets, "silent")

    expect(shown(tickets).locator("form[data-find] input")).to_have_value("")


def test_agent_searches_after_five_seconds_of_silence_and_a_late_word_still_counts(tickets: Page) -> None:
    tickets.evaluate("() => { zendesk.held = []; zendesk.receive = (event) => zendesk.held.push(event); }")
    call(tickets, "Amal")
    expect(shown(tickets).locator(".skeleton")).to_be_visible()

    expect(shown(tickets).locator("form[data-find] input")).to_have_value("", timeout=15_000)
    tickets.evaluate("delete zendesk.receive; zendesk.held.forEach((event) => zendesk.receive(event))")

    expect(shown(tickets).locator("h1")).to_have_text("Order A-20731")


def test_panel_whose_access_has_expired_says_to_reopen_it(tickets: Page, settings: Settings) -> None:
    open_amal(tickets)

    settings.EMBED_SESSION_SECONDS = 0
    change(tickets, "chidi")

    expect(shown(tickets).locator("[data-error=session-expired]")).to_contain_text("needs to be reopened")
    tickets.wait_for_timeout(5500)
    expect(shown(tickets).locator("[data-error=session-expired]")).to_be_visible()


def test_refusal_stays_and_nothing_is_asked_where_the_token_was_used(desk: Desktop, tickets: Page) -> None:
    spent = tickets.evaluate("fetch('/zendesk/token', { method: 'POST' }).then((answer) => answer.text())")
    tickets.route("**/zendesk/token", lambda route: route.fulfill(body=spent))
    open_amal(tickets)
    tickets.evaluate("zendesk.asked = []; addEventListener('message', ({ data }) => zendesk.asked.push(data))")

    call(tickets, "Chidi")

    expect(shown(tickets).locator("[data-error=launch-replayed]")).to_be_visible()
    tickets.wait_for_timeout(5500)
    expect(shown(tickets).locator("[data-error=launch-replayed]")).to_be_visible()
    assert not [data for data in tickets.evaluate("zendesk.asked") if "get" in data]


def test_address_that_is_not_signed_says_to_switch_signed_urls_on(tickets: Page) -> None:
    tickets.route("**/zendesk/token", lambda route: route.fulfill(body=""))

    call(tickets, "Amal")

    expect(shown(tickets).locator("[data-error=launch-unsigned]")).to_contain_text("signedUrls")


def test_panel_paints_before_a_slow_api_answers(tickets: Page) -> None:
    open_amal(tickets)

    change(tickets, "gwen")

    expect(shown(tickets).locator(".panel-who")).to_have_text("Customer C-FAULTS", timeout=2500)
    expect(shown(tickets).locator("h1")).to_have_text("Order F-slow", timeout=15_000)
