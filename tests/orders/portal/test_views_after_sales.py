"""Refunds and returns on the page: a line on the item's card, and the order's list of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from ercportal.demo.sandbox.server import SandboxServer
from tests.support.pages import HTMX, LOOKUP, one, soup, text
from tests.support.stub_erc import Reply, StubErc, item, page

REFUND = {
    "id": "r-1",
    "created_at": "2025-11-21T10:00:00Z",
    "note": "wrong size",
    "refund_line_items": [{"line_item_id": "a", "quantity": 1, "amount": 89.0, "currency": "EUR"}],
    "transactions": [
        {
            "id": "t",
            "created_at": "2025-11-21T10:00:00Z",
            "amount": 89.0,
            "currency": "EUR",
            "kind": "refund",
            "payment_detail": {"card_brand": "Visa", "card_number": "4111111111114242"},
        }
    ],
}
RETURN = {
    "id": "t-1",
    "name": "#R-1",
    "status": "Label sent",
    "return_line_items": [{"id": "l", "line_item_id": "b", "quantity": 2, "processed_quantity": 0}],
    "shipping_fees": [{"id": "f", "amount": 4.9, "currency": "EUR"}],
    "tracking_info": [{"tracking_number": "NP 1", "external_url": "https://nordpost.example/NP1"}],
}


def content(*items: dict[str, Any], following: str | None = None, **embedded: Any) -> dict[str, Any]:
    made = page(*items, next_cursor=following)
    made["_embedded"].update(embedded)
    return made


def test_refund_and_return_stand_on_the_card_of_their_item(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=content(item("a"), item("b"), item("c"), refunds=[REFUND], returns=[RETURN])))

    html = soup(browser.get("/orders/", LOOKUP))

    refund = one(html, '[data-item-id="a"] [data-refund="r-1"]')
    assert text(refund, "[data-amount]") == "€89.00"
    assert " ".join(refund.get_text().split()) == "€89.00 refunded on Fri, Nov 21, 2025 – 1 unit – wrong size"
    returned = one(html, '[data-item-id="b"] [data-return="t-1"]')
    assert " ".join(returned.get_text().split()) == "Return #R-1: Label sent – Processed: 0 of 2"
    assert html.select('[data-item-id="c"] :is([data-refund], [data-return], .after-sales)') == []


def test_list_tells_each_with_its_fields_behind_a_disclosure(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=content(item("a", name="Trainers"), refunds=[REFUND], returns=[RETURN])))

    html = soup(browser.get("/orders/", LOOKUP))

    refund, returned = one(html, '#extras [data-refund="r-1"]'), one(html, '#extras [data-return="t-1"]')
    assert text(refund, "[data-amount]") == "€89.00"
    assert text(refund, "p").endswith("refunded on Fri, Nov 21, 2025 – Trainers – 1 unit – wrong size")
    assert "Paid back to Visa •••• 4242" in text(refund, ".facts:not(.fields *)")
    assert "refund_line_items 1 › line_item_id a" in text(refund, "details.fields")
    assert text(returned, "[data-amount]") == "€4.90"
    assert one(returned, "a")["href"] == "https://nordpost.example/NP1"
    assert text(returned, "[data-tracking]") == "NP 1"
    assert "All fields" in text(returned, "details.fields summary")
    assert not any("open" in fields.attrs for fields in html.select("details.fields"))


def test_card_number_is_nowhere_on_the_page(browser: Client, erc: StubErc) -> None:
    unknown = {"payment_detail": {"card_number": "4111111111114242"}}
    erc.answers(Reply(content=content(item("a"), refunds=[REFUND, unknown], returns=[unknown])))

    body = browser.get("/orders/", LOOKUP).content.decode()

    assert "41111111" not in body
    assert body.count("•••• 4242") == 4


def test_entry_of_an_unknown_shape_shows_its_fields(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=content(item("a"), refunds=[{"reference": "R-9", "sum": {"value": 5}}])))

    html = soup(browser.get("/orders/", LOOKUP))

    assert text(html, "#extras > details > summary") == "Refunds (1)"
    assert text(html, "#extras [data-refund] .facts") == "reference R-9 sum › value 5"
    assert html.select("details.fields") == []


def test_items_that_share_an_id_all_have_the_line(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=content(item("a"), item("a", name="Another"), refunds=[REFUND])))

    html = soup(browser.get("/orders/", LOOKUP))

    assert len(html.select('[data-item-id="a"] [data-refund="r-1"]')) == 2


def test_refund_of_an_item_that_is_not_there_stands_in_the_list_alone(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=content(item("z"), refunds=[REFUND])))

    html = soup(browser.get("/orders/", LOOKUP))

    assert "a – 1 unit" in text(html, '#extras [data-refund="r-1"] p')
    assert html.select("[data-item-id] [data-refund]") == []


def test_card_that_was_drawn_before_gets_a_new_line(browser: Client, erc: StubErc) -> None:
    later = {**REFUND, "id": "r-2"}
    erc.answers(
        Reply(content=content(item("a"), refunds=[REFUND])),
        Reply(content=content(item("a"), refunds=[REFUND, later])),
        Reply(content=content(item("a"))),
    )
    again = {**LOOKUP, "refresh": "1"}

    pages = [soup(browser.get("/orders/", asked)) for asked in (LOOKUP, again, again)]

    assert [len(html.select('[data-item-id="a"] [data-refund]')) for html in pages] == [1, 2, 0]


def test_later_page_has_lines_of_its_own_cards_and_the_list_of_all(browser: Client, erc: StubErc) -> None:
    erc.answers(
        Reply(content=content(item("a"), following="c", refunds=[REFUND], returns=[RETURN])),
        Reply(content=content(item("b"), refunds=[REFUND], returns=[RETURN])),
    )
    first = soup(browser.get("/orders/", LOOKUP))

    more = soup(browser.get(str(one(first, "[data-load-more]")["href"]), headers=HTMX))

    assert "Return #R-1: Label sent" in one(more, '[data-item-id="b"] [data-return]').get_text()
    assert one(more, "#extras")["hx-swap-oob"] == "true"
    assert len(more.select("#extras [data-refund], #extras [data-return]")) == 2


def test_refund_that_only_a_later_page_brings_is_in_the_list_and_after_a_refresh_on_the_card(
    browser: Client, erc: StubErc
) -> None:
    pages = (
        Reply(content=content(item("a"), following="c")),
        Reply(content=content(item("b"), refunds=[REFUND])),
    )
    erc.answers(*pages, *pages)
    first = soup(browser.get("/orders/", LOOKUP))
    more = soup(browser.get(str(one(first, "[data-load-more]")["href"]), headers=HTMX))

    refreshed = soup(browser.get(str(one(more, "[data-refresh]")["href"])))

    assert len(more.select('#extras [data-refund="r-1"]')) == 1
    assert more.select("[data-item-id] [data-refund]") == []
    assert len(refreshed.select('[data-item-id="a"] [data-refund="r-1"]')) == 1


def test_later_page_without_refunds_leaves_the_list_as_it_is(browser: Client, erc: StubErc) -> None:
    erc.answers(
        Reply(content=content(item("a"), following="c", refunds=[REFUND])), Reply(content=content(item("b")))
    )
    first = soup(browser.get("/orders/", LOOKUP))

    more = soup(browser.get(str(one(first, "[data-load-more]")["href"]), headers=HTMX))

    assert more.select("#extras") == []


def test_hostile_refund_is_escaped(browser: Client, erc: StubErc) -> None:
    bad = '"><img src=x onerror=alert(1)>\u202e</li></ul>'
    texts = {"note": bad, "created_at": bad, "issued_by": {"display_name": bad, "source": bad}}
    refund = {"id": bad, **texts, "refund_line_items": [{"line_item_id": "a", "amount": 1, "currency": bad}]}
    returned = {"id": bad, "name": bad, "status": bad, "return_line_items": [{"line_item_id": "a"}]}
    tracking = [{"tracking_number": bad, "external_url": "javascript:alert(1)"}]
    erc.answers(
        Reply(content=content(item("a"), refunds=[refund], returns=[{**returned, "tracking_info": tracking}]))
    )

    response = browser.get("/orders/", LOOKUP)

    html = soup(response)
    assert html.select("#extras img, article .after-sales img, #extras [data-return] a") == []
    assert not any(name.startswith("on") for tag in html.find_all() for name in tag.attrs)
    assert "\u202e" not in response.content.decode()
    assert len(html.select('[data-item-id="a"] [data-refund], [data-item-id="a"] [data-return]')) == 2


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "pt-br", "ar"])
def test_everyday_order_has_its_refund_and_return_in_every_language(
    browser: Client, sandbox: SandboxServer, language: str
) -> None:
    order = {"customer_id": "C-2003", "order_id": "A-30007"}

    html = soup(browser.get("/orders/", order, headers={"Accept-Language": language}))

    card = one(html, '[data-item-id="itm-A-30007-1"]')
    amount = text(card, "[data-refund] [data-amount]")
    assert "".join(filter(str.isdigit, amount)) == "116220"
    assert "Another shade" not in card.get_text()
    assert "#R-A-30007" in text(card, "[data-return]")
    assert "Mastercard •••• 5454 · Kestrel Pay" in text(html, "#extras [data-refund] > .facts")
    assert text(html, "#extras [data-return] [data-amount]") == amount
    assert text(html, "#extras [data-return] a").startswith("NP R A-30007")


def test_sandbox_shows_refunds_of_several_items_with_an_exchange_and_a_decline(
    browser: Client, sandbox: SandboxServer
) -> None:
    html = soup(browser.get("/orders/", {"customer_id": "C-1005", "order_id": "A-21110"}))

    shirt, shoes = one(html, '[data-item-id="itm-21110-1"]'), one(html, '[data-item-id="itm-21110-2"]')
    assert text(shirt, "[data-refund] [data-amount]") == "€49.80"
    assert "Exchange for TEE-ORG-L-RO · size: L" in shirt.get_text()
    assert text(shoes, "[data-refund] [data-amount]") == "€89.00"
    assert "Return #R-3308: Received" in one(shoes, "[data-return]").get_text()
    assert text(html, '#extras [data-refund="rfd-5011"] p [data-amount]') == "€84.10"
    assert "Declined: Final sale" in text(html, '#extras [data-return="rtn-3316"]')
