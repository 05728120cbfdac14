"""Finding and narrowing in what is loaded: fast on a long list, true after a refresh, and gone with the order."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.browsing import Portal
from tests.support.states import order

pytestmark = pytest.mark.usefixtures("by_hand")

LONG = order("C-1006", "A-21250", pages="15")


def toggle(status: str) -> str:
    """The selector of the button that shows the items of a status alone."""
    return f"#narrow [data-kind=status][data-code='{status}']"


ATTENTION = "#narrow [data-kind=attention]"


def visible(page: Page) -> Any:
    """The items that are not narrowed away."""
    return page.locator("[data-item-id]:visible")


@pytest.mark.timed
def test_long_list_is_narrowed_and_grouped_in_under_50_ms(portal: Portal) -> None:
    page = portal.signed_in(LONG)
    expect(page.locator("[data-item-id]")).to_have_count(300)

    took: dict[str, float] = page.evaluate(
        """() => {
          const { words, by } = document.getElementById('narrow').elements;
          const press = (kind) => () => document.querySelector(`#narrow [data-kind=${kind}]`).click();
          const timed = (change) => Math.min(...[0, 1, 2].map(() => {
            const began = performance.now();
            change();
            return performance.now() - began;
          }));
          const set = (field, value) => () => {
            field.value = value;
            field.dispatchEvent(new Event('input', { bubbles: true }));
          };
          return {
            search: timed(set(words, 'mug')), clear: timed(set(words, '')),
            attention: timed(press('attention')), all: timed(press('all')), status: timed(press('status')),
            group: timed(set(by, 'delivery')), ungroup: timed(set(by, 'item')),
          };
        }"""
    )

    assert {name: spent for name, spent in took.items() if spent > 50} == {}


def test_what_was_narrowed_to_ends_with_the_order(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    page.fill("#narrow [name=words]", "nothing has this")
    page.click(ATTENTION)
    expect(visible(page)).to_have_count(0)

    page.fill("[name=q]", "C-1001 A-20731")
    page.press("[name=q]", "Enter")
    expect(page.locator("h1")).to_have_text("Order A-20731")

    expect(visible(page)).to_have_count(1)
    page.go_back()
    expect(page.locator("h1")).to_have_text("Order A-20822")
    expect(visible(page)).to_have_count(10)


def test_statuses_to_choose_from_follow_what_a_refresh_brings(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    page.click(toggle("DELIVERED"))
    page.evaluate(
        """() => {
          const [first] = document.querySelectorAll('[data-status=IN_TRANSIT]');
          first.dataset.status = 'LOST';
          first.querySelector('.status').textContent = 'Lost';
          document.dispatchEvent(new Event('loading'));
        }"""
    )
    before = page.locator(".toggle bdi:visible").all_inner_texts()

    page.click("[data-refresh]")
    expect(page.locator(toggle("LOST"))).to_be_hidden()

    after = page.locator(".toggle bdi:visible").all_inner_texts()
    assert "Lost" in before
    assert "In transit" not in before
    assert "In transit" in after
    expect(page.locator(toggle("DELIVERED"))).to_have_attribute("aria-pressed", "true")
    expect(visible(page)).to_have_count(1)


@pytest.mark.parametrize(
    "typed",
    [
        "NP4473000240",
        "np 4473 0002",
        "4473-0002-40",
        "QUIÉTUDE 20",
        "NP\u00a04473\u202f0002\u200b40",
        "\u2066NP4473000240\u2069",
        "“NP4473000240”.",
        "(NP4473000240)?",
        "#NP4473000240",
        "NP4473–0002‑40",
        "‘Quiétude’ 20,",
    ],
)
def test_number_is_found_however_it_is_typed(portal: Portal, typed: str) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))

    page.fill("#narrow [name=words]", typed)

    expect(visible(page)).to_have_count(1)


def test_load_all_goes_no_further_than_its_bound_and_says_what_is_loaded(portal: Portal) -> None:
    page = portal.signed_in(order("C-1006", "A-21250"))

    def with_a_lower_bound(route: Route) -> None:
        script = (
            route.fetch()
            .text()
            .replace("MAX_LOADED = 500", "MAX_LOADED = 60")
            .replace("BY_ITSELF = 100", "BY_ITSELF = 0")
        )
        route.fulfill(body=script, content_type="text/javascript")

    page.route("**/js/load_all*.js", with_a_lower_bound)
    page.reload()

    page.click("[data-load-all]")
    expect(page.locator("[data-item-id]")).to_have_count(60)

    expect(page.locator("#narrow output")).to_have_text("60 of the 60 loaded; more available")
    expect(page.locator("[data-load-all]")).to_be_hidden()
    expect(page.locator("[data-stop]")).to_be_hidden()
    expect(page.locator("#narrow output")).to_be_focused()
    page.click("[data-load-more]")
    expect(page.locator("[data-item-id]")).to_have_count(80)


def test_list_by_delivery_shows_the_deliveries_of_the_status_alone(portal: Portal) -> None:
    page = portal.signed_in(order("C-1001", "A-20758"))
    page.goto(portal.address + order("C-1002", "A-20822"))
    page.select_option("#narrow [name=by]", "delivery")

    page.click(toggle("DELIVERED"))

    expect(page.locator("#parcels > article")).to_have_count(1)
    expect(page.locator("#parcels .status")).to_have_text(["Delivered"])


def test_parcel_has_the_link_and_the_copy_button_of_its_tracking_number(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"), permissions=["clipboard-read", "clipboard-write"])
    page.select_option("#narrow [name=by]", "delivery")
    parcel = page.locator("#parcels > article").first

    parcel.locator("h2 [data-copy]").click()

    expect(page.locator("#announce")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == parcel.locator("[data-tracking]").inner_text()
    assert parcel.locator("h2 a").get_attribute("rel") == "noopener noreferrer"


def test_refresh_keeps_the_parcels_that_did_not_change_and_the_focus_in_them(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    page.select_option("#narrow [name=by]", "delivery")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.evaluate("document.activeElement.mark = 'kept'")

    page.evaluate("document.querySelector('[data-refresh]').click()")
    expect(page.locator("[data-checked]")).to_be_visible()

    assert page.evaluate("document.activeElement.mark") == "kept"
    expect(page.locator("#parcels > article")).to_have_count(10)


def test_parcels_are_told_by_what_the_server_says_and_not_by_words(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    page.evaluate("document.querySelectorAll('[data-tracking]').forEach((one) => one.replaceChildren('N/A'))")

    page.select_option("#narrow [name=by]", "delivery")

    expect(page.locator("#parcels > article")).to_have_count(10)


def test_words_are_found_whatever_their_letters_are_made_of(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    page.evaluate(
        """() => {
          const titles = [...document.querySelectorAll('[data-item-id] h2')];
          const title = titles.find((one) => one.textContent.startsWith('Fjell'));
          title.textContent = 'Großer „Fjäll‑Läufer“, 2–3 Größen, Nav\u00adigator’s İstanbul';
          document.dispatchEvent(new CustomEvent('htmx:afterSettle', { detail: {} }));
        }"""
    )

    for typed in ("GROSSER", "fjall-laufer", '"Fjäll-Läufer"', "2-3", "navigators", "istanbul", "Größen,"):
        page.fill("#narrow [name=words]", typed)
        expect(visible(page)).to_have_count(1)
    page.fill("#narrow [name=words]", "fjell")
    expect(visible(page)).to_have_count(0)


def test_loaded_items_are_found_and_narrowed(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"))

    page.fill("#narrow [name=words]", "mug halden")
    found = visible(page).count()
    expect(page.locator("#narrow output")).to_have_text(f"{found} of the 20 loaded; more available")
    page.fill("#narrow [name=words]", "NP 4475")
    by_tracking = visible(page).count()
    page.click("[data-clear]")
    page.click(toggle("DELIVERED"))

    assert 0 < found < 20
    assert 0 < by_tracking <= 20
    expect(page.locator("[data-item-id]:visible:not(:has([data-status=DELIVERED]))")).to_have_count(0)


def test_narrowing_stays_through_sorting_and_loading_more(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20810"))
    page.fill("#narrow [name=words]", "mug")

    page.click(".filter > summary")
    page.click("text=Price: low to high")
    expect(page.locator("[aria-current=true]")).to_have_text("Price: low to high")
    page.click("[data-load-more]")
    expect(page.locator("[data-item-id]")).to_have_count(40)

    assert page.input_value("#narrow [name=words]") == "mug"
    expect(page.locator("[data-item-id]:visible h2:not(:text-matches('mug', 'i'))")).to_have_count(0)


def test_items_are_listed_by_delivery(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    tracking = page.locator("[data-tracking]").first.inner_text()
    name = page.locator("[data-item-id] h2").first.inner_text()

    page.select_option("#narrow [name=by]", "delivery")

    parcel = page.locator("#parcels article", has=page.locator("h2", has_text=tracking))
    expect(parcel.locator("li a").first).to_have_text(name)
    expect(parcel.locator(".status")).to_be_visible()
    expect(page.locator("[data-item-id]:visible")).to_have_count(0)
    parcel.locator("li a").first.click()
    expect(page.locator("article:target")).to_be_visible()
    expect(page.locator("#parcels")).to_be_hidden()


def test_jump_to_an_item_that_was_narrowed_away_shows_it(portal: Portal) -> None:
    page = portal.signed_in(order("C-1002", "A-20822"))
    page.fill("#narrow [name=words]", "nothing has this")
    expect(page.locator("[data-item-id]:visible")).to_have_count(0)

    page.locator(".answer-lines a").first.click()

    expect(page.locator("article:target")).to_be_visible()
    assert page.input_value("#narrow [name=words]") == ""
