"""Cached pages: when they are shown, and when never."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from orders.erc.query import ItemsQuery
from orders.lookup.cached_pages import cached_pages
from tests.support.connection import list_items
from tests.support.faults import (
    DEADLINE,
    FAULTS,
    GOOD,
    LOOKUP,
    Fault,
)
from tests.support.stub_erc import Reply, StubErc, item, page

QUERY = ItemsQuery(customer_id="C-1", order_id="O-1", limit=20)
"""What the portal asks for `LOOKUP`."""


def put(query: ItemsQuery, body: bytes, as_of: datetime) -> None:
    """Put a page into the cache, as an earlier look-up leaves it there."""
    cache.set(cached_pages().key(query), (as_of.timestamp(), body), 60)


@pytest.fixture(autouse=True)
def _short_deadline(settings: Settings, request: pytest.FixtureRequest) -> None:
    settings.ERC_DEADLINE_SECONDS = 3.0 if "moment" in request.node.name else DEADLINE


def test_cached_page_serves_for_a_short_time_without_asking(browser: Client, erc: StubErc) -> None:
    first = browser.get("/orders/", LOOKUP)

    second = browser.get("/orders/", LOOKUP)

    as_of = [
        BeautifulSoup(response.content, "html.parser").select("time[data-as-of]")[0]["datetime"]
        for response in (first, second)
    ]
    assert as_of[0] == as_of[1]
    assert len(erc.asked) == 1


def test_cached_page_is_not_used_where_anything_differs(browser: Client, erc: StubErc) -> None:
    variants = [
        {},
        {"limit": "5"},
        {"order_by": "price:asc"},
        {"brand": "x"},
        {"customer_id": "C-2"},
        {"cursor": "c"},
    ]

    for variant in variants:
        browser.get("/orders/", {**LOOKUP, **variant})

    assert len(erc.asked) == len(variants)


def test_refresh_asks_again(browser: Client, erc: StubErc) -> None:
    html = BeautifulSoup(browser.get("/orders/", LOOKUP).content, "html.parser")
    erc.answers(Reply(content=page(item("newer"))))

    link = html.select("a[data-refresh]")[0]
    refreshed = browser.get(str(link["href"]))
    afterwards = browser.get("/orders/", LOOKUP)

    assert b'data-item-id="newer"' in refreshed.content
    assert b'data-item-id="newer"' in afterwards.content
    assert len(erc.asked) == 2


STALE_FAULTS = [fault for fault in FAULTS if fault.error in ("unavailable", "invalid_response", "rate_limited")]


@pytest.mark.slow
@pytest.mark.parametrize("fault", STALE_FAULTS, ids=lambda fault: fault.name)
def test_cached_page_stands_in_when_the_api_fails(browser: Client, erc: StubErc, fault: Fault) -> None:
    browser.get("/orders/", LOOKUP)
    erc.answers(*fault.replies())

    response = browser.get("/orders/", {**LOOKUP, "refresh": "1"})

    html = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 200
    assert html.select("article[data-item-id=item-1]")
    assert len(html.select("[data-stale] time[datetime]")) == 1
    assert html.select("[data-stale] a")


@pytest.mark.parametrize(
    "reply", [Reply(404), Reply(403), Reply(401), Reply(400)], ids=lambda reply: str(reply.status)
)
def test_cached_page_does_not_hide_a_refusal(browser: Client, erc: StubErc, reply: Reply) -> None:
    browser.get("/orders/", LOOKUP)
    erc.answers(reply)

    response = browser.get("/orders/", {**LOOKUP, "refresh": "1"})

    assert response.status_code >= 400
    assert b"data-item-id" not in response.content


def test_page_of_an_order_that_is_gone_is_cached_no_longer(browser: Client, erc: StubErc) -> None:
    browser.get("/orders/", LOOKUP)
    erc.answers(Reply(404))
    browser.get("/orders/", {**LOOKUP, "refresh": "1"})
    erc.answers(Reply(503))

    response = browser.get("/orders/", LOOKUP)

    assert response.status_code == 503
    assert b"data-item-id" not in response.content


def test_cached_page_that_is_too_old_is_not_shown(browser: Client, erc: StubErc, settings: Settings) -> None:
    settings.PAGE_CACHE_FRESH_SECONDS = 0
    settings.PAGE_CACHE_STALE_SECONDS = 0.2
    browser.get("/orders/", LOOKUP)
    erc.answers(Reply(503))
    time.sleep(0.3)

    response = browser.get("/orders/", LOOKUP)

    assert response.status_code == 503


@pytest.mark.parametrize("status", [403, 404])
def test_refusal_is_not_cached(browser: Client, erc: StubErc, status: int) -> None:
    erc.answers(Reply(status), GOOD)

    refused = browser.get("/orders/", LOOKUP)
    found = browser.get("/orders/", LOOKUP)

    assert (refused.status_code >= 400, found.status_code) == (True, 200)


@pytest.mark.parametrize("hours", [1, 24])
def test_cached_page_from_before_the_clock_was_put_back_is_not_fresh(
    browser: Client, erc: StubErc, hours: int
) -> None:
    ahead = datetime.now(UTC) + timedelta(hours=hours)
    put(QUERY, json.dumps(page(item("old"))).encode(), ahead)

    response = browser.get("/orders/", LOOKUP)

    assert b'data-item-id="item-1"' in response.content
    assert len(erc.asked) == 1


def test_cached_page_of_a_machine_whose_clock_is_a_little_ahead_is_fresh(browser: Client, erc: StubErc) -> None:
    ahead = datetime.now(UTC) + timedelta(seconds=2)
    put(QUERY, json.dumps(page(item("old"))).encode(), ahead)

    response = browser.get("/orders/", LOOKUP)

    assert b'data-item-id="old"' in response.content
    assert erc.asked == []


@pytest.mark.parametrize(
    "garbled",
    [
        5,
        "text",
        b"bytes",
        [],
        [1.0],
        [1.0, "text"],
        ["text", b"{}"],
        [float("nan"), b"{}"],
        [1e300, b"{}"],
        [1.0, b"{}", 3],
        {"a": 1, "b": 2},
        [None, None],
    ],
    ids=str,
)
def test_garbled_value_in_the_cache_counts_as_absent(browser: Client, erc: StubErc, garbled: Any) -> None:
    cache.set(cached_pages().key(QUERY), garbled, 60)

    response = browser.get("/orders/", LOOKUP)

    assert cache.get(cached_pages().key(QUERY)) != garbled
    assert b'data-item-id="item-1"' in response.content


@pytest.mark.parametrize("body", [b"", b"garbage", b"{}", b"\xff"])
@pytest.mark.parametrize("refresh", ["", "1"])
def test_cached_page_that_cannot_be_read_counts_as_absent(
    browser: Client, erc: StubErc, body: bytes, refresh: str
) -> None:
    put(QUERY, body, datetime.now(UTC))
    if refresh:
        erc.answers(Reply(500))

    response = browser.get("/orders/", {**LOOKUP, "refresh": refresh})

    assert response.status_code == (503 if refresh else 200)


def test_cached_page_comes_back_from_a_list_as_well(browser: Client, erc: StubErc) -> None:
    as_of = datetime.now(UTC).timestamp()
    cache.set(cached_pages().key(QUERY), [as_of, json.dumps(page(item("old"))).encode()], 60)

    found = list_items(QUERY)

    assert ([one.id for one in found.items], found.is_cached) == (["old"], True)
    assert found.as_of == datetime.fromtimestamp(as_of, UTC)
    assert erc.asked == []


def test_page_cache_can_be_switched_off(browser: Client, erc: StubErc, settings: Settings) -> None:
    settings.PAGE_CACHE = False
    browser.get("/orders/", LOOKUP)
    erc.answers(Reply(500))

    response = browser.get("/orders/", LOOKUP)

    assert response.status_code == 503


def test_keys_of_the_page_cache_tell_nothing() -> None:
    key = cached_pages().key(ItemsQuery(customer_id="C-secret", order_id="O-secret"))

    assert "secret" not in key
    assert len(key) < 100


def test_page_that_is_very_large_is_not_cached(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(content=page(item("large", description="x" * 1_100_000))))

    statuses = [browser.get("/orders/", LOOKUP).status_code for _ in range(2)]

    assert statuses == [200, 200]
    assert len(erc.asked) == 2
