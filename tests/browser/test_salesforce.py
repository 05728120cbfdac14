"""The panel as a Canvas app in Salesforce's console, in a browser that blocks third-party cookies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect
from pytest_django.fixtures import Settings

from tests.support.browsing import Portal
from tests.support.desktops import cards, framed, pages, panel, panel_frame
from tests.support.salesforce_console import AMAL, CHIDI, add_canvas, canvas_frames, console

pytestmark = pytest.mark.usefixtures("by_hand")

SIGNED = "**/salesforce/signed-request"
# A busy machine takes this long, in milliseconds, to open a panel.
SLOW = 20_000


@pytest.fixture
def address(portal: Portal, settings: Settings) -> Iterator[str]:
    """The console's address."""
    settings.DEBUG = True
    with console(portal.address, settings) as at:
        yield at


@pytest.fixture
def page(portal: Portal, address: str) -> Page:
    """The console, which remembers what the panels tell it."""
    page = portal.page()
    page.goto(address)
    page.evaluate(
        "window.told = []; addEventListener('message', (event) => told.push([event.origin, event.data]))"
    )
    return page


def opened(page: Page, caller: str) -> None:
    page.click(f"#callers button:has-text('{caller}')")


def shows(page: Page, heading: str) -> None:
    """Wait until the panel has this heading."""
    expect(panel(page).locator("h1")).to_have_text(heading, timeout=SLOW)


def expire(page: Page, settings: Settings, *, holds: bool = False) -> list[Route]:
    """Let what the panels hold expire now, and not what they get next; gives the held requests for a signature."""
    held: list[Route] = []
    life = settings.EMBED_TOKEN_SECONDS
    settings.EMBED_TOKEN_SECONDS = 1

    def sign(route: Route) -> None:
        settings.EMBED_TOKEN_SECONDS = life
        if holds:
            held.append(route)
        else:
            route.continue_()

    page.route(SIGNED, sign)
    return held


def told(page: Page, kind: str) -> list[Any]:
    """The messages of this type that the console got from panels."""
    messages = [json.loads(data) for _, data in page.evaluate("told")]
    return [message for message in messages if message["body"]["type"] == kind]


def test_whole_job_is_done_in_the_console(page: Page, portal: Portal) -> None:
    opened(page, "Amal")
    shows(page, "Order A-20731")
    opened(page, "Chidi")
    expect(panel(page).locator(".panel-who")).to_have_text("Customer C-1002", timeout=SLOW)
    panel(page).locator("[data-order-id='A-20810'] a").click()
    expect(panel(page).locator("[data-item-id]")).to_have_count(20, timeout=SLOW)
    panel(page).locator("[data-load-more]").click()
    expect(panel(page).locator("[data-item-id]")).to_have_count(40, timeout=SLOW)

    assert len(set(cards(page))) == 40
    assert {origin for origin, _ in page.evaluate("told")} == {portal.address}
    assert portal.console == []
    assert page.context.cookies() == []


def test_frame_has_no_trace_of_the_request_and_its_access_token(page: Page) -> None:
    opened(page, "Amal")
    shows(page, "Order A-20731")

    html = panel_frame(page).evaluate("document.documentElement.outerHTML")
    oauth_token = page.evaluate("[...canvases.values()][0].request.client.oauthToken")

    assert len(oauth_token) > 50
    assert oauth_token not in html
    assert "?" not in panel_frame(page).url


def test_expired_access_is_renewed_by_a_fresh_request(page: Page, settings: Settings) -> None:
    opened(page, "Amal")
    shows(page, "Order A-20731")
    panel(page).locator("h1").evaluate("heading => { heading.dataset.old = 1 }")
    expire(page, settings)

    panel(page).get_by_role("link", name="Refresh").click()

    expect(panel(page).locator("h1:not([data-old])")).to_have_text("Order A-20731", timeout=SLOW)
    [message] = told(page, "refresh")
    name = panel_frame(page).evaluate("window.name")
    assert (message["src"], message["targetModule"]) == ("client", "Canvas")
    assert message["body"]["config"] == {
        "client": {"oauthToken": "null", "instanceId": name.removeprefix("canvas-frame-"), "targetOrigin": "*"}
    }


def test_list_goes_on_where_it_was_after_the_renewal(page: Page, settings: Settings) -> None:
    opened(page, "Chidi")
    panel(page).locator("[data-order-id='A-20810'] a").click(timeout=SLOW)
    expect(panel(page).locator("[data-item-id]")).to_have_count(20, timeout=SLOW)
    panel(page).locator("h1").evaluate("heading => { heading.dataset.old = 1 }")
    expire(page, settings)

    panel(page).locator("[data-load-more]").click()

    expect(panel(page).locator("h1:not([data-old])")).to_have_text("Order A-20810", timeout=SLOW)
    expect(panel(page).locator("[data-item-id]")).to_have_count(20, timeout=SLOW)
    panel(page).locator("[data-load-more]").click()
    expect(panel(page).locator("[data-item-id]")).to_have_count(40, timeout=SLOW)


def test_frame_is_as_high_as_the_panel(page: Page) -> None:
    opened(page, "Amal")
    shows(page, "Order A-20731")

    page.wait_for_function(
        "Math.abs(document.querySelector('#panel iframe').offsetHeight - "
        f"{panel_frame(page).evaluate('document.body.getBoundingClientRect().height')}) < 2"
    )

    assert told(page, "resize")[-1]["body"]["size"]["height"].endswith("px")


def test_renewals_stop_where_they_do_not_help(page: Page) -> None:
    spent = page.evaluate(
        "fetch('/salesforce/signed-request', { method: 'POST', body: new URLSearchParams({ case: '00001042' }) })"
        ".then((answer) => answer.text())"
    )
    page.route(SIGNED, lambda route: route.fulfill(body=spent))
    opened(page, "Amal")
    shows(page, "Order A-20731")

    opened(page, "Chidi")
    expect(panel(page).locator("[data-error=launch-replayed]")).to_be_visible(timeout=SLOW)
    page.wait_for_timeout(1500)

    assert len(told(page, "refresh")) == 3
    expect(panel(page).locator("[data-error=launch-replayed]")).to_be_visible(timeout=SLOW)


def test_late_items_of_the_case_before_are_dropped(page: Page) -> None:
    held: list[Route] = []
    page.route(
        "**/embed/orders/**",
        lambda route: held.append(route) if "C-1001" in route.request.url else route.continue_(),
    )
    with page.expect_request("**/embed/orders/**"):
        opened(page, "Amal")

    reopened(page, CHIDI)
    expect(panel(page).locator("[data-order-id='A-20810']")).to_be_visible(timeout=SLOW)
    for route in held:
        route.continue_()
    page.wait_for_timeout(800)

    expect(panel(page).locator(".panel-who")).to_have_text("Customer C-1002", timeout=SLOW)
    expect(panel(page).get_by_text("A-20731")).to_have_count(0)


def test_late_renewal_of_the_case_before_is_dropped(page: Page, settings: Settings) -> None:
    opened(page, "Amal")
    shows(page, "Order A-20731")
    held = expire(page, settings, holds=True)
    panel(page).get_by_role("link", name="Refresh").click()
    waited_for(page, held, 1)

    reopened(page, CHIDI)
    waited_for(page, held, 2)
    held[1].continue_()
    expect(panel(page).locator("[data-order-id='A-20810']")).to_be_visible(timeout=SLOW)
    # The next case waits for a renewal of its own when the late one comes.
    settings.EMBED_TOKEN_SECONDS = 1
    panel(page).locator("[data-order-id='A-20810'] a").click()
    waited_for(page, held, 3)
    held[0].continue_()
    page.wait_for_timeout(1500)
    shown = panel(page).locator("body").inner_text()
    held[2].continue_()

    assert "C-1001" not in shown
    assert "A-20731" not in shown
    shows(page, "Order A-20810")


def test_two_frames_at_once_never_mix(page: Page, settings: Settings) -> None:
    for number, case in enumerate((AMAL, CHIDI)):
        page.evaluate(
            "id => document.querySelector('main').append(Object.assign(document.createElement('div'), { id }))",
            f"at{number}",
        )
        add_canvas(page, case, f"#at{number}")
    amal, chidi = (page.frame_locator(f"#at{number} iframe") for number in range(2))
    expect(amal.locator("h1")).to_have_text("Order A-20731", timeout=SLOW)
    expect(chidi.locator("[data-order-id='A-20810']")).to_be_visible(timeout=SLOW)
    held = expire(page, settings, holds=True)

    amal.get_by_role("link", name="Refresh").click()
    waited_for(page, held, 1)
    settings.EMBED_TOKEN_SECONDS = 1
    chidi.locator("[data-order-id='A-20810'] a").click()
    waited_for(page, held, 2)
    for route in reversed(held):
        route.continue_()

    expect(amal.locator("h1")).to_have_text("Order A-20731", timeout=SLOW)
    expect(chidi.locator("h1")).to_have_text("Order A-20810", timeout=SLOW)
    expect(amal.get_by_text("C-1002")).to_have_count(0)
    expect(chidi.get_by_text("C-1001")).to_have_count(0)
    assert len({frame.evaluate("window.name") for frame in canvas_frames(page)}) == 2


def test_answers_that_the_panel_has_not_asked_for_do_nothing(
    page: Page, portal: Portal, settings: Settings
) -> None:
    opened(page, "Amal")
    shows(page, "Order A-20731")
    launches: list[Request] = []
    page.on("request", lambda request: launches.append(request) if request.url.endswith("/launch") else None)
    unasked(page, portal)
    held = expire(page, settings, holds=True)
    panel(page).get_by_role("link", name="Refresh").click()
    expect(panel(page).locator("[data-error=session-expired]")).to_be_visible(timeout=SLOW)

    # Now it waits for an answer, but not for these.
    unasked(page, portal)
    page.wait_for_timeout(500)

    assert launches == []
    held[0].continue_()
    shows(page, "Order A-20731")


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 500, "payload": {"status": 500, "response": "a.b"}},
        {"status": 200, "payload": {"status": 401, "response": "a.b"}},
        {"status": 200, "payload": {"status": 200, "response": {"a": "b"}}},
        {"status": 200, "payload": {"status": 200, "response": "a." + "b" * 33_000}},
        {"status": 200, "payload": None},
        {},
    ],
)
def test_answer_that_brings_no_request_launches_nothing(
    page: Page, settings: Settings, answer: dict[str, Any]
) -> None:
    opened(page, "Amal")
    shows(page, "Order A-20731")
    launches: list[Request] = []
    page.on("request", lambda request: launches.append(request) if request.url.endswith("/launch") else None)
    held = expire(page, settings, holds=True)
    panel(page).get_by_role("link", name="Refresh").click()
    waited_for(page, held, 1)

    page.evaluate(
        "([answer, seq, portal]) => document.querySelector('#panel iframe').contentWindow"
        ".postMessage(JSON.stringify({ seq, ...answer }), portal)",
        [answer, told(page, "refresh")[0]["seq"], "*"],
    )
    page.wait_for_timeout(400)

    assert launches == []
    expect(panel(page).locator("[data-error=session-expired]")).to_be_visible(timeout=SLOW)


def test_answers_of_other_windows_do_nothing(page: Page, settings: Settings) -> None:
    opened(page, "Amal")
    shows(page, "Order A-20731")
    launches: list[Request] = []
    page.on("request", lambda request: launches.append(request) if request.url.endswith("/launch") else None)
    expire(page, settings, holds=True)
    panel(page).get_by_role("link", name="Refresh").click()
    expect(panel(page).locator("[data-error=session-expired]")).to_be_visible(timeout=SLOW)
    seq = told(page, "refresh")[0]["seq"]
    forged = json.dumps({"seq": seq, "status": 200, "payload": {"status": 200, "response": "a.b"}})
    script = f"<script>parent.frames[0].postMessage({json.dumps(forged)}, '*')</script>"

    with pages({"/": script}) as stranger:
        for name in ("localhost", "127.0.0.1"):
            framed(page, f"http://{name}:{stranger}/", within="main")
        page.wait_for_timeout(800)

    assert launches == []


def unasked(page: Page, portal: Portal) -> None:
    """Let the console send the panel what it has not asked for, or what is no answer."""
    page.evaluate(
        """([portal, seq]) => {
          const frame = document.querySelector("#panel iframe").contentWindow;
          const good = { status: 200, payload: { status: 200, response: "a.b" } };
          [
            JSON.stringify({ seq: seq - 1, ...good }), JSON.stringify({ seq: seq + 2, ...good }),
            JSON.stringify({ seq: String(seq), ...good }), JSON.stringify({ seq: [seq], ...good }),
            good, JSON.stringify(good), ...[0, 1, 2, 3, 100].map((one) => JSON.stringify({ seq: one, ...good })),
            null, 7, "x", "{", "null", "[]",
          ].forEach((message) => frame.postMessage(message, portal));
        }""",
        [portal.address, max((message["seq"] for message in told(page, "refresh")), default=1)],
    )


def reopened(page: Page, case: str) -> None:
    """Let the console post another case into the frame that is there."""
    page.evaluate("number => { const [canvas] = canvases.values(); canvas.case = number; post(canvas); }", case)


def waited_for(page: Page, held: list[Any], count: int) -> None:
    """Wait until so many requests are held."""
    for _ in range(1000):
        if len(held) >= count:
            return
        page.wait_for_timeout(20)
    pytest.fail(f"{len(held)} of {count} requests came")
