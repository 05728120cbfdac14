"""The head of an order gives way to the items where places, threads or luck run out."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from orders.erc import CallContext
from orders.erc.deadline import Deadline
from orders.erc.query import ItemsQuery
from orders.lookup.bulkhead import beside_bulkhead, bulkhead
from orders.lookup.cached_pages import CachedPages, Freshness
from orders.lookup.order_header import Header, HeaderCalls
from tests.support.connection import list_items
from tests.support.family import order, recent_order
from tests.support.log_lines import Lines
from tests.support.order_headers import MISSING, QUERY, collect, hanging
from tests.support.stub_erc import Reply, StubErc


@pytest.fixture
def api(erc: StubErc, patient: None) -> StubErc:
    """An API that knows the order, which is the customer's most recent one."""
    erc.answers_at("order", Reply(content=order()))
    erc.answers_at("recent_order", Reply(content=recent_order()))
    return erc


def test_head_gives_way_in_a_crowd_without_a_request(api: StubErc) -> None:
    with ExitStack() as stack:
        for _ in range(beside_bulkhead().places):
            stack.enter_context(beside_bulkhead().place("somebody"))
        found = collect()

    assert found == MISSING
    assert api.family_asked == []


def test_heads_that_hang_take_no_place_from_the_items(api: StubErc, settings: Settings) -> None:
    settings.LOOKUPS_AT_ONCE = 1
    with hanging(api, "order", "recent_order"):
        for number in range(1, 4):
            HeaderCalls(
                ItemsQuery(customer_id="C-1", order_id=f"O-{number}"),
                CallContext(Deadline(5), "correlation-1"),
                Freshness.CACHED,
            )
        _wait_for(lambda: len(api.family_asked) == 2)

        found = list_items(QUERY)

    assert [item.id for item in found.items] == ["item-1"]
    assert (bulkhead().places, beside_bulkhead().places) == (1, 2)
    assert len(api.family_asked) == 2


def test_failure_that_nobody_foresaw_is_logged_and_leaves_the_head_missing(
    api: StubErc, monkeypatch: pytest.MonkeyPatch, log: Lines
) -> None:
    def fail(*_given: Any, **_named: Any) -> None:
        raise LookupError("a mistake")

    monkeypatch.setattr(CachedPages, "get", fail)

    assert collect() == MISSING
    assert [entry["level"] for entry in log.entries("a call beside a look-up failed")] == ["ERROR", "ERROR"]


def test_system_without_threads_to_spare_leaves_the_head_out(
    api: StubErc, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)

    assert collect() == Header()


def _wait_for(condition: Any) -> None:
    ends = time.monotonic() + 5
    while not condition() and time.monotonic() < ends:
        time.sleep(0.01)
