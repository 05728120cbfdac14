"""The start page: what an agent's own recent look-ups showed, as far as the cache still has it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from orders.erc.query import ItemsQuery
from orders.lookup.cached_pages import cached_pages
from orders.models import AccessLogEntry, ApiExchange
from tests.support.pages import LOOKUP, soup
from tests.support.stub_erc import Reply, StubErc, item, page

STATUSES = ("DELIVERED", "FAILURE", "DELIVERED")


class CountingStore:
    """The cache, which gives several values at once only, and counts them."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def get_many(self, keys: Sequence[str]) -> dict[str, Any]:
        """Give those of the values that are stored."""
        self.asked.append(len(keys))
        return cache.get_many(keys)


def seen(response: object) -> list[str]:
    """What the start page still knows of the items of recent look-ups."""
    return [" ".join(one.get_text(" ").split()) for one in soup(response).select("[data-recent] .seen")]


def cached_at(order_id: str, body: bytes, as_of: datetime) -> None:
    """Put an order's page into the cache, as a look-up of that time leaves it there."""
    query = ItemsQuery(customer_id="C-1", order_id=order_id, limit=20)
    cache.set(cached_pages().key(query), (as_of.timestamp(), body), 60)


def test_recent_look_up_shows_its_first_item_and_where_it_was(browser: Client, erc: StubErc) -> None:
    deliveries = [{"id": str(at), "latest_status_info": {"type": type_}} for at, type_ in enumerate(STATUSES)]
    erc.answers(Reply(content=page(item(name="Lamp &amp; shade", deliveries=deliveries), item("item-2"))))
    browser.get("/orders/", LOOKUP)
    asked = len(erc.asked), AccessLogEntry.objects.count(), ApiExchange.objects.count()

    response = browser.get("/orders/")

    assert seen(response) == ["Lamp & shade Delivery failed Delivered"]
    assert (len(erc.asked), AccessLogEntry.objects.count(), ApiExchange.objects.count()) == asked


def test_recent_look_up_shows_no_item_that_somebody_fetched_since(browser: Client, erc: StubErc) -> None:
    browser.get("/orders/", LOOKUP)
    looked_up = AccessLogEntry.objects.get()
    body = json.dumps(page(item(name="News"))).encode()

    cached_at("O-1", body, looked_up.at + timedelta(milliseconds=1))
    later = seen(browser.get("/orders/"))
    cached_at("O-1", body, looked_up.at)

    assert later == []
    assert seen(browser.get("/orders/")) == ["News"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("PAGE_CACHE", False), ("PAGE_CACHE_STALE_SECONDS", 60)],
    ids=["without a cache", "older than the cache keeps"],
)
def test_recent_look_up_shows_no_item_beyond_the_cache(
    browser: Client, erc: StubErc, settings: Settings, name: str, value: object
) -> None:
    at = timezone.now() - timedelta(seconds=120)
    browser.get("/orders/", LOOKUP)
    cached_at("O-1", json.dumps(page(item())).encode(), at)
    before = seen(browser.get("/orders/"))

    setattr(settings, name, value)

    assert before == ["Thing item-1"]
    assert seen(browser.get("/orders/")) == []


@pytest.mark.parametrize("body", [b"garbage", b"{}", b'{"_embedded": {"items": []}}'])
def test_recent_look_up_shows_no_item_where_the_cached_page_has_none(
    browser: Client, erc: StubErc, body: bytes
) -> None:
    browser.get("/orders/", LOOKUP)
    cached_at("O-1", body, timezone.now() - timedelta(seconds=1))
    AccessLogEntry.objects.update(at=timezone.now())

    assert seen(browser.get("/orders/")) == []
    assert len(soup(browser.get("/orders/")).select("[data-recent] li")) == 1


def test_items_of_all_recent_look_ups_are_one_request_to_the_cache(
    browser: Client, erc: StubErc, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        browser.get("/orders/", {**LOOKUP, "order_id": f"O-{number}"})
    store = CountingStore()
    monkeypatch.setattr(cached_pages(), "store", store)

    response = browser.get("/orders/")

    assert len(seen(response)) == 8
    assert store.asked == [8]
