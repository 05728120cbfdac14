"""What is one order's trouble, and what is everybody's: on a real socket, through the service and the page."""

from __future__ import annotations

import time

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django.fixtures import Settings

from orders.erc.errors import RateLimited, Unavailable
from orders.lookup.cached_pages import Freshness
from orders.lookup.listing import Listing
from tests.support.connection import forget_connection
from tests.support.faults import FOR_AN_HOUR, GOOD, LOOKUP, in_threads, look_up
from tests.support.pages import many
from tests.support.stub_erc import Reply, StubErc, item, page, wire


def test_order_that_the_api_fails_at_is_told_as_its_own_and_not_asked_for_again(
    browser: Client, erc: StubErc
) -> None:
    erc.items = lambda asked: Reply(500, b"oops") if "/O-1/" in asked.path else GOOD
    first = browser.get("/orders/", LOOKUP)

    again = browser.get("/orders/", {**LOOKUP, "refresh": "1"})
    other = browser.get("/orders/", {**LOOKUP, "order_id": "O-2"})

    html = BeautifulSoup(again.content, "html.parser")
    assert (first.status_code, again.status_code, other.status_code) == (503, 503, 200)
    assert "problem with this order" in html.select_one('[role=alert][data-error="unavailable"]').get_text()  # type: ignore[union-attr]
    assert 1 <= int(again["Retry-After"]) <= 5
    assert [asked.path.split("/")[6] for asked in erc.asked] == ["O-1", "O-2"]


def test_order_that_fails_after_it_was_shown_is_shown_as_it_was(
    browser: Client, erc: StubErc, settings: Settings
) -> None:
    settings.PAGE_CACHE_FRESH_SECONDS = 0
    erc.answers(GOOD, Reply(500))
    browser.get("/orders/", LOOKUP)

    pages = [browser.get("/orders/", LOOKUP) for _ in range(3)]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert all(b"data-stale" in page.content for page in pages)
    assert len(erc.asked) == 2


@pytest.mark.slow
@pytest.mark.parametrize("bad", [Reply(500), Reply(503), wire(reset=True)], ids=["500", "503", "reset"])
def test_one_bad_order_that_is_reloaded_opens_nothing_for_the_others(erc: StubErc, bad: Reply) -> None:
    erc.items = lambda asked: bad if "/bad/" in asked.path else GOOD

    for _ in range(12):
        with pytest.raises(Unavailable):
            look_up("bad")
    found = [look_up(f"O-{number}") for number in range(5)]

    assert all(isinstance(one, Listing) for one in found)


def test_different_orders_that_fail_in_a_row_are_an_outage(erc: StubErc) -> None:
    erc.answers(Reply(500))
    for number in range(5):
        with pytest.raises(Unavailable, match="answered 500"):
            look_up(f"O-{number}")

    with pytest.raises(Unavailable, match="not asked: the endpoint"):
        look_up("O-9")

    assert len(erc.asked) == 5


@pytest.mark.slow
def test_connection_that_is_refused_is_an_outage_whichever_order_is_asked_for(
    erc: StubErc, settings: Settings
) -> None:
    look_up("O-0")
    settings.ERC_API_BASE_URL = "http://127.0.0.1:1"
    forget_connection()

    for _ in range(5):
        with pytest.raises(Unavailable, match="no usable connection"):
            look_up("O-1", freshness=Freshness.NEW)

    with pytest.raises(Unavailable, match="not asked: the endpoint"):
        look_up("O-2")


def test_api_that_is_slow_for_many_is_asked_by_one_at_a_time(erc: StubErc, settings: Settings) -> None:
    settings.ERC_BREAKER_SLOW_SECONDS = 0.2
    erc.answers(Reply(content=page(item("late")), delay=0.4))

    results = in_threads(6, lambda index: look_up(f"O-{index}"))

    assert all(isinstance(result, Listing) for result in results)
    with pytest.raises(Unavailable, match="not asked: the endpoint"):
        look_up("O-9")


def test_wait_for_everything_ends_within_a_minute_and_then_one_look_up_tries(
    erc: StubErc, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited = {"O-1", "O-2"}
    erc.items = lambda asked: FOR_AN_HOUR if asked.path.split("/")[6] in limited else GOOD
    for order_id in ("O-1", "O-2"):
        with pytest.raises(RateLimited):
            look_up(order_id)
    with pytest.raises(RateLimited) as held:
        look_up("O-3")
    later = time.time() + 60

    monkeypatch.setattr("orders.erc.rate_limits.time.time", lambda: later)
    found = [look_up("O-3"), look_up("O-4")]

    assert held.value.retry_after is not None
    assert held.value.retry_after <= 60
    assert all(isinstance(one, Listing) for one in found)


def test_pages_in_a_row_end_at_the_deadline_also_where_they_are_cached(
    erc: StubErc, monkeypatch: pytest.MonkeyPatch
) -> None:
    erc.items = many(100)
    look_up(pages=5)
    monkeypatch.setattr("orders.erc.deadline.Deadline.has_passed", True)

    listing = look_up(pages=5)

    assert listing.is_cut_short
    assert len(listing.items) == 20
