from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.support.pages import LOOKUP, ids, one, soup, text
from tests.support.stub_erc import Reply, StubErc, item, page

DELIVERY = {
    "id": "d-1",
    "delivery_quantity": 2,
    "latest_status_info": {"type": "IN_TRANSIT", "status_date_time": "2021-10-23T12:16:50.078Z"},
    "tracking_info": {"tracking_number": "#USPS 123456789", "external_url": "https://usps.example/track?n=1&x=2"},
    "last_update": "2021-10-24T08:00:00Z",
    "carrier": "USPS",
    "service_level": "Priority",
    "delivery_type": "HOME",
    "description": "Leave at the door",
    "delivery_date_start": "2021-10-25",
    "delivery_date_end": "2021-10-26",
    "shipping_date": "2021-10-22",
    "returnable_quantity": 2,
}


WHOLE = item(
    "i-1",
    name="Kettle",
    description="Boils water",
    brand="Arda",
    price={"value": 1234.5, "currency": "USD"},
    image_url="https://cdn.example/kettle.png",
    quantity=3,
    sku="K-1",
    deliverable_quantity=1,
    refundable_quantity=2,
    deliveries=[DELIVERY],
    custom_fields={"engraving": "For Ada"},
)


def test_page_shows_every_field_of_an_item(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page(WHOLE)))

    html = soup(browser.get("/orders/", LOOKUP))

    card = one(html, 'article[data-item-id="i-1"]')
    whole = " ".join(card.get_text(" ").split())
    assert text(card, "[data-price]") == "$1,234.50"
    assert text(card, "[data-quantity]") == "3"
    assert text(card, "[data-sku]") == "K-1"
    for said in ("Kettle", "Arda", "Boils water", "Still to be delivered 1", "Refundable 2", "engraving For Ada"):
        assert said in whole
    picture = one(card, "img")
    assert picture["src"] == "https://cdn.example/kettle.png"
    assert (picture["loading"], picture["referrerpolicy"], picture["alt"]) == ("lazy", "no-referrer", "")
    assert picture["width"] == picture["height"] == "96"


def test_page_shows_every_field_of_a_delivery(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page(WHOLE)))

    html = soup(browser.get("/orders/", LOOKUP))

    delivery = one(html, '[data-delivery-id="d-1"]')
    whole = " ".join(delivery.get_text(" ").split())
    link = one(delivery, "a")
    now = one(delivery, "ol[data-timeline] li[aria-current=step]")
    assert delivery["data-status"] == "IN_TRANSIT"
    for said in (
        "2 units",
        "In transit",
        "USPS · Priority",
        "HOME",
        "Leave at the door",
        "Was expected by Tue, Oct 26, 2021",
        "Shipped Fri, Oct 22, 2021",
        "Last update Sun, Oct 24, 2021, 08:00",
        "Returnable units 2",
    ):
        assert said in whole
    assert link["href"] == "https://usps.example/track?n=1&x=2"
    assert "#USPS 123456789" in link.get_text()
    assert (link["target"], link["rel"], link["referrerpolicy"]) == (
        "_blank",
        ["noopener", "noreferrer"],
        "no-referrer",
    )
    assert "In transit" in now.get_text()
    assert one(now, "time")["datetime"] == "2021-10-23T12:16:50+00:00"
    assert len(delivery.select("ol[data-timeline] time")) == 1


def test_page_says_who_which_order_and_when(browser: Client, erc: StubErc) -> None:
    erc.answers(
        Reply(
            content={
                **page(
                    WHOLE, item("i-2", deliveries=[{"id": "d-2", "latest_status_info": {"type": "DELIVERED"}}])
                ),
                "custom_fields": {"channel": "web", "gift": True},
            }
        )
    )

    html = soup(browser.get("/orders/", LOOKUP))

    assert text(html, "h1") == "Order O-1"
    assert "Customer C-1" in text(html, ".identity")
    assert text(html, "#shown") == "2 items"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", str(one(html, "time[data-as-of]")["datetime"]))
    assert str(one(html, "time[data-as-of]")["title"]).endswith("UTC")
    assert text(html, ".freshness").startswith("Updated just now")
    assert text(html, ".freshness").endswith("times in UTC")
    assert "channel web" in text(html, "#extras")
    assert "gift Yes" in text(html, "#extras")


def test_refunds_and_returns_are_shown_where_they_come(browser: Client, erc: StubErc) -> None:
    content = page(item())
    content["_embedded"].update(refunds=[{"id": "R-9", "amount": 5}], returns=[{"state": "RECEIVED"}])
    erc.answers(Reply(content=content))

    html = soup(browser.get("/orders/", LOOKUP))

    assert "Refunds (1)" in text(html, "#extras")
    assert "R-9" in text(html, "#extras")
    assert "Returns (1)" in text(html, "#extras")


@pytest.mark.parametrize(
    ("literal", "currency", "shown"),
    [
        ("10.10", "EUR", "€10.10"),
        ("0.1", "EUR", "€0.10"),
        ("12345678901234567.89", "USD", "$12,345,678,901,234,567.89"),
        ("1500", "JPY", "¥1,500"),
        ("1.5", "KWD", "KWD\N{NO-BREAK SPACE}1.500"),
        ("7.25", "PTS", "PTS\N{NO-BREAK SPACE}7.25"),
    ],
)
def test_price_reaches_the_page_to_the_last_digit(
    browser: Client, erc: StubErc, literal: str, currency: str, shown: str
) -> None:
    price = f'{{"value":{literal},"currency":"{currency}"}}'
    erc.answers(Reply(content=f'{{"_embedded":{{"items":[{{"id":"1","name":"n","price":{price}}}]}}}}'.encode()))

    html = soup(browser.get("/orders/", LOOKUP))

    assert one(html, "[data-price]").get_text() == shown


def test_item_with_only_the_required_fields_is_shown(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page(item("bare"))))

    html = soup(browser.get("/orders/", LOOKUP))

    card = one(html, "article")
    assert not card.select("img, [data-quantity], [data-sku], [data-delivery-id]")
    assert "No shipment yet." in card.get_text()
    assert "None" not in card.get_text()


def test_malformed_entries_are_counted_and_the_others_shown(browser: Client, erc: StubErc) -> None:
    broken: list[Any] = [
        None,
        "x",
        {},
        {"id": "p"},
        {"id": "q", "name": None, "price": {"value": "?"}},
    ]
    erc.answers(Reply(content=page(item("a"), *broken[:3], item("b"), item("c"), *broken[3:], item("d"))))

    html = soup(browser.get("/orders/", LOOKUP))

    assert ids(html) == ["a", "b", "c", "d"]
    assert one(html, "[data-unreadable]")["data-unreadable"] == "5"
    assert "5 entries could not be read" in text(html, "[data-unreadable]")
    assert text(html, "#shown") == "4 items, others could not be read"


def test_malformed_entries_of_an_earlier_page_are_not_forgotten(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page(item("a"), None, next_cursor="c")), Reply(content=page(item("b"))))
    first = soup(browser.get("/orders/", LOOKUP))

    last = soup(browser.get(str(one(first, "a[data-load-more]")["href"]), headers={"HX-Request": "true"}))

    assert one(first, "[data-unreadable]")["data-unreadable"] == "1"
    assert last.select("[data-unreadable]") == []
    assert text(last, "#shown") == "2 items, others could not be read"


def test_empty_order_says_so_once(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page()))

    response = browser.get("/orders/", LOOKUP)

    html = soup(response)
    assert response.status_code == 200
    assert text(html, "#order-answer") == "This order has no items."
    assert html.get_text().count("This order has no items") == 1
    assert text(html, "[data-list-end]").startswith("The order exists")
    assert text(html, "#shown") == "No items"
    assert html.select("[role=alert]") == []


HOSTILE = "<script>alert(1)</script>\u202e\x00\x1b[31m' onmouseover='x"


def test_hostile_text_is_escaped_everywhere(browser: Client, erc: StubErc) -> None:
    delivery = {
        "id": HOSTILE,
        "latest_status_info": {"type": HOSTILE, "status_date_time": HOSTILE},
        "tracking_info": {"tracking_number": HOSTILE, "external_url": "javascript:alert(1)"},
        **dict.fromkeys(["last_update", "carrier", "delivery_type", "service_level", "description"], HOSTILE),
    }
    hostile = item(
        HOSTILE,
        name=HOSTILE,
        brand=HOSTILE,
        description=HOSTILE * 2000,
        sku=HOSTILE,
        image_url="data:image/svg+xml,<svg onload=alert(1)>",
        price={"value": 1, "currency": HOSTILE},
        deliveries=[delivery],
        custom_fields={HOSTILE: {HOSTILE: HOSTILE}},
    )
    erc.answers(
        Reply(content={**page(hostile, next_cursor="%22%3E%3Cscript%3E"), "custom_fields": {"a": HOSTILE}})
    )

    response = browser.get("/orders/", {"customer_id": "<script>", "order_id": '"><script>'})

    body = response.content.decode()
    html = soup(response)
    assert "<script>alert" not in body
    assert not set(body) & {"\u202e", "\x00", "\x1b"}
    assert {str(script.get("src", "")).split("/")[1] for script in html.select("script")} == {"static"}
    assert html.select("article img, article a") == []
    assert not any(name.startswith("on") for tag in html.find_all() for name in tag.attrs)


def test_filters_that_no_item_matches_say_nothing_of_the_whole_order(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page()))

    html = soup(browser.get("/orders/", {**LOOKUP, "brand": "Arda"}))

    assert text(html, "#order-answer") == "No item matches the filters."
    assert text(html, "#shown") == "No items shown"
    assert text(html, "[data-list-end]") == "The order may have items that do not match."
    assert "has no items" not in html.get_text()


def test_filters_are_told_and_can_be_lifted(browser: Client, erc: StubErc) -> None:
    html = soup(browser.get("/orders/", {**LOOKUP, "brand": "Ä & Co", "carrier": "DHL"}))

    assert "Brand: Ä & Co" in text(html, ".filters")
    assert "Carrier: DHL" in text(html, ".filters")
    assert text(html, "#filters-shown") == "Only items that match these filters are shown."
    assert one(html, ".filters a")["href"] == "/orders/?customer_id=C-1&order_id=O-1&limit=20"


def test_ids_of_the_order_are_copied_exactly(browser: Client, erc: StubErc) -> None:
    html = soup(browser.get("/orders/", {"customer_id": 'C  "1"', "order_id": "O/1 <b>"}))

    copied = [button["data-copy"] for button in html.select(".summary-head [data-copy]")]
    assert copied == ["O/1 <b>", 'C  "1"']
    assert one(html, "h1").get_text() == "Order O/1 <b>"


def test_each_of_several_deliveries_has_its_sentence_to_read(browser: Client, erc: StubErc) -> None:
    one_of_them, other = {"id": "d1", "delivery_quantity": 1}, {"id": "d2", "delivery_quantity": 2}
    erc.answers(
        Reply(content=page(item("a", deliveries=[one_of_them]), item("b", deliveries=[one_of_them, other])))
    )

    html = soup(browser.get("/orders/", LOOKUP))

    sentences = [sentence.get_text() for sentence in html.select("[data-delivery-answer]")]
    assert sentences == ["1 unit: no status yet.", "2 units: no status yet."]
    assert len(html.select("[data-delivery-id] .answer [data-copy-message]")) == 2


@pytest.mark.parametrize("number", [1, 5])
def test_button_says_what_it_copies(browser: Client, erc: StubErc, number: int) -> None:
    names = [f"Chair {place}" for place in range(number)]
    tracked = [
        {**DELIVERY, "id": f"d-{place}", "tracking_info": {"tracking_number": f"T-{place}"}}
        for place in range(number)
    ]
    items = [
        item(f"i-{place}", name=name, sku=f"S-{place}", deliveries=[tracked[place]])
        for place, name in enumerate(names)
    ]
    erc.answers(Reply(content=page(*items)))

    html = soup(browser.get("/orders/", LOOKUP))

    said = [str(button["aria-label"]) for button in html.select("[data-item-id] .copy")]
    for place, name in enumerate(names):
        for label in (f"Copy message about {name}", f"Copy SKU S-{place}", f"Copy tracking number T-{place}"):
            assert label in said
    assert len(said) == len(set(said))


def test_row_of_an_item_that_is_sent_in_part_says_so_before_it_opens(browser: Client, erc: StubErc) -> None:
    others = [item(f"i-{number}") for number in range(2, 5)]
    erc.answers(Reply(content=page(WHOLE, *others)))

    html = soup(browser.get("/orders/", LOOKUP))

    assert "1 unit with no shipment yet." in text(html, "[data-item-id='i-1'] summary")
