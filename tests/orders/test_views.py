from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client

from tests.stub_erc import Asked, Reply, StubErc, item, page

LOOKUP = {"customer_id": "C-1", "order_id": "O-1"}
HTMX = {"HX-Request": "true"}


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def one(html: BeautifulSoup | Tag, selector: str) -> Tag:
    found = html.select(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def text(html: BeautifulSoup | Tag, selector: str) -> str:
    return " ".join(one(html, selector).get_text(" ").split())


def ids(html: BeautifulSoup) -> list[str]:
    return [str(card["data-item-id"]) for card in html.select("article[data-item-id]")]


def many(total: int, size: int = 20) -> Any:
    """A script that serves `total` items in pages, as an API with opaque cursors does."""

    def script(asked: Asked) -> Reply:
        start = int(asked.query.get("cursor", "at-0").removeprefix("at-"))
        limit = int(asked.query.get("limit", size))
        items = [item(f"i{number}") for number in range(total)][start : start + limit]
        following = f"at-{start + limit}" if start + limit < total else None
        return Reply(content=page(*items, next_cursor=following))

    return script


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
        "Promised Oct 25, 2021 – Oct 26, 2021",
        "Shipped Oct 22, 2021",
        "Last update Oct 24, 2021, 08:00 UTC",
        "Can be returned 2",
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
    assert "Customer C-1" in text(html, ".summary")
    assert text(html, "#shown") == "All 2 items"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", str(one(html, "time[data-as-of]")["datetime"]))
    assert text(html, "time[data-as-of]").endswith("UTC")
    assert text(html, "#statuses") == "1 In transit 1 Delivered"
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
    assert "No delivery yet." in card.get_text()
    assert "None" not in card.get_text()


def test_malformed_entries_are_counted_and_the_others_shown(browser: Client, erc: StubErc) -> None:
    broken: list[Any] = [
        None,
        "x",
        {},
        {"id": "p", "name": "n"},
        {"id": "q", "name": "n", "price": {"value": "?"}},
    ]
    erc.answers(Reply(content=page(item("a"), *broken[:3], item("b"), item("c"), *broken[3:], item("d"))))

    html = soup(browser.get("/orders/", LOOKUP))

    assert ids(html) == ["a", "b", "c", "d"]
    assert one(html, "[data-unreadable]")["data-unreadable"] == "5"
    assert "5 entries could not be read" in text(html, "[data-unreadable]")


def test_plain_links_walk_through_all_items_once(browser: Client, erc: StubErc) -> None:
    erc.items = many(45)
    found: list[str] = []
    counts: list[int] = []
    address: str | None = "/orders/?customer_id=C-1&order_id=O-1&limit=20"

    while address:
        html = soup(browser.get(address))
        found += ids(html)
        counts.append(len(found))
        links = html.select("a[data-load-more]")
        address = str(links[0]["href"]) if links else None

    assert counts == [20, 40, 45]
    assert found == [f"i{number}" for number in range(45)]
    assert text(html, "#shown") == "All 45 items"
    assert one(html, "[data-list-end]").get_text() == "End of the list."


def test_load_more_as_fragment_brings_cards_link_and_totals_alone(browser: Client, erc: StubErc) -> None:
    erc.items = many(45)
    first = soup(browser.get("/orders/", {**LOOKUP, "limit": "20"}))

    response = browser.get(str(one(first, "a[data-load-more]")["hx-get"]), headers=HTMX)

    html = soup(response)
    assert ids(html) == [f"i{number}" for number in range(20, 40)]
    assert html.select("html, head, form, h1") == []
    assert text(html, "#shown[hx-swap-oob=true]") == "40 items shown, more available"
    assert len(html.select("a[data-load-more]")) == 1
    assert "HX-Request" in response["Vary"]


def test_load_more_link_keeps_sorting_limit_and_filters(browser: Client, erc: StubErc) -> None:
    erc.items = many(45)
    asked = {**LOOKUP, "limit": "7", "order_by": "price:desc", "brand": "Ä & Co"}

    link = str(one(soup(browser.get("/orders/", asked)), "a[data-load-more]")["href"])
    browser.get(link)

    assert parse_qs(urlsplit(link).query)["cursor"] == ["at-7"]
    assert erc.asked[1].query == {"limit": "7", "order_by": "price:desc", "brand": "Ä & Co", "cursor": "at-7"}


def test_lookup_as_fragment_is_the_results_alone(browser: Client, erc: StubErc) -> None:
    response = browser.get("/orders/", LOOKUP, headers=HTMX)

    html = soup(response)
    assert html.select("html, head, header.bar") == []
    assert ids(html) == ["item-1"]
    assert one(html, "title").get_text().startswith("Order O-1")


def test_history_restore_gets_the_whole_page(browser: Client, erc: StubErc) -> None:
    html = soup(browser.get("/orders/", LOOKUP, headers={**HTMX, "HX-History-Restore-Request": "true"}))

    assert len(html.select("html")) == 1


def test_next_link_to_another_host_is_only_a_cursor(browser: Client, erc: StubErc) -> None:
    with StubErc() as elsewhere:
        content = page(item("a"))
        content["_links"]["next"] = {"href": f"{elsewhere.base_url}/steal?cursor=c-2"}
        erc.answers(Reply(content=content), Reply(content=page(item("b"))))

        link = one(soup(browser.get("/orders/", LOOKUP)), "a[data-load-more]")
        html = soup(browser.get(str(link["href"])))

        assert ids(html) == ["b"]
        assert erc.asked[1].query["cursor"] == "c-2"
        assert elsewhere.asked == elsewhere.token_asked == []


def test_repeating_cursor_ends_the_list(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page(item("a"), next_cursor="same")))
    first = soup(browser.get("/orders/", LOOKUP))

    html = soup(browser.get(str(one(first, "a[data-load-more]")["href"])))

    assert html.select("a[data-load-more]") == []
    assert "keeps sending the same items" in text(html, "[data-list-end]")


def test_page_that_brings_only_known_items_ends_the_list(browser: Client, erc: StubErc) -> None:
    erc.answers(*(Reply(content=page(item("a"), next_cursor=f"c-{number}")) for number in range(5)))
    first = soup(browser.get("/orders/", LOOKUP))

    html = soup(browser.get(str(one(first, "a[data-load-more]")["href"]), headers=HTMX))

    assert ids(html) == []
    assert html.select("a[data-load-more]") == []
    assert len(html.select("[data-list-end]")) == 1


def test_empty_order_says_so(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page()))

    response = browser.get("/orders/", LOOKUP)

    html = soup(response)
    assert response.status_code == 200
    assert "This order has no items" in html.get_text()
    assert html.select("[role=alert]") == []


ERRORS = [
    (Reply(400, {"code": "C-400", "message": "upstream words"}), "bad_request", 400, False),
    (Reply(401, {"code": "C-401", "message": "upstream words"}), "not_allowed", 502, True),
    (Reply(403, {"code": "C-403", "message": "upstream words"}), "not_allowed", 502, True),
    (Reply(404, {"code": "C-404", "message": "upstream words"}), "not_found", 404, False),
    (Reply(405, {"code": "C-405", "message": "upstream words"}), "invalid_response", 502, True),
    (Reply(429, {"code": "C-429", "message": "upstream words"}), "rate_limited", 429, True),
    (Reply(500, b"<h1>upstream words</h1>"), "unavailable", 503, True),
    (Reply(504, b"upstream words"), "unavailable", 504, True),
    (Reply(200, b"<h1>upstream words</h1>"), "invalid_response", 502, True),
    (Reply(302, b"", {"Location": "http://127.0.0.1:1/"}), "invalid_response", 502, True),
]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize(("reply", "kind", "status", "can_retry"), ERRORS)
def test_upstream_error_has_our_words_status_and_reference(
    browser: Client, erc: StubErc, headers: dict[str, str], reply: Reply, kind: str, status: int, can_retry: bool
) -> None:
    erc.answers(reply)

    response = browser.get("/orders/", LOOKUP, headers=headers)

    html = soup(response)
    alert = one(html, "[role=alert][data-error]")
    assert (response.status_code, alert["data-error"]) == (status, kind)
    assert "upstream words" not in response.content.decode()
    assert response["X-Correlation-ID"] in alert.get_text()
    assert bool(alert.select("a[href]")) is can_retry
    assert ("Retry-After" in response) is (kind in ("rate_limited", "unavailable"))
    assert ids(html) == []


def test_rate_limit_passes_on_when_to_come_back(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(429, b"", {"Retry-After": "3600"}))

    response = browser.get("/orders/", LOOKUP)

    assert response["Retry-After"] == "3600"
    assert len(soup(response).select("[role=alert] time[datetime]")) == 1


def test_error_on_load_more_stays_in_its_place_and_retries_the_same_page(browser: Client, erc: StubErc) -> None:
    erc.items = many(45)
    link = str(one(soup(browser.get("/orders/", LOOKUP)), "a[data-load-more]")["href"])
    erc.answers(Reply(503, b""))

    response = browser.get(link, headers=HTMX)

    html = soup(response)
    assert response.status_code == 503
    assert parse_qs(urlsplit(str(one(html, ".more a")["href"])).query) == parse_qs(urlsplit(link).query)
    assert html.select("h1, article") == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"customer_id": "C-1"}, "Enter the order id."),
        ({"order_id": "O-1"}, "Enter the customer id."),
        ({**LOOKUP, "limit": "many"}, "whole number"),
        ({**LOOKUP, "order_by": "price"}, "sorting"),
        ({"customer_id": "..", "order_id": "O-1"}, "no id can have"),
    ],
)
def test_input_that_cannot_be_sent_is_refused_without_asking(
    browser: Client, erc: StubErc, query: dict[str, str], said: str
) -> None:
    response = browser.get("/orders/", query)

    assert response.status_code == 400
    assert said in text(soup(response), '[role=alert][data-error="bad_request"]')
    assert erc.asked == []


def test_start_page_has_the_lookup_form(browser: Client, erc: StubErc) -> None:
    html = soup(browser.get("/orders/"))

    form = one(html, 'form[method=get][action="/orders/"]')
    assert {field["name"] for field in form.select("input")} == {"customer_id", "order_id"}
    assert erc.asked == []


def test_ids_with_reserved_characters_reach_the_api_whole(browser: Client, erc: StubErc) -> None:
    html = soup(browser.get("/orders/", {"customer_id": " a/b#c?d%é ", "order_id": "100%/x"}))

    assert erc.asked[0].path.endswith("/customers/a%2Fb%23c%3Fd%25%C3%A9/orders/100%25%2Fx/items")
    assert text(html, ".who") == "Customer a/b#c?d%é"


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


@pytest.mark.parametrize("path", ["/", "/orders/", "/orders/?customer_id=C-1&order_id=O-1"])
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_signed_out_nothing_is_shown_or_fetched(client: Client, erc: StubErc, path: str, method: str) -> None:
    response = getattr(client, method)(path)

    assert response.status_code == 302
    assert response["Location"].startswith("/login/?next=")
    assert erc.asked == erc.token_asked == []


@pytest.mark.django_db
def test_signed_out_fragment_sends_the_browser_to_sign_in(client: Client, erc: StubErc) -> None:
    headers = {**HTMX, "HX-Current-URL": "http://testserver/orders/?customer_id=C-1&order_id=O-1"}

    response = client.get("/orders/", LOOKUP, headers=headers)

    assert response["HX-Redirect"] == "/login/?next=/orders/%3Fcustomer_id%3DC-1%26order_id%3DO-1"
    assert response.content == b""
    assert erc.asked == []


@pytest.mark.parametrize(
    ("following", "lands"),
    [
        ("/orders/?customer_id=C-1&order_id=O-1", "/orders/?customer_id=C-1&order_id=O-1"),
        ("", "/orders/"),
        ("https://attacker.example/", "/orders/"),
        ("//attacker.example/", "/orders/"),
        ("/\\attacker.example/", "/orders/"),
        ("javascript:alert(1)", "/orders/"),
    ],
)
def test_sign_in_goes_on_to_next_and_nowhere_else(client: Client, agent: User, following: str, lands: str) -> None:
    credentials = {"username": "agent", "password": "correct horse battery", "next": following}

    response = client.post("/login/", credentials)

    assert (response.status_code, response["Location"]) == (302, lands)


@pytest.mark.django_db
def test_refused_sign_in_says_so_without_naming_what_was_wrong(client: Client, agent: User) -> None:
    wrong = soup(client.post("/login/", {"username": "agent", "password": "wrong"}))
    unknown = soup(client.post("/login/", {"username": "nobody", "password": "wrong"}))

    assert text(wrong, "[role=alert]") == text(unknown, "[role=alert]")


def test_sign_out_ends_the_session(browser: Client, erc: StubErc) -> None:
    browser.post("/logout/")

    assert browser.get("/orders/", LOOKUP).status_code == 302


def test_pages_with_customer_data_are_never_stored_and_carry_the_policy(browser: Client, erc: StubErc) -> None:
    response = browser.get("/orders/", LOOKUP)

    policy = response["Content-Security-Policy"]
    assert {"no-store", "private"} <= set(response["Cache-Control"].replace(",", " ").split())
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_health_and_readiness_need_no_sign_in(client: Client) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").content == b"ok\n"


@pytest.mark.django_db
def test_readiness_names_what_is_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise OperationalError

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", broken)

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"not ready: database\n")


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_unknown_address_is_a_plain_404(browser: Client, headers: dict[str, str]) -> None:
    response = browser.get("/nothing", headers=headers)

    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


@pytest.mark.parametrize(("headers", "whole"), [({}, True), (HTMX, False)], ids=["page", "fragment"])
def test_fault_of_the_portal_is_said_with_a_reference(
    browser: Client, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], whole: bool
) -> None:
    def broken(*_args: object, **_options: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("orders.services.list_order_items", broken)
    browser.raise_request_exception = False

    response = browser.get("/orders/", LOOKUP, headers=headers)

    assert response.status_code == 500
    assert response["X-Correlation-ID"] in response.content.decode()
    assert "secret detail" not in response.content.decode()
    assert bool(soup(response).select("html")) is whole
