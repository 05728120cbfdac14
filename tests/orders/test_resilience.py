"""What an agent gets whatever the upstream does: a table to add rows to, each on a real socket."""

from __future__ import annotations

import statistics
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django.fixtures import Settings

from orders import services
from orders.erc.errors import ErcError, Unavailable
from orders.erc.query import ItemsQuery
from orders.listing import Listing
from tests.stub_erc import HEAD, Asked, Reply, StubErc, item, page, wire

LOOKUP = {"customer_id": "C-1", "order_id": "O-1"}
DEADLINE = 1.2
GOOD = Reply(content=page(item("good")))
HTML = Reply(content=b"<html></html>", headers={"Content-Type": "text/html"})
FOR_AN_HOUR = Reply(429, headers={"Retry-After": "3600"})


def look_up(order_id: str = "O-1", customer_id: str = "C-1", **more: Any) -> Listing:
    """The service as a view calls it."""
    query = ItemsQuery(customer_id=customer_id, order_id=order_id, limit=20)
    return services.list_order_items(query, sealed_trail="", correlation_id="correlation-1", **more)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(HEAD + b"\r\n{")
    while True:
        handler.wfile.write(b" " * 65536)


@cache
def gzip_bomb() -> bytes:
    """512 MB of zeros, packed."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = b"\0" * 1_000_000
    return b"".join([*(packer.compress(zeros) for _ in range(512)), packer.flush()])


@dataclass
class Fault:
    """One row: what the upstream answers in turn (the last for ever), and what must come of it."""

    name: str
    replies: Callable[[], list[Reply]]
    status: int
    error: str | None
    items_requests: int
    at_least: float = 0.0
    at_most: float = DEADLINE + 0.5


FAULTS = [
    Fault("reset", lambda: [wire(reset=True)], 503, "unavailable", 3),
    Fault("reset, then fine", lambda: [wire(reset=True), GOOD], 200, None, 2),
    Fault("no answer", lambda: [Reply(delay=4)], 504, "unavailable", 1, at_least=1),
    Fault(
        "headers, then nothing",
        lambda: [wire(HEAD + b"Content-Length: 9\r\n\r\n", pause=4)],
        504,
        "unavailable",
        1,
        at_least=1,
    ),
    Fault(
        "a byte at a time",
        lambda: [wire(HEAD + b"Content-Length: 99\r\n\r\n", *[b" "] * 40, pause=0.1)],
        504,
        "unavailable",
        1,
        at_least=1,
    ),
    Fault("503 twice, then fine", lambda: [Reply(503), Reply(503), GOOD], 200, None, 3),
    Fault("503 always", lambda: [Reply(503, b"<html>")], 503, "unavailable", 3),
    Fault("502 always", lambda: [Reply(502)], 503, "unavailable", 3),
    Fault("504 always", lambda: [Reply(504)], 504, "unavailable", 3),
    Fault("500", lambda: [Reply(500, b"secret words")], 503, "unavailable", 1),
    Fault("400", lambda: [Reply(400)], 400, "bad_request", 1),
    Fault("404", lambda: [Reply(404)], 404, "not_found", 1),
    Fault("401 once", lambda: [Reply(401), GOOD], 200, None, 2),
    Fault("401 always", lambda: [Reply(401)], 502, "not_allowed", 2),
    Fault("403", lambda: [Reply(403)], 502, "not_allowed", 1),
    Fault(
        "429 for a moment",
        lambda: [Reply(429, headers={"Retry-After": "1"}), GOOD],
        200,
        None,
        2,
        at_least=1,
        at_most=2.5,
    ),
    Fault(
        "429 for an hour",
        lambda: [Reply(429, headers={"Retry-After": "3600"})],
        429,
        "rate_limited",
        1,
        at_most=0.5,
    ),
    Fault("429 without a time", lambda: [Reply(429)], 429, "rate_limited", 1, at_most=0.5),
    Fault(
        "redirect",
        lambda: [Reply(302, headers={"Location": "http://127.0.0.1:1/"})],
        502,
        "invalid_response",
        1,
    ),
    Fault("cut short", lambda: [wire(HEAD + b"Content-Length: 99\r\n\r\n{")], 502, "invalid_response", 3),
    Fault("cut short, then fine", lambda: [wire(HEAD + b"Content-Length: 99\r\n\r\n{"), GOOD], 200, None, 2),
    Fault(
        "HTML with 200",
        lambda: [HTML],
        502,
        "invalid_response",
        1,
    ),
    Fault(
        "JSON under another type",
        lambda: [Reply(content=page(item()), headers={"Content-Type": "text/html; charset=utf-8"})],
        502,
        "invalid_response",
        1,
    ),
    Fault("not JSON", lambda: [Reply(content=b"{]")], 502, "invalid_response", 1),
    Fault(
        "not UTF-8", lambda: [Reply(content=b'{"_embedded":{"items":[]},"x":"\xff"}')], 502, "invalid_response", 1
    ),
    Fault("NaN", lambda: [Reply(content=b'{"_embedded":{"items":[]},"x":NaN}')], 502, "invalid_response", 1),
    Fault(
        "a key twice",
        lambda: [Reply(content=b'{"_embedded":{"items":[]},"_embedded":{"items":[]}}')],
        502,
        "invalid_response",
        1,
    ),
    Fault(
        "100,000 nested arrays",
        lambda: [Reply(content=b'{"_embedded":{"items":[' + b"[" * 100_000 + b"]" * 100_000 + b"]}}")],
        502,
        "invalid_response",
        1,
    ),
    Fault("endless body", lambda: [Reply(wire=endless)], 502, "invalid_response", 1),
    Fault(
        "gzip bomb",
        lambda: [Reply(content=gzip_bomb(), headers={"Content-Encoding": "gzip"})],
        502,
        "invalid_response",
        1,
    ),
]


@pytest.fixture(autouse=True)
def _short_deadline(settings: Settings, request: pytest.FixtureRequest) -> None:
    settings.ERC_DEADLINE_SECONDS = 3.0 if "moment" in request.node.name else DEADLINE


@contextmanager
def memory_growth() -> Iterator[Callable[[], float]]:
    """Gives the megabytes by which this process grew at its highest, while the block ran."""

    def resident() -> float:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * 4096 / 1e6

    before, highest, done = resident(), resident(), threading.Event()

    def watch() -> None:
        nonlocal highest
        while not done.wait(0.002):
            highest = max(highest, resident())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield lambda: highest - before
    finally:
        done.set()
        watcher.join()


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
    assert fault.at_least <= took <= fault.at_most
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
    assert time.monotonic() - started < DEADLINE + 0.5


TOKEN_FAULTS = [
    Fault("down", lambda: [Reply(503)], 503, "unavailable", 0),
    Fault("slow", lambda: [Reply(delay=4)], 504, "unavailable", 0),
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
    assert time.monotonic() - started < DEADLINE + 0.5


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


def in_threads(number: int, work: Callable[[int], Any]) -> list[Any]:
    """Runs `work` in as many threads at once; errors are given as results."""
    barrier = threading.Barrier(number)

    def run(index: int) -> Any:
        barrier.wait()
        try:
            return work(index)
        except ErcError as error:
            return error

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def test_cold_requests_at_once_fetch_one_token(erc: StubErc, settings: Settings) -> None:
    settings.ERC_DEADLINE_SECONDS = 10
    erc.token = lambda _asked: Reply(content=erc.token_answer(), delay=0.2)

    results = in_threads(200, lambda index: look_up(f"O-{index}"))

    assert all(isinstance(result, Listing) for result in results)
    assert len(erc.token_asked) == 1
    assert len(erc.asked) == 200


def test_token_endpoint_that_fails_is_asked_once_for_all_who_wait(erc: StubErc) -> None:
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
    assert statistics.quantiles(refusals, n=20)[18] < 0.05
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


def test_kept_answer_serves_for_a_short_time_without_asking(browser: Client, erc: StubErc) -> None:
    first = browser.get("/orders/", LOOKUP)

    second = browser.get("/orders/", LOOKUP)

    as_of = [
        BeautifulSoup(response.content, "html.parser").select("time[data-as-of]")[0]["datetime"]
        for response in (first, second)
    ]
    assert as_of[0] == as_of[1]
    assert len(erc.asked) == 1


def test_kept_answer_is_not_used_where_anything_differs(browser: Client, erc: StubErc) -> None:
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

    link = next(link for link in html.select(".state a") if link.get_text() == "Refresh")
    refreshed = browser.get(str(link["href"]))
    afterwards = browser.get("/orders/", LOOKUP)

    assert b'data-item-id="newer"' in refreshed.content
    assert b'data-item-id="newer"' in afterwards.content
    assert len(erc.asked) == 2


STALE_FAULTS = [fault for fault in FAULTS if fault.error in ("unavailable", "invalid_response", "rate_limited")]


@pytest.mark.parametrize("fault", STALE_FAULTS, ids=lambda fault: fault.name)
def test_kept_answer_stands_in_when_the_api_fails(browser: Client, erc: StubErc, fault: Fault) -> None:
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
def test_kept_answer_does_not_hide_a_refusal(browser: Client, erc: StubErc, reply: Reply) -> None:
    browser.get("/orders/", LOOKUP)
    erc.answers(reply)

    response = browser.get("/orders/", {**LOOKUP, "refresh": "1"})

    assert response.status_code >= 400
    assert b"data-item-id" not in response.content


def test_kept_answer_that_is_too_old_is_not_shown(browser: Client, erc: StubErc, settings: Settings) -> None:
    settings.PAGE_CACHE_FRESH_SECONDS = 0
    settings.PAGE_CACHE_STALE_SECONDS = 0.2
    browser.get("/orders/", LOOKUP)
    erc.answers(Reply(503))
    time.sleep(0.3)

    response = browser.get("/orders/", LOOKUP)

    assert response.status_code == 503


@pytest.mark.parametrize("status", [403, 404])
def test_refusal_is_not_kept(browser: Client, erc: StubErc, status: int) -> None:
    erc.answers(Reply(status), GOOD)

    refused = browser.get("/orders/", LOOKUP)
    found = browser.get("/orders/", LOOKUP)

    assert (refused.status_code >= 400, found.status_code) == (True, 200)


def test_page_cache_can_be_switched_off(browser: Client, erc: StubErc, settings: Settings) -> None:
    settings.PAGE_CACHE = False
    browser.get("/orders/", LOOKUP)
    erc.answers(Reply(500))

    response = browser.get("/orders/", LOOKUP)

    assert response.status_code == 503


def test_keys_of_the_page_cache_tell_nothing() -> None:
    key = services.page_cache().key(ItemsQuery(customer_id="C-secret", order_id="O-secret"))

    assert "secret" not in key
    assert len(key) < 100
