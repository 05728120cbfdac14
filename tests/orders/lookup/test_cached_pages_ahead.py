"""Pages that are got ahead of whoever wants them, maybe in another process."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import pytest
from django.core.cache import cache

from orders.erc import CallContext
from orders.erc.deadline import Deadline
from orders.erc.fetched import Fetched
from orders.erc.query import ItemsQuery
from orders.erc.schema import ItemsPage
from orders.lookup import cached_pages as module
from orders.lookup.beside import Beside
from orders.lookup.beside_pages import ask_ahead
from orders.lookup.cached_pages import Freshness, cached_pages
from tests.support.calls_beside import end_calls_beside
from tests.support.connection import forget_connection
from tests.support.stub_erc import Reply, StubErc, item, page

pytestmark = pytest.mark.django_db

QUERY = ItemsQuery(customer_id="C-1", order_id="O-1", limit=20)


def get(freshness: Freshness = Freshness.CACHED, seconds: float = 3.0) -> Fetched[ItemsPage]:
    """What a look-up in another process gets."""
    forget_connection()
    context = CallContext(Deadline(seconds), "correlation-1")
    return cached_pages().read_ahead((QUERY,)).get(QUERY, context, freshness=freshness)


def wait_until(holds: Callable[[], object]) -> None:
    ends = time.monotonic() + 5
    while not holds() and time.monotonic() < ends:
        time.sleep(0.005)


@pytest.fixture
def under_way(erc: StubErc) -> StubErc:
    """The API, which takes its time over a page that a process gets ahead."""
    erc.items = erc.guarded(lambda _asked: Reply(content=page(item("slow")), delay=0.4))
    ask_ahead((QUERY,), "correlation-0")
    wait_until(lambda: erc.asked)
    return erc


def test_page_under_way_in_another_process_is_waited_for(under_way: StubErc) -> None:
    found = get()

    assert [one.id for one in found.page.items] == ["slow"]
    assert len(under_way.asked) == 1


def test_page_under_way_is_waited_for_by_several_at_once(under_way: StubErc) -> None:
    pages = cached_pages().read_ahead((QUERY,))
    calls = [Beside(partial(pages.get, QUERY, CallContext(Deadline(3), "correlation-1"))) for _ in range(5)]

    found = [call.result(3) for call in calls]

    assert [one.page.items[0].id for one in found] == ["slow"] * 5
    assert len(under_way.asked) == 1


def test_page_of_a_process_that_hangs_is_asked_for_after_a_moment(
    erc: StubErc, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AHEAD_SECONDS", 0.2)
    cache.set(f"ahead:{cached_pages().key(QUERY)}", time.time() + 0.2, 60)
    began = time.monotonic()

    get()

    assert 0.1 < time.monotonic() - began < 2
    assert len(erc.asked) == 1


@pytest.mark.parametrize("mark", ["garbage", -1, 4e9, None])
def test_mark_that_no_process_can_have_set_is_not_waited_for(erc: StubErc, mark: object) -> None:
    cache.set(f"ahead:{cached_pages().key(QUERY)}", mark, 60)
    began = time.monotonic()

    get()

    assert time.monotonic() - began < module._AHEAD_SECONDS / 2
    assert len(erc.asked) == 1


@pytest.mark.parametrize("freshness", [Freshness.NEW, Freshness.LIVE])
def test_new_page_is_asked_for_although_one_is_under_way(under_way: StubErc, freshness: Freshness) -> None:
    found = get(freshness)

    assert not found.is_cached
    assert len(under_way.asked) == 2


def test_page_that_is_cached_is_not_got_ahead(erc: StubErc) -> None:
    get()

    ask_ahead((QUERY,), "correlation-0")
    end_calls_beside()

    assert len(erc.asked) == 1


def test_mark_is_gone_once_the_page_is_there(under_way: StubErc) -> None:
    end_calls_beside()

    assert cache.get(f"ahead:{cached_pages().key(QUERY)}") is None
    assert get().is_cached
    assert len(under_way.asked) == 1
