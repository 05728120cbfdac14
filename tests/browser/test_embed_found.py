"""The panel of a caller whom the desktop knows by what they say: it finds them, or lets the agent choose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from orders.models import AccessLogEntry
from tests.support.desktops import Desktop, call, listening, messages, panel, panel_frame

SAID = ("margarida", "sousa", "23125001", "Y34DHR", "55550199", "lena.brandt")


def focused(page: Page) -> str:
    """What has the focus in the panel: an id or a class, or the words of a link."""
    return str(
        panel_frame(page).evaluate(
            "(({ id, className, innerText }) => id || className || innerText)(document.activeElement)"
        )
    )


def keep_requests(page: Page) -> list[Request]:
    """The requests of the page and its frames from now on."""
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    return requests


@pytest.mark.parametrize("width", [320, 400])
@pytest.mark.parametrize(
    ("caller", "customer", "order"),
    [("Margarida", "C-1004", ""), ("João", "C-2011", "A-30080")],
    ids=["by e-mail", "by order number"],
)
def test_caller_is_found_and_their_items_are_there(
    desk: Desktop, width: int, caller: str, customer: str, order: str
) -> None:
    page = listening(desk.page(viewport={"width": 1000, "height": 900}))
    page.evaluate(f"document.body.style.gridTemplateColumns = '17rem 1fr {width}px'")
    requests = keep_requests(page)

    call(page, caller)
    if not order:
        panel(page).locator("[data-order-id] a").first.click()

    expect(panel(page).locator("[data-item-id]").first).to_be_visible()
    expect(panel(page).locator(".summary-head .who")).to_contain_text(f"Customer {customer}")
    page.wait_for_function("told.some(([, { type }]) => type === 'order-items:launched')")
    assert not panel_frame(page).evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not [one for one in requests for said in SAID if said in f"{one.url} {one.headers}"]
    assert [data["type"] for _, data in messages(page)].count("order-items:launched") == 1
    assert desk.portal.console == []
    assert page.context.cookies() == []


def test_one_of_two_is_chosen_by_keyboard_alone(desk: Desktop) -> None:
    page = desk.in_call("Lena")
    rows = panel(page).locator("[data-customer-id] a")
    expect(rows).to_have_count(2)
    expect(panel(page).locator(".panel-who")).to_have_text("The customer is not known yet")

    assert focused(page) != "Lena Brandt"
    rows.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(panel(page).locator("#panel")).to_have_attribute("data-customer-id", "C-2010")
    expect(panel(page).locator("[data-item-id], [data-order-id]").first).to_be_visible()
    expect(panel(page).locator("#main")).to_be_focused()
    assert desk.portal.console == []


def test_desktop_keeps_the_focus_while_the_panel_finds_the_caller(desk: Desktop) -> None:
    page = desk.page()
    page.evaluate(
        "document.querySelector('main').append(Object.assign(document.createElement('textarea'), { id: 'notes' }))"
    )
    call(page, "Lena")
    page.locator("#notes").focus()

    expect(panel(page).locator("[data-customer-id] a")).to_have_count(2)
    page.wait_for_timeout(300)

    assert page.evaluate("document.activeElement.id") == "notes"


def test_nobody_found_is_searched_for_in_the_box(desk: Desktop) -> None:
    page = desk.in_call("Unknown")
    box = panel(page).locator("[data-find] [name=q]")
    expect(box).to_have_value("+493055550199")

    box.fill("lena.brandt@post.example")
    box.press("Enter")

    expect(panel(page).locator("#panel")).to_have_attribute("data-customer-id", "C-2009")
    expect(panel(page).locator("[data-find]")).to_have_count(0)
    assert AccessLogEntry.objects.filter(kind__startswith="search", agent="demo-agent").count() == 2
    assert desk.portal.console == []


def test_list_of_a_found_customer_is_there_again_after_the_embed_token_expired(
    desk: Desktop, expire_embed_tokens: Callable[[], None]
) -> None:
    page = desk.in_call("Margarida")
    panel(page).locator("[data-order-id] a").first.click()
    expect(panel(page).locator("[data-item-id]").first).to_be_visible()
    heading = panel(page).locator("h1").inner_text()
    panel(page).locator("h1").evaluate("heading => { heading.dataset.old = 1 }")
    expire_embed_tokens()

    panel(page).get_by_role("link", name="Refresh").click()

    expect(panel(page).locator("h1:not([data-old])")).to_have_text(heading)


def test_next_caller_is_not_shown_what_the_last_one_was_waiting_for(
    desk: Desktop, expire_embed_tokens: Callable[[], None]
) -> None:
    page = desk.in_call("Margarida")
    expect(panel(page).locator("[data-order-id]").first).to_be_visible()
    expire_embed_tokens()

    panel(page).get_by_role("link", name="Refresh").click()
    call(page, "João")

    expect(panel(page).locator("h1")).to_have_text("Order A-30080")
    expect(panel(page).locator(".summary-head .who")).to_contain_text("Customer C-2011")
