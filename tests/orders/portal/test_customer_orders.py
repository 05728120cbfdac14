"""The page of a customer's orders: who, the orders, how the list goes on, and what is recorded."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import translation

from orders.models import AccessLogEntry
from tests.support.family import address, customer, money, order, orders_page, serve_family
from tests.support.order_pages import LIST, order_ids, orders_of, walk
from tests.support.pages import HTMX, one, soup, text
from tests.support.stub_erc import Reply, StubErc


def entries() -> list[AccessLogEntry]:
    return list(AccessLogEntry.objects.order_by("id"))


def test_page_says_who_the_customer_is(browser: Client, erc: StubErc) -> None:
    home = address(id="adr-2", city="Porto")
    known = customer(
        addresses=[address(default=False), home],
        brand="North",
        average_order_value=money(41.5),
        integration_info={"external_url": "https://shop.example/admin/7", "type": "SHOPIFY"},
    )
    serve_family(erc, customers=[known])

    head = soup(browser.get("/customers/", LIST))

    assert text(head, "[data-customer-name]") == "Ines Duarte"
    assert text(head, ".who") == "Customer C-1"
    assert text(head, ".customer-facts") == (
        "Customer since Feb 3, 2024 Brand North City Porto E-mail address ines@mail.example"
        " Phone number +351 910 000 001 Average order €41.50 Shop Customer in the shop (opens in a new tab)"
    )
    link = one(head, ".customer-facts a")
    assert link["href"] == "https://shop.example/admin/7"
    assert link["rel"] == ["noopener", "noreferrer"]


def test_page_has_a_line_for_each_order_in_the_order_of_the_api(browser: Client, erc: StubErc) -> None:
    later, earlier = "2026-01-04T09:15:00Z", "2021-05-01T00:00:00Z"
    serve_family(
        erc,
        orders=[
            order("O-2", "#B", purchase_datetime=earlier, items_number=3, delivery_status="On its way"),
            order("O-1", "#A", purchase_datetime=later, status="Cancelled"),
        ],
    )

    html = soup(browser.get("/customers/", LIST))

    rows = [" ".join(row.get_text(" ").split()) for row in html.select("[data-order-id]")]
    assert rows[0].startswith("Order #B Sat, May 1, 2021 (")
    assert rows[0].endswith("years ago) 3 items Total €14.00 Dispatched Delivery: On its way")
    assert rows[1].startswith("Order #A Sun, Jan 4")
    assert [str(link["href"]) for link in html.select("[data-order-id] a")] == [
        "/orders/?customer_id=C-1&order_id=O-2",
        "/orders/?customer_id=C-1&order_id=O-1",
    ]
    assert [one(row, "[data-order-total]").get_text() for row in html.select("[data-order-id]")] == ["€14.00"] * 2
    assert text(html, "#shown") == "All 2 orders"
    assert one(html, "[data-list-end]").get_text() == "End of the list."


def test_plain_links_walk_through_all_orders_once(browser: Client, erc: StubErc) -> None:
    serve_family(erc, orders=orders_of("C-1", 60))

    pages = walk(lambda link: soup(browser.get(link)), "/customers/?customer_id=C-1")

    assert [text(html, "#shown") for html in pages] == [
        "20 orders shown, more available",
        "40 orders shown, more available",
        "All 60 orders",
    ]
    assert [name for html in pages for name in order_ids(html)] == [f"O-{number}" for number in range(60)]
    assert one(pages[2], ".continued a")["href"] == "/customers/?customer_id=C-1&limit=20"


def test_load_more_as_fragment_brings_lines_link_and_count_alone(browser: Client, erc: StubErc) -> None:
    serve_family(erc, orders=orders_of("C-1", 45))
    first = soup(browser.get("/customers/", LIST))
    erc.family_asked.clear()

    response = browser.get(str(one(first, "a[data-load-more]")["hx-get"]), headers=HTMX)

    html = soup(response)
    assert order_ids(html) == [f"O-{number}" for number in range(20, 40)]
    assert html.select("html, head, form, h1") == []
    assert text(html, "#shown[hx-swap-oob=true]") == "40 orders shown, more available"
    assert "pages=2" in str(one(html, "#refresh [data-refresh]")["href"])
    assert one(html, "[data-takes-focus]").get_text(" ", strip=True) == "Order #N020"
    assert [asked.endpoint for asked in erc.family_asked] == ["customer_orders"]
    assert "HX-Request" in response["Vary"]


def test_list_as_fragment_is_the_results_alone(browser: Client, erc: StubErc) -> None:
    serve_family(erc)

    html = soup(browser.get("/customers/", LIST, headers=HTMX))

    assert html.select("html, head, header.bar") == []
    assert text(html, "title") == "Orders of customer C-1 – Order items"
    assert len(order_ids(html)) == 7


def test_history_restore_gets_the_whole_page(browser: Client, erc: StubErc) -> None:
    serve_family(erc)

    html = soup(browser.get("/customers/", LIST, headers={**HTMX, "HX-History-Restore-Request": "true"}))

    assert text(html, "html > head > title") == "Orders of customer C-1 – Order items"


@pytest.mark.parametrize("forged", ["&cursor=at-20", "&cursor=at-20&trail=x:y"])
def test_forged_cursor_is_refused_and_not_asked_for(browser: Client, erc: StubErc, forged: str) -> None:
    serve_family(erc, orders=orders_of("C-1", 45))

    response = browser.get(f"/customers/?customer_id=C-1{forged}")

    assert response.status_code == 400
    assert "did not come from the portal" in text(soup(response), "[role=alert][data-error=bad_request]")
    assert erc.everything_asked == []


def test_cursor_of_another_customers_list_is_refused(browser: Client, erc: StubErc) -> None:
    serve_family(erc, orders=orders_of("C-1", 45))
    link = str(one(soup(browser.get("/customers/", LIST)), "a[data-load-more]")["href"])
    erc.family_asked.clear()

    response = browser.get(link.replace("customer_id=C-1", "customer_id=C-2"))

    assert response.status_code == 400
    assert erc.family_asked == []


def test_refresh_brings_all_pages_of_the_list_again(browser: Client, erc: StubErc) -> None:
    serve_family(erc, orders=orders_of("C-1", 45))
    pages = walk(lambda link: soup(browser.get(link)), "/customers/?customer_id=C-1")
    erc.family_asked.clear()

    html = soup(browser.get(str(one(pages[-1], "[data-refresh]")["href"])))

    assert len(order_ids(html)) == 45
    of_the_list = ["customer_orders"] * 3
    assert sorted(asked.endpoint for asked in erc.family_asked) == ["customer", *of_the_list, "customers"]


def test_customer_without_orders_is_told_in_words(browser: Client, erc: StubErc) -> None:
    serve_family(erc)

    response = browser.get("/customers/", {"customer_id": "C-3"})

    html = soup(response)
    assert response.status_code == 200
    assert text(html, ".blank h2") == "This customer has no orders"
    assert (text(html, "#shown"), text(html, "h1")) == ("No orders", "Tomáš Novák")
    assert html.select("[data-order-id], form.narrow-orders") == []


@pytest.mark.parametrize(
    "fields",
    [{"customer_id": None}, {"customer_id": "#N001", "number": "C-1"}, {"customer_id": "C-2"}],
    ids=["none", "swapped", "another"],
)
def test_order_of_no_or_another_customer_is_shown_and_leads_nowhere(
    browser: Client, erc: StubErc, fields: dict[str, Any]
) -> None:
    serve_family(erc)
    erc.answers_at("customer_orders", Reply(content=orders_page(order("O-1", **fields), order("O-2"))))

    html = soup(browser.get("/customers/", LIST))

    assert order_ids(html) == ["O-1", "O-2"]
    assert [str(link["href"]) for link in html.select("[data-order-id] a")] == [
        "/orders/?customer_id=C-1&order_id=O-2"
    ]
    assert "cannot be opened here" in text(html, ".notice")


def test_customer_that_the_api_mixes_up_is_nobody(browser: Client, erc: StubErc) -> None:
    serve_family(erc)
    erc.answers_at("customer", Reply(content=customer("C-2", first_name="Íris")))
    erc.answers_at("customers", Reply(404))

    response = browser.get("/customers/", LIST)

    assert text(soup(response), "h1") == "Customer C-1"
    assert "Íris" not in response.content.decode()


def test_entries_that_cannot_be_read_are_counted(browser: Client, erc: StubErc) -> None:
    serve_family(erc)
    erc.answers_at("customer_orders", Reply(content=orders_page(order(), 7, {"order_number": "#2"})))

    html = soup(browser.get("/customers/", LIST))

    assert order_ids(html) == ["O-1"]
    assert one(html, "[data-unreadable]")["data-unreadable"] == "2"
    assert text(html, "#shown") == "1 order shown"


def test_empty_pages_are_skipped(browser: Client, erc: StubErc) -> None:
    serve_family(erc)
    erc.answers_at(
        "customer_orders",
        Reply(content=orders_page(next_cursor="1")),
        Reply(content=orders_page(next_cursor="2")),
        Reply(content=orders_page(order())),
    )

    assert order_ids(soup(browser.get("/customers/", LIST))) == ["O-1"]


def test_list_that_keeps_sending_the_same_orders_ends_with_a_notice(browser: Client, erc: StubErc) -> None:
    serve_family(erc)
    erc.answers_at("customer_orders", Reply(content=orders_page(order(), next_cursor="1")))
    first = soup(browser.get("/customers/", LIST))

    html = soup(browser.get(str(one(first, "a[data-load-more]")["href"]), headers=HTMX))

    assert html.select("[data-order-id], [data-load-more]") == []
    assert "keeps sending the same orders" in text(html, "[data-list-end]")


def test_each_list_is_one_row_of_the_access_log(browser: Client, erc: StubErc) -> None:
    serve_family(erc, orders=orders_of("C-1", 25))

    walk(lambda link: soup(browser.get(link)), "/customers/?customer_id=C-1")
    browser.get("/customers/", {"customer_id": "C-404"})

    assert [(row.kind, row.customer_id, row.order_id, row.page, row.items) for row in entries()] == [
        ("orders", "C-1", "", 1, 20),
        ("orders", "C-1", "", 2, 5),
        ("orders", "C-404", "", 1, None),
    ]
    assert [(row.outcome, row.source, row.surface, row.agent) for row in entries()] == [
        ("ok", "live", "portal", "agent"),
        ("ok", "live", "portal", "agent"),
        ("not_found", "", "portal", "agent"),
    ]


def test_nothing_is_shown_that_cannot_be_recorded(
    browser: Client, erc: StubErc, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_family(erc)

    def fail(**_fields: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(AccessLogEntry.objects, "create", fail)

    response = browser.get("/customers/", LIST)

    assert response.status_code == 503
    assert order_ids(soup(response)) == []
    assert "Ines" not in response.content.decode()


def test_who_is_signed_out_asks_nothing(client: Client, erc: StubErc) -> None:
    response = client.get("/customers/", LIST)

    assert response.status_code == 302
    assert erc.everything_asked == []


def test_page_speaks_the_agents_language(browser: Client, erc: StubErc) -> None:
    serve_family(erc)

    with translation.override("de"):
        html = soup(browser.get("/customers/", LIST, headers={"Accept-Language": "de"}))

    assert text(html, "#shown") == "Alle 7 Bestellungen"


def test_fragment_with_an_empty_cursor_is_the_whole_list(browser: Client, erc: StubErc) -> None:
    serve_family(erc)

    html = soup(browser.get("/customers/", {**LIST, "cursor": ""}, headers=HTMX))

    assert text(html, "h1") == "Ines Duarte"
