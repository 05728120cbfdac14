"""Who can frame what, and who can talk to whom."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from tests.support.browsing import wait_until
from tests.support.desktops import Desktop, call, framed, pages, panel

BLOCKED = "chrome-error://chromewebdata/"


def framed_urls(page: Page) -> list[str]:
    """Where the frames of the page are."""
    return [frame.url for frame in page.frames[1:]]


@pytest.mark.parametrize("path", ["/login/", "/orders/", "/admin/login/", "/embed/orders/", "/healthz", "/"])
def test_no_page_but_the_panel_can_be_framed(desk: Desktop, path: str) -> None:
    page = desk.page()

    with page.expect_event("requestfailed"):
        framed(page, desk.portal.address + path)
    page.wait_for_timeout(500)

    # Chromium shows its error page in the frame, or leaves it empty.
    assert framed_urls(page) in ([BLOCKED], [""])


def test_panel_is_framed_by_its_host_and_by_no_page_between(desk: Desktop) -> None:
    launch = [
        f"{desk.portal.address}/embed/?{urlencode({'token': desk.token('C-1001', 'A-20731')})}" for _ in range(3)
    ]
    frame = "<iframe src='{}'></iframe>"
    with pages({"/": frame.format(launch[0])}) as stranger:
        strangers = f"http://127.0.0.1:{stranger}/"
        page = desk.portal.page()

        page.goto(strangers)
        wait_until(page, lambda: framed_urls(page) == [BLOCKED])
        page.goto(desk.address)
        framed(page, strangers)
        wait_until(page, lambda: framed_urls(page) == [strangers, BLOCKED])
        page.goto(desk.address)
        framed(page, launch[2])
        expect(panel(page).locator("h1")).to_have_text("Order A-20731")


def test_host_within_a_stranger_does_not_show_the_panel(desk: Desktop) -> None:
    with pages({"/": f"<iframe src='{desk.address}' width='1200' height='700'></iframe>"}) as stranger:
        page = desk.portal.page()
        page.goto(f"http://localhost:{stranger}/")

        page.frame_locator("iframe").locator("#callers button").first.click()
        wait_until(page, lambda: page.frames[-1].url == BLOCKED)


def test_malformed_messages_of_the_host_do_nothing(desk: Desktop) -> None:
    page = desk.in_call("Amal")
    expect(panel(page).locator("h1")).to_have_text("Order A-20731")

    page.evaluate(
        """portal => {
          const frame = document.querySelector("#panel iframe").contentWindow;
          const launch = "order-items:launch";
          [
            null, undefined, 7, "order-items:clear", [], [launch], {}, { type: 1 }, { type: launch },
            { type: launch, token: 7 }, { type: launch, token: "" }, { type: launch, token: {} },
            { type: launch, token: "x".repeat(5000) }, { type: "order-items:expired" },
            { type: "launch", token: "x" },
          ].forEach((message) => frame.postMessage(message, portal));
        }""",
        desk.portal.address,
    )
    page.wait_for_timeout(500)

    expect(panel(page).locator("h1")).to_have_text("Order A-20731")
    expect(panel(page).locator("[data-item-id]")).to_have_count(1)
    assert desk.portal.console == []


def test_messages_of_other_origins_and_windows_do_nothing(desk: Desktop) -> None:
    page = desk.in_call("Amal")
    expect(panel(page).locator("h1")).to_have_text("Order A-20731")
    clear = "parent.frames[0].postMessage({ type: 'order-items:clear' }, '*')"

    with pages({"/": f"<script>{clear}</script>"}) as stranger:
        for name in ("localhost", "127.0.0.1"):
            framed(page, f"http://{name}:{stranger}/", within="main")
        page.wait_for_timeout(500)
    # A frame of the host's own origin is not the page that frames the panel, either.
    page.evaluate(
        """clear => {
          const own = document.createElement("iframe");
          document.querySelector("main").append(own);
          const script = own.contentDocument.createElement("script");
          script.textContent = clear;
          own.contentDocument.body.append(script);
        }""",
        clear,
    )
    page.wait_for_timeout(300)

    expect(panel(page).locator("h1")).to_have_text("Order A-20731")


def test_messages_of_others_do_nothing_to_the_host(desk: Desktop) -> None:
    page = desk.in_call("Amal")
    expect(panel(page).locator("h1")).to_have_text("Order A-20731")
    launches: list[str] = []
    page.on("request", lambda request: launches.append(request.url) if "launch-token" in request.url else None)

    page.evaluate(
        """() => {
          postMessage({ type: "order-items:expired" }, location.origin);
          postMessage({ type: "order-items:height", height: 99999 }, location.origin);
        }"""
    )
    page.wait_for_timeout(300)

    assert launches == []
    assert page.locator("#panel iframe").evaluate("frame => frame.offsetHeight") < 5000


def test_relaunches_stop_where_they_do_not_help(desk: Desktop, settings: Settings) -> None:
    page = desk.page()
    launches: list[str] = []
    page.on("request", lambda request: launches.append(request.url) if "launch-token" in request.url else None)
    spent = desk.token("C-1001", "A-20731")
    page.route("**/launch-token*", lambda route: route.fulfill(body=spent))

    call(page, "Amal")
    expect(panel(page).locator("h1")).to_have_text("Order A-20731")
    call(page, "Bo")
    wait_until(page, lambda: len(launches) >= 3)
    page.wait_for_timeout(1500)

    assert len(launches) <= 6
    expect(panel(page).locator("[data-error=launch-replayed]")).to_be_visible()


def test_panels_that_open_in_the_same_millisecond_have_a_frame_each(desk: Desktop) -> None:
    page = desk.page()

    names = page.evaluate(
        """async portal => {
          Date.now = () => 1_700_000_000_000;
          const token = (customer) => () =>
            fetch(`/launch-token?customer_id=${customer}&order_id=`).then((answer) => answer.text());
          for (const customer of ["C-1001", "C-1002"]) {
            const element = document.createElement("div");
            element.id = `for-${customer}`;
            document.querySelector("main").append(element);
            await new OrderItems({ element, portal, token: token(customer) }).launch();
          }
          return [...document.querySelectorAll("[id^=for-] iframe")].map((frame) => frame.name);
        }""",
        desk.portal.address,
    )

    assert len(set(names)) == 2
    for customer in ("C-1001", "C-1002"):
        who = page.frame_locator(f"#for-{customer} iframe").locator(".panel-who")
        expect(who).to_have_text(f"Customer {customer}")
