"""What an agent gets whatever the upstream does, each on a real socket; the rows stand in `faults`."""

from __future__ import annotations

import statistics
import time

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django.fixtures import Settings

from ercportal.serving.warm_up import warm_up
from orders.erc.errors import ErcError, Unavailable
from orders.erc.paths import ITEMS_SCOPE
from orders.lookup.listing import Listing
from tests.support.faults import (
    DEADLINE,
    FAULTS,
    FOR_AN_HOUR,
    GOOD,
    IN_TIME,
    LOOKUP,
    Fault,
    in_threads,
    look_up,
    memory_growth,
)
from tests.support.stub_erc import Asked, Reply, StubErc, item, page

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True, scope="module")
def _warm() -> None:
    """As every worker is before it takes requests; else a first page would be timed with its compilation."""
    warm_up()


@pytest.fixture(autouse=True)
def _short_deadline(settings: Settings, request: pytest.FixtureRequest) -> None:
    settings.ERC_DEADLINE_SECONDS = 3.0 if "moment" in request.node.name else DEADLINE


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_agent_gets_an_honest_answer_in_time(browser: Client, erc: StubErc, fault: Fault) -> None:
    erc.answers(*fault.replies())
    started = time.monotonic()

    with memory_growth() as growth:
        response = browser.get("/orders/", LOOKUP)
        took = time.monotonic() - started

    html = BeautifulSoup(response.content, "html.parser")
    alerts = [str(alert["data-error"]) for alert in html.select("[role=alert][data-error]")]
    assert (response.status_code, alerts) == (fault.status, [fault.error] if fault.error else [])
    assert len(erc.asked) == fault.items_requests
    assert fault.at_least <= took < IN_TIME
    assert bool(html.select("article")) is (fault.error is None)
    assert "secret words" not in response.content.decode()
    assert growth() < 50


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:1", "http://no-such-host.invalid"],
    ids=["connection refused", "no such host"],
)
def test_upstream_that_cannot_be_reached_is_unavailable(
    browser: Client, erc: StubErc, settings: Settings, address: str
) -> None:
    settings.ERC_API_BASE_URL = address
    started = time.monotonic()

    response = browser.get("/orders/", LOOKUP)

    assert response.status_code == 503
    assert b'data-error="unavailable"' in response.content
    assert time.monotonic() - started < IN_TIME


TOKEN_FAULTS = [
    Fault("down", lambda: [Reply(503)], 503, "unavailable", 0),
    Fault("slow", lambda: [Reply(delay=12)], 504, "unavailable", 0),
    Fault(
        "HTML",
        lambda: [Reply(content=b"<html>", headers={"Content-Type": "text/html"})],
        502,
        "invalid_response",
        0,
    ),
    Fault("refused", lambda: [Reply(401, {"error": "invalid_client"})], 502, "not_allowed", 0),
    Fault("429 for an hour", lambda: [FOR_AN_HOUR], 429, "rate_limited", 0),
]


@pytest.mark.parametrize("fault", TOKEN_FAULTS, ids=lambda fault: fault.name)
def test_trouble_with_the_token_is_told_like_that_with_items(browser: Client, erc: StubErc, fault: Fault) -> None:
    reply = fault.replies()[0]
    erc.token = lambda _asked: reply
    started = time.monotonic()

    response = browser.get("/orders/", LOOKUP)

    assert response.status_code == fault.status
    assert f'data-error="{fault.error}"' in response.content.decode()
    assert erc.asked == []
    assert time.monotonic() - started < IN_TIME


def test_token_that_comes_at_the_second_attempt_is_used(browser: Client, erc: StubErc) -> None:
    replies = [Reply(503), Reply(content=erc.token_answer())]
    erc.token = lambda _asked: replies.pop(0)

    response = browser.get("/orders/", LOOKUP)

    assert response.status_code == 200
    assert len(erc.token_asked) == 2


def test_rate_limit_holds_back_the_next_lookups(browser: Client, erc: StubErc) -> None:
    erc.answers(Reply(429, headers={"Retry-After": "3600"}))
    browser.get("/orders/", LOOKUP)

    again = browser.get("/orders/", LOOKUP)

    assert again.status_code == 429
    assert 3590 <= int(again["Retry-After"]) <= 3600
    assert len(erc.asked) == 1


def test_rate_limit_of_one_order_leaves_others_until_a_second_one_is_refused(erc: StubErc) -> None:
    limited = {"O-1", "O-2"}
    erc.items = lambda asked: (
        Reply(429, headers={"Retry-After": "60"}) if asked.path.split("/")[6] in limited else GOOD
    )
    with pytest.raises(ErcError):
        look_up("O-1")

    other = look_up("O-3")
    with pytest.raises(ErcError):
        look_up("O-2")
    with pytest.raises(ErcError):
        look_up("O-4")

    assert [entry.id for entry in other.items] == ["good"]
    assert [asked.path.split("/")[6] for asked in erc.asked] == ["O-1", "O-3", "O-2"]


def test_cold_requests_at_once_fetch_one_token(erc: StubErc, settings: Settings) -> None:
    settings.ERC_DEADLINE_SECONDS = 60
    settings.LOOKUPS_AT_ONCE = 200
    erc.token = lambda _asked: Reply(content=erc.token_answer(), delay=0.2)

    results = in_threads(200, lambda index: look_up(f"O-{index}"))

    assert all(isinstance(result, Listing) for result in results)
    assert len(erc.token_asked) == 1
    assert len(erc.asked) == 200


def test_token_endpoint_that_fails_is_asked_once_for_all_who_wait(erc: StubErc, settings: Settings) -> None:
    settings.ERC_SCOPES = [ITEMS_SCOPE]
    erc.token = lambda _asked: Reply(401, {"error": "invalid_client"}, delay=0.3)

    results = in_threads(20, lambda index: look_up(f"O-{index}"))

    assert {type(result).__name__ for result in results} == {"NotAllowed"}
    assert len(erc.token_asked) == 1


def test_requests_at_once_for_one_page_ask_once(erc: StubErc) -> None:
    erc.answers(Reply(content=page(item("good")), delay=0.3))

    results = in_threads(50, lambda _index: look_up())

    assert all(isinstance(result, Listing) for result in results)
    assert len(erc.asked) == 1


def test_customers_at_once_never_get_each_others_items(erc: StubErc) -> None:
    def own(asked: Asked) -> Reply:
        customer, order = asked.path.split("/")[4], asked.path.split("/")[6]
        return Reply(content=page(item(f"{customer}-{order}")), delay=0.02)

    erc.items = own

    results = in_threads(40, lambda index: look_up(f"O-{index % 2}", f"C-{index % 5}"))

    assert [result.items[0].id for result in results] == [f"C-{n % 5}-O-{n % 2}" for n in range(40)]


def test_breaker_opens_answers_at_once_and_lets_probes_through(erc: StubErc, settings: Settings) -> None:
    settings.ERC_BREAKER_PROBE_SECONDS = 0.5
    erc.answers(Reply(503))
    for number in range(5):
        with pytest.raises(Unavailable):
            look_up(f"O-{number}")
    before = len(erc.asked)

    refusals: list[float] = []
    ends = time.monotonic() + 1.6
    while time.monotonic() < ends:
        started = time.monotonic()
        with pytest.raises(Unavailable) as caught:
            look_up("P-1")
        if "not asked" in str(caught.value):
            refusals.append(time.monotonic() - started)
        time.sleep(0.01)

    probes = len(erc.asked) - before
    assert 1 <= probes <= 4 * 3
    assert statistics.median(refusals) < DEADLINE / 2
    erc.answers(GOOD)
    time.sleep(0.6)
    assert [entry.id for entry in look_up().items] == ["good"]
    assert [entry.id for entry in look_up("O-9").items] == ["good"]


def test_outage_does_not_multiply_the_load(erc: StubErc, settings: Settings) -> None:
    settings.ERC_BREAKER_FAILURES = 1000
    erc.answers(Reply(503))

    for number in range(60):
        with pytest.raises(Unavailable):
            look_up(f"O-{number}")

    assert len(erc.asked) <= 60 + 20 + 5
