"""The message for the customer: copied in their language, and what is said is what happened."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.support.browsing import CLIPBOARD, Portal, clipboard, refreshing
from tests.support.desktops import Desktop, panel
from tests.support.states import order


def test_message_is_copied_in_the_chosen_language_and_remembered_for_the_customer(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20758"), **CLIPBOARD)

    page.select_option("#message [name=language]", "ar")
    page.click("#message [data-copy-message]")
    expect(page.locator("#announce")).to_have_text("Copied")
    copied = clipboard(page)
    with refreshing(page):
        page.click("[data-refresh]")

    assert copied.startswith("طلبك A-20758:")
    assert "رقم التتبع: NP 4470 7781 02" in copied
    assert not re.search("[\u200e\u200f\u2066-\u2069]", copied)
    expect(page.locator("#message [name=language]")).to_have_value("ar")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_message_about_one_item_is_copied_by_its_button_and_key(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20744"), **CLIPBOARD)

    page.locator("article [data-copy-message]").first.click()
    expect(page.locator("#announce")).to_have_text("Copied")
    about_one = clipboard(page)
    page.locator("h1").click()
    page.keyboard.press("c")
    page.wait_for_function("async () => (await navigator.clipboard.readText()).startsWith('Your order')")

    assert about_one.splitlines()[1:] == [
        "Carrier: Kestrel Express",
        "Tracking number: KE-8830-112-7",
        "Track it here: https://kestrel.example/parcels/KE88301127",
    ]


def test_message_that_cannot_be_had_is_not_said_to_be_copied(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20744"), **CLIPBOARD)

    def fail(route: Route) -> None:
        route.abort()

    page.route("**/orders/message/**", fail)
    page.click("#message [data-copy-message]")

    expect(page.locator("#announce")).to_contain_text("could not be copied")
    expect(page.locator("#offline")).to_be_hidden()
    expect(page.locator("[data-item-id]")).to_have_count(3)


def test_message_without_the_permission_is_still_copied(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20744"))
    page.evaluate(
        """() => {
          navigator.clipboard.write = () => Promise.reject(new Error('not allowed'));
          navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));
        }"""
    )

    page.click("#message [data-copy-message]")

    expect(page.locator("#announce")).to_have_text("Copied")


def test_message_has_a_page_without_scripts(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20744"), java_script_enabled=False)

    page.select_option("#message [name=language]", "de")
    page.click("#message [data-copy-message]")

    expect(page.locator("[data-message]")).to_contain_text("Sendungsnummer: KE-8830-112-7")
    page.click("main a.button")
    expect(page.locator("[data-item-id]")).to_have_count(3)


def test_message_about_one_item_has_a_page_without_scripts(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20744"), java_script_enabled=False)
    name = page.locator(".card h2").nth(1).inner_text()

    page.locator(".card [data-copy-message]:visible").nth(1).click()

    expect(page.locator("[data-message]")).to_contain_text(name)


def test_message_is_copied_within_the_panel(desk: Desktop) -> None:
    page = desk.page(**CLIPBOARD)
    page.select_option("#customer_locale", "fr")
    page.click("#callers button:has-text('Amal')")

    panel(page).locator("#message [data-copy-message]").click()

    expect(panel(page).locator("#announce")).to_have_text("Copied")
    expect(panel(page).locator("#message [name=language]")).to_have_value("fr")


def test_answer_tells_window_and_note_of_what_needs_action(portal: Portal) -> None:
    page = portal.signed_in("/", viewport={"width": 1280, "height": 800})
    told = {
        ("C-1003", "A-20907"): ("2 shipments need action.", "Next delivery window:", "“Nobody was at home."),
        ("C-1003", "A-20901"): ("Can be collected until", "“Shop at Lindenplatz 4"),
        ("C-1005", "A-21107"): ("Expected:", "“Signature needed.”", "“Left with the neighbour at number 12.”"),
    }

    for (customer, name), parts in told.items():
        page.goto(portal.address + order(customer, name))
        for part in parts:
            expect(page.locator("[data-order-answer]")).to_contain_text(part)
        page.screenshot(path=f"test-output/screenshots/answer-{name}.png")
