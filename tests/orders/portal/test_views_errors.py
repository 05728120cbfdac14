from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import InterfaceError, OperationalError
from django.test import Client

from tests.support.pages import HTMX, LOOKUP, ids, many, one, soup, text
from tests.support.stub_erc import Reply, StubErc

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
    ("query", "headers", "attributes"),
    [
        ({}, {}, {"class", "href"}),
        ({"cursor": "x"}, {}, {"class", "href"}),
        ({}, HTMX, {"class", "href", "hx-get"}),
        ({"cursor": "x"}, HTMX, {"class", "href", "hx-get", "hx-target", "hx-swap", "hx-sync"}),
    ],
    ids=["page", "later page", "results", "more"],
)
def test_retry_takes_the_place_of_the_error_and_a_whole_page_is_loaded_again(
    browser: Client, erc: StubErc, query: dict[str, str], headers: dict[str, str], attributes: set[str]
) -> None:
    erc.answers(Reply(503, b""))

    html = soup(browser.get("/orders/", {**LOOKUP, **query}, headers=headers))

    alert = one(html, "[role=alert][data-error]")
    assert set(one(alert, "a").attrs) == attributes
    assert one(alert, "h1, h2").name == ("h2" if headers and "cursor" in query else "h1")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"customer_id": "C-1"}, "Enter the order ID."),
        ({"order_id": "O-1"}, "Enter the customer ID."),
        ({**LOOKUP, "limit": "many"}, "whole number"),
        ({**LOOKUP, "order_by": "price"}, "sort order"),
        ({"customer_id": "..", "order_id": "O-1"}, "which isn’t allowed"),
    ],
)
def test_input_that_cannot_be_sent_is_refused_without_asking(
    browser: Client, erc: StubErc, query: dict[str, str], said: str
) -> None:
    response = browser.get("/orders/", query)

    assert response.status_code == 400
    assert said in text(soup(response), '[role=alert][data-error="bad_request"]')
    assert erc.asked == []


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_unknown_address_is_a_plain_404(browser: Client, headers: dict[str, str]) -> None:
    response = browser.get("/nothing", headers=headers)

    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


@pytest.mark.parametrize(("headers", "whole"), [({}, True), (HTMX, False)], ids=["page", "fragment"])
def test_fault_of_the_portal_is_said_with_a_reference(
    browser: Client, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], whole: bool
) -> None:
    def broken(*_args: object, **_options: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("orders.lookup.service.list_order_items", broken)
    browser.raise_request_exception = False

    response = browser.get("/orders/", LOOKUP, headers=headers)

    assert response.status_code == 500
    assert response["X-Correlation-ID"] in response.content.decode()
    assert "secret detail" not in response.content.decode()
    assert bool(soup(response).select("html")) is whole


@pytest.mark.parametrize(("error", "status"), [(OperationalError, 503), (InterfaceError, 503), (ValueError, 500)])
def test_database_that_fails_is_a_503_and_a_fault_a_500(
    browser: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception], status: int
) -> None:
    def fail(_session: SessionBase) -> None:
        raise error("planted")

    monkeypatch.setattr(SessionBase, "_session", property(fail))
    browser.raise_request_exception = False

    response = browser.get("/orders/", LOOKUP)

    assert response.status_code == status
    assert ("Retry-After" in response) is (status == 503)
    assert b"planted" not in response.content


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize("reply", [Reply(404), Reply(500)], ids=["no such order", "failure"])
def test_error_names_what_was_asked_for(
    browser: Client, erc: StubErc, headers: dict[str, str], reply: Reply
) -> None:
    erc.answers(reply)

    html = soup(browser.get("/orders/", {"customer_id": "C<1", "order_id": "O-7"}, headers=headers))

    asked = one(html, "[data-asked]")
    assert [bdi.get_text() for bdi in asked.select("bdi[translate=no]")] == ["O-7", "C<1"]
    assert one(html, "[role=alert] code + [data-copy]")["aria-label"] == "Copy reference"


def test_error_of_more_items_does_not_name_the_order_that_stands_above(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(500))

    html = soup(browser.get("/orders/", {**LOOKUP, "cursor": "at-20"}, headers=HTMX))

    assert html.select(".more [role=alert]")
    assert not html.select("[data-asked]")
