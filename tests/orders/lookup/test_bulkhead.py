"""As many look-ups wait for the API as may; who comes next."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest
from django.conf import settings as site
from django.db import connection, connections
from django.test import Client
from pytest_django.fixtures import Settings

from orders.erc.errors import Crowded
from orders.erc.query import ItemsQuery
from orders.lookup.bulkhead import Bulkhead, bulkhead
from orders.models import AccessLogEntry
from tests.support.connection import list_items
from tests.support.pages import HTMX, LOOKUP, ids, one, soup, text
from tests.support.stub_erc import Asked, Reply, StubErc, item, page


@contextmanager
def crowd() -> Iterator[None]:
    """Every place is taken."""
    with ExitStack() as stack:
        for _ in range(site.LOOKUPS_AT_ONCE):
            stack.enter_context(bulkhead().place("somebody"))
        yield


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_look_up_in_a_crowd_is_refused_in_plain_words(
    browser: Client, erc: StubErc, headers: dict[str, str]
) -> None:
    with crowd():
        response = browser.get("/orders/", LOOKUP, headers=headers)

    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    html = soup(response)
    assert one(html, "[role=alert]")["data-error"] == "unavailable"
    assert "too many searches are already waiting for it" in text(html, "[role=alert]")
    assert erc.asked == []


@pytest.mark.parametrize("code", [code for code, _ in site.LANGUAGES if code != "en"])
def test_look_up_in_a_crowd_is_refused_in_the_agents_language(browser: Client, erc: StubErc, code: str) -> None:
    with crowd():
        response = browser.get("/orders/", LOOKUP, headers={"Accept-Language": code})

    assert "the portal can hold" not in text(soup(response), "[role=alert]")
    assert erc.asked == []


def test_look_up_in_a_crowd_leaves_one_row_that_says_unavailable(browser: Client, erc: StubErc) -> None:
    with crowd():
        browser.get("/orders/", LOOKUP)

    [row] = AccessLogEntry.objects.all()
    assert (row.customer_id, row.order_id, row.outcome, row.items) == ("C-1", "O-1", "unavailable", None)
    assert erc.asked == []


def test_cached_page_needs_no_place(browser: Client, erc: StubErc) -> None:
    browser.get("/orders/", LOOKUP)

    with crowd():
        response = browser.get("/orders/", LOOKUP)

    assert ids(soup(response)) == ["item-1"]
    assert len(erc.asked) == 1


def test_older_page_stands_in_where_a_refresh_finds_a_crowd(browser: Client, erc: StubErc) -> None:
    browser.get("/orders/", LOOKUP)

    with crowd():
        response = browser.get("/orders/", {**LOOKUP, "refresh": "1"})

    html = soup(response)
    assert response.status_code == 200
    assert ids(html) == ["item-1"]
    assert "is slow right now" in text(html, "[data-stale]")


def test_place_is_free_again_after_a_failure(browser: Client, erc: StubErc, settings: Settings) -> None:
    settings.LOOKUPS_AT_ONCE = 1
    erc.answers(Reply(404), Reply(content=page(item())))
    browser.get("/orders/", LOOKUP)

    assert browser.get("/orders/", LOOKUP).status_code == 200


def test_look_up_that_waits_for_anothers_request_takes_a_place_too(erc: StubErc, settings: Settings) -> None:
    settings.LOOKUPS_AT_ONCE = 1
    is_asked, may_answer = threading.Event(), threading.Event()

    def answer(_asked: Asked) -> Reply:
        is_asked.set()
        may_answer.wait(10)
        return Reply(content=page(item()))

    erc.items = answer
    query = ItemsQuery(customer_id="C-1", order_id="O-1")
    with ThreadPoolExecutor() as pool:
        first = pool.submit(list_items, query)
        is_asked.wait(10)
        with pytest.raises(Crowded):
            list_items(query)
        may_answer.set()

    assert [one_item.id for one_item in first.result().items] == ["item-1"]


class Pooled:
    """Stands for a connection of a pool."""

    def __init__(self, *, in_atomic_block: bool) -> None:
        self.settings_dict = {"OPTIONS": {"pool": {"max_size": 4}}}
        self.in_atomic_block = in_atomic_block
        self.closed = 0

    def close(self) -> None:
        """Count it."""
        self.closed += 1


@pytest.mark.parametrize(("in_atomic_block", "closed"), [(False, 1), (True, 0)])
def test_look_up_that_waits_gives_its_connection_back_to_the_pool(
    monkeypatch: pytest.MonkeyPatch, *, in_atomic_block: bool, closed: int
) -> None:
    pooled = Pooled(in_atomic_block=in_atomic_block)
    monkeypatch.setattr(connections, "all", lambda *, initialized_only: [pooled] if initialized_only else [])

    with Bulkhead(1).place(""):
        closed_meanwhile = pooled.closed

    assert closed_meanwhile == closed


@pytest.mark.django_db(transaction=True)
def test_look_up_that_waits_keeps_a_connection_that_is_its_own() -> None:
    connection.ensure_connection()
    before = connection.connection

    with Bulkhead(1).place(""):
        assert connection.connection is before
