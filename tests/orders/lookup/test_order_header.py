"""The head of an order: what of it is there, what is not, and that the items wait for none of it."""

from __future__ import annotations

import threading
import time
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings

from orders.erc import CallContext
from orders.erc.deadline import Deadline
from orders.erc.orders import Order
from orders.erc.query import ItemsQuery, OrderQuery
from orders.erc.recent_order import RecentOrder
from orders.lookup.cached_pages import Freshness, cached_pages
from orders.lookup.order_header import Header
from tests.support.family import order, recent_order, step
from tests.support.order_headers import MISSING, QUERY, collect, hanging
from tests.support.stub_erc import Reply, StubErc, error

NOTHING = Header()


def asked_at(erc: StubErc) -> list[str]:
    """The endpoints that were asked, in alphabetical order, because they are asked at once."""
    return sorted(asked.endpoint for asked in erc.family_asked)


@pytest.fixture
def api(erc: StubErc, patient: None) -> StubErc:
    """An API that knows the order, which is the customer's most recent one."""
    erc.answers_at("order", Reply(content=order()))
    erc.answers_at("recent_order", Reply(content=recent_order()))
    return erc


def test_head_is_the_order_with_the_history_of_the_most_recent_one(api: StubErc) -> None:
    found = collect()

    assert isinstance(found.order, Order)
    assert found.order.price_summary
    assert found.order.price_summary.final_total_amount
    assert found.order.price_summary.final_total_amount.value == Decimal(14)
    assert [one.generic_type for one in found.history] == ["CONFIRMED", "ON_ITS_WAY"]
    assert not found.is_missing
    assert asked_at(api) == ["order", "recent_order"]


def test_history_of_another_order_is_not_shown(api: StubErc) -> None:
    api.answers_at("recent_order", Reply(content=recent_order("O-2")))

    found = collect()

    assert isinstance(found.order, Order)
    assert found.history == ()
    assert not found.is_missing


@pytest.mark.parametrize(
    "reply", [error(404, "no"), error(403, "no"), error(405, "no")], ids=["404", "403", "405"]
)
def test_most_recent_order_stands_in_where_the_order_is_not_known(api: StubErc, reply: Reply) -> None:
    api.answers_at("order", reply)

    found = collect()

    assert isinstance(found.order, RecentOrder)
    assert found.order.order_number == "#O-1"
    assert not found.is_missing


def test_most_recent_order_stands_in_for_an_order_that_fails_which_is_told(api: StubErc) -> None:
    api.answers_at("order", Reply(500))

    found = collect()

    assert isinstance(found.order, RecentOrder)
    assert found.is_missing


@pytest.mark.parametrize("status", [403, 404, 405])
def test_head_that_nobody_knows_is_absent_and_not_missing(erc: StubErc, patient: None, status: int) -> None:
    for endpoint in ("order", "recent_order"):
        erc.answers_at(endpoint, error(status, "no"))

    assert collect() == NOTHING


def test_endpoints_that_the_account_lacks_are_not_asked_again(erc: StubErc, patient: None) -> None:
    for endpoint in ("order", "recent_order"):
        erc.answers_at(endpoint, error(403, "forbidden"))
    collect()

    found = collect(ItemsQuery(customer_id="C-1", order_id="O-2"))

    assert found == NOTHING
    assert asked_at(erc) == ["order", "recent_order"]


def test_order_that_the_api_does_not_know_is_asked_for_once_while_a_page_would_be_fresh(
    erc: StubErc, patient: None
) -> None:
    found = [collect(), collect()]

    assert found == [NOTHING, NOTHING]
    assert asked_at(erc) == ["order", "recent_order"]


def test_order_that_comes_to_be_known_is_shown_from_the_next_refresh_on(erc: StubErc, patient: None) -> None:
    collect()
    erc.answers_at("order", Reply(content=order()))

    before, refreshed, after = collect(), collect(freshness=Freshness.NEW), collect()

    assert before == NOTHING
    assert refreshed.order
    assert after.order


@pytest.mark.parametrize("name", ["PAGE_CACHE", "PAGE_CACHE_FRESH_SECONDS"])
def test_nothing_is_remembered_where_no_page_is(
    erc: StubErc, patient: None, settings: Settings, name: str
) -> None:
    setattr(settings, name, 0)

    for _ in range(2):
        collect()

    assert len(erc.family_asked) == 4


@pytest.mark.parametrize("reply", [Reply(500), Reply(429), Reply(content=b"<html>")], ids=["500", "429", "HTML"])
def test_head_that_fails_is_missing(erc: StubErc, reply: Reply) -> None:
    erc.answers_at("order", reply)

    assert collect() == MISSING


@pytest.mark.parametrize(
    "other", [order("O-2"), order(customer_id="C-2")], ids=["another order", "another customer’s"]
)
def test_answer_with_another_order_is_never_shown(erc: StubErc, other: dict[str, Any]) -> None:
    erc.answers_at("order", Reply(content=other))
    erc.answers_at("recent_order", Reply(content=recent_order(customer_id="C-2")))

    assert collect() == MISSING


def test_order_that_names_no_customer_is_shown(erc: StubErc, patient: None) -> None:
    erc.answers_at("order", Reply(content=order(customer_id=None)))

    assert collect().order


def test_head_that_comes_late_is_missing_after_a_moment(erc: StubErc) -> None:
    with hanging(erc, "order", "recent_order"):
        started = time.monotonic()
        found = collect()
        took = time.monotonic() - started

    assert found == MISSING
    assert 0.25 < took < 0.6


def test_head_that_came_while_the_items_took_long_is_there(api: StubErc) -> None:
    slow = order()
    api.family["order"] = lambda _asked: Reply(content=slow, delay=0.4)

    assert collect(wait=0.6).order


def test_head_is_not_waited_for_past_the_deadline(api: StubErc) -> None:
    with hanging(api, "order", "recent_order"):
        started = time.monotonic()
        found = collect(seconds=0.1)
        took = time.monotonic() - started

    assert found == MISSING
    assert took < 0.25


def test_late_history_leaves_the_order_as_it_is(erc: StubErc) -> None:
    erc.answers_at("order", Reply(content=order()))
    with hanging(erc, "recent_order"):
        found = collect()

    assert isinstance(found.order, Order)
    assert found.history == ()
    assert not found.is_missing


def test_head_is_cached_and_asked_for_anew_where_that_is_wanted(api: StubErc) -> None:
    collect()
    cached = collect()
    asked = len(api.family_asked)

    collect(freshness=Freshness.NEW)

    assert cached.order
    assert asked == 2
    assert len(api.family_asked) == 4


def test_older_head_stands_in_where_the_api_fails_with_its_time(api: StubErc) -> None:
    collect()
    known = OrderQuery(customer_id=QUERY.customer_id, order_id=QUERY.order_id)
    as_of = cached_pages().get(known, CallContext(Deadline(5), "correlation-1")).as_of
    api.answers_at("order", Reply(500))

    found = collect(freshness=Freshness.NEW)

    assert found.order
    assert found.stale_as_of == as_of


def test_steps_without_doubt_are_marked_as_present(api: StubErc) -> None:
    steps = (step(), step("DELIVERED", "DELIVERED", "2026-01-06T06:00:00Z"))
    api.answers_at("recent_order", Reply(content=recent_order("O-1", *steps)))

    assert [one.is_present for one in collect().history] == [False, True]


def test_head_that_is_cached_is_there_without_a_thread(api: StubErc, monkeypatch: pytest.MonkeyPatch) -> None:
    first = collect()
    monkeypatch.setattr(threading.Thread, "start", lambda _thread: pytest.fail("a thread was started"))

    again = collect()

    assert again == first
    assert asked_at(api) == ["order", "recent_order"]


def test_head_whose_cached_response_cannot_be_read_is_asked_for_again(api: StubErc) -> None:
    known = OrderQuery(customer_id=QUERY.customer_id, order_id=QUERY.order_id)
    cache.set(cached_pages().key(known), (time.time(), b"garbage"), 60)

    found = collect()

    assert isinstance(found.order, Order)
    assert asked_at(api) == ["order", "recent_order"]
