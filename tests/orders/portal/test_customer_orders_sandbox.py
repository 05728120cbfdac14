"""A customer's orders on a real socket, by an API that refuses what strays from its reference."""

from __future__ import annotations

import pytest
from django.test import Client

from ercportal.demo.sandbox.server import SandboxServer
from tests.support.order_pages import order_ids, walk
from tests.support.pages import one, soup, text
from tests.support.sandbox import shared_catalogue

MANY = "C-2007"


def list_of(customer_id: str, **more: str) -> dict[str, str]:
    return {"customer_id": customer_id, **more}


def known_orders(customer_id: str) -> list[str]:
    return [placed.order_id for placed in shared_catalogue().placed_by(customer_id)]


@pytest.mark.parametrize("limit", ["20", "7", "50"])
def test_sixty_orders_come_by_load_more_each_once_and_newest_first(
    browser: Client, sandbox: SandboxServer, limit: str
) -> None:
    pages = walk(lambda link: soup(browser.get(link)), f"/customers/?customer_id={MANY}&limit={limit}")

    found = [name for html in pages for name in order_ids(html)]
    assert found == known_orders(MANY)
    assert len(set(found)) == 60
    assert text(pages[-1], "#shown") == "All 60 orders"


def test_each_order_leads_to_its_items(browser: Client, sandbox: SandboxServer) -> None:
    html = soup(browser.get("/customers/", list_of(MANY, limit="3")))

    for link in html.select("[data-order-id] a"):
        assert soup(browser.get(str(link["href"]))).select("article[data-item-id]")


def test_page_says_who_and_narrows_by_number(browser: Client, sandbox: SandboxServer) -> None:
    html = soup(browser.get("/customers/", list_of(MANY)))
    number = html.select("[data-order-number]")[4].get_text()
    form = one(html, "form.narrow-orders")

    narrowed = soup(browser.get(browser.post(str(form["action"]), {"search": number})["Location"]))

    assert text(html, "[data-customer-name]")
    assert "Warszawa" in text(html, ".customer-facts")
    assert [shown.get_text() for shown in narrowed.select("[data-order-number]")] == [number]


def test_orders_of_swapped_or_missing_fields_are_shown_and_lead_nowhere(
    browser: Client, sandbox: SandboxServer
) -> None:
    for customer_id in ("C-3002", "C-3003", "C-3005", "C-3006"):
        html = soup(browser.get("/customers/", list_of(customer_id)))

        assert order_ids(html) == known_orders(customer_id)
        assert order_ids(html)
        assert html.select("[data-order-id] a") == []


def test_customer_without_orders_has_a_page(browser: Client, sandbox: SandboxServer) -> None:
    everybody = (known.customer_id for known in shared_catalogue().customers())
    (customer_id,) = (name for name in everybody if name.startswith("C-") and not known_orders(name))

    html = soup(browser.get("/customers/", list_of(customer_id)))

    assert text(html, ".blank h2") == "This customer has no orders"
    assert text(html, "[data-customer-name]")


@pytest.mark.parametrize(
    ("fault", "status", "kind"),
    [
        ("400", 400, "bad_request"),
        ("404", 404, "not_found"),
        ("403", 502, "not_allowed"),
        ("405", 502, "not_allowed"),
        ("429-long", 429, "rate_limited"),
        ("500", 503, "unavailable"),
        ("reset", 503, "unavailable"),
        ("html", 502, "invalid_response"),
        ("no-object", 502, "invalid_response"),
        ("cut-short", 502, "invalid_response"),
    ],
)
def test_fault_of_the_list_is_told_as_what_it_is(
    browser: Client, sandbox: SandboxServer, fault: str, status: int, kind: str
) -> None:
    response = browser.get("/customers/", list_of(f"F-customer-orders-{fault}"))

    assert response.status_code == status
    assert one(soup(response), "[role=alert]")["data-error"] == kind


def test_entries_without_an_id_are_counted(browser: Client, sandbox: SandboxServer) -> None:
    html = soup(browser.get("/customers/", list_of("F-customer-orders-malformed-entries")))

    assert html.select("[data-unreadable]")


@pytest.mark.parametrize("fault", ["next-repeats", "next-only-known", "next-elsewhere"])
def test_list_whose_next_link_leads_astray_ends(browser: Client, sandbox: SandboxServer, fault: str) -> None:
    address = f"/customers/?customer_id=F-customer-orders-{fault}"

    pages = walk(lambda link: soup(browser.get(link)), address)

    found = [name for html in pages for name in order_ids(html)]
    assert len(found) == len(set(found)) > 0
    assert one(pages[-1], "[data-list-end]").get_text()


@pytest.mark.parametrize("fault", ["500", "404", "html", "no-answer", "garbled"])
def test_fault_of_the_customer_leaves_the_list(browser: Client, sandbox: SandboxServer, fault: str) -> None:
    response = browser.get("/customers/", list_of(f"F-customer-{fault}"))

    assert response.status_code == 200
    assert order_ids(soup(response))
    # The name comes from the search of customers, which is well.
    assert text(soup(response), "h1") == f"Fault F-customer-{fault}"
