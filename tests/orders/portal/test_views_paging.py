from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.support.pages import HTMX, LOOKUP, ids, many, one, soup, text
from tests.support.stub_erc import Asked, Reply, StubErc, item, page


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
    assert text(html, "#shown") == "45 items"
    assert one(html, "[data-list-end]").get_text() == "End of the list."


def test_load_more_as_fragment_brings_cards_link_and_totals_alone(browser: Client, erc: StubErc) -> None:
    erc.items = many(45)
    first = soup(browser.get("/orders/", {**LOOKUP, "limit": "20"}))

    response = browser.get(str(one(first, "a[data-load-more]")["hx-get"]), headers=HTMX)

    html = soup(response)
    assert ids(html) == [f"i{number}" for number in range(20, 40)]
    assert html.select("html, head, form:not(#message), h1") == []
    assert text(html, "#shown[hx-swap-oob=true]") == "40 items so far, more to load"
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


def test_order_answer_counts_items_without_deliveries_over_pages(browser: Client, erc: StubErc) -> None:
    delivered = {"id": "d", "delivery_quantity": 1, "latest_status_info": {"type": "DELIVERED"}}
    erc.answers(
        Reply(content=page(item("a"), item("b", quantity=1, deliveries=[delivered]), next_cursor="2")),
        Reply(content=page(item("c", quantity=2, deliveries=[delivered]))),
    )
    first = soup(browser.get("/orders/", LOOKUP))

    last = soup(browser.get(str(one(first, "a[data-load-more]")["href"]), headers=HTMX))

    assert text(first, "#order-answer") == "1 of the first 2 items is delivered. 1 is not sent yet."
    assert text(last, "#order-answer") == "1 of 3 items is delivered. 1 is partly delivered."
    assert text(last, "#answer-more") == "1 is not sent yet."


def empty_pages(number: int) -> Callable[[Asked], Reply]:
    """A script of so many empty pages, each with a next one, and then one with an item."""

    def script(asked: Asked) -> Reply:
        at = int(asked.query.get("cursor", "0"))
        return Reply(content=page(next_cursor=str(at + 1)) if at < number else page(item("found")))

    return script


@pytest.mark.parametrize("number", [1, 2, 9])
def test_empty_pages_are_passed_over_to_the_first_with_something(
    browser: Client, erc: StubErc, number: int
) -> None:
    erc.items = empty_pages(number)

    html = soup(browser.get("/orders/", LOOKUP))

    assert ids(html) == ["found"]
    assert text(html, "#shown") == "1 item"
    assert len(erc.asked) == number + 1


def test_empty_pages_without_end_are_left_after_ten(browser: Client, erc: StubErc) -> None:
    erc.items = empty_pages(1000)

    html = soup(browser.get("/orders/", LOOKUP))

    assert len(erc.asked) == 10
    assert ids(html) == []
    assert "cursor=10" in str(one(html, "a[data-load-more]")["href"])


def test_empty_page_behind_others_is_passed_over_as_well(browser: Client, erc: StubErc) -> None:
    erc.answers(
        Reply(content=page(item("a"), next_cursor="1")),
        Reply(content=page(next_cursor="2")),
        Reply(content=page(item("b"))),
    )
    first = soup(browser.get("/orders/", LOOKUP))

    more = soup(browser.get(str(one(first, "a[data-load-more]")["hx-get"]), headers=HTMX))

    assert (ids(first), ids(more)) == (["a"], ["b"])
    assert text(more, "#shown") == "2 items"


def test_page_behind_an_empty_one_that_fails_is_left_for_load_more(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page(next_cursor="1")), Reply(404))

    html = soup(browser.get("/orders/", LOOKUP))

    assert "Not all items could be loaded" in html.get_text()
    assert "cursor=1" in str(one(html, "a[data-load-more]")["href"])


def test_end_of_one_item_is_not_said(browser: Client, erc: StubErc) -> None:
    erc.items = many(1)

    html = soup(browser.get("/orders/", LOOKUP))

    assert len(ids(html)) == 1
    assert not html.select("[data-list-end]")
