from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from orders.erc.deadline import Deadline
from orders.erc.endpoint import Endpoint
from orders.erc.errors import ErcError, FailedBefore, RateLimited, Response, TimedOut, Unavailable
from orders.erc.exchange import Exchange
from orders.erc.responses import raise_for_status
from orders.erc.transport import Request, Transport
from tests.support.erc_calls import make_endpoint
from tests.support.log_lines import Lines
from tests.support.stores import DictCache
from tests.support.stub_erc import HEAD, Reply, StubErc, wire

Ask = Callable[..., bytes]


@pytest.fixture
def endpoint(transport: Transport) -> Endpoint:
    return make_endpoint(transport, DictCache())


@pytest.fixture
def ask(erc: StubErc, endpoint: Endpoint) -> Ask:
    def asked(resource: str = "O-1", seconds: float = 3) -> bytes:
        request = Request("GET", f"{erc.base_url}/items", {}, "c-1")
        return endpoint.call(request, Deadline(seconds), accepted, resource=resource)

    return asked


def accepted(response: Response) -> bytes:
    raise_for_status(response, "items")
    return response.body


def test_call_gives_what_was_made_of_the_response(erc: StubErc, ask: Ask) -> None:
    erc.answers(Reply(content=b"[1]"))

    assert ask() == b"[1]"


def test_resource_that_failed_is_not_asked_for_again_at_once(erc: StubErc, ask: Ask) -> None:
    erc.answers(Reply(500), Reply(content=b"[1]"))
    with pytest.raises(Unavailable):
        ask("O-1")

    with pytest.raises(FailedBefore) as caught:
        ask("O-1")

    assert ask("O-2") == b"[1]"
    assert caught.value.correlation_id == "c-1"
    assert len(erc.asked) == 2


@pytest.mark.parametrize(
    ("reply", "remembered"),
    [
        (wire(reset=True), ""),
        (wire(HEAD + b"Content-Length: 99\r\n\r\n{"), ""),
        (Reply(delay=4), ""),
        (Reply(404), ""),
        (Reply(429), ""),
        (Reply(500), ""),
        (Reply(content=b"x" * 200_001), ""),
        (Reply(headers={"Content-Type": "text/html"}), ""),
        (Reply(), "outage"),
        (Reply(), "wait"),
        (Reply(), "failure"),
    ],
    ids=["reset", "cut short", "late", "404", "429", "500", "too large", "no JSON", "outage", "wait", "failure"],
)
def test_error_carries_the_id_of_the_request(
    erc: StubErc, ask: Ask, endpoint: Endpoint, reply: Reply, remembered: str
) -> None:
    ahead = time.time() + 3
    stored: dict[str, dict[str, object]] = {
        "outage": {endpoint._breaker.key: [True, time.time()]},
        "wait": {endpoint._limits.keys("")[0]: [time.time(), ahead]},
        "failure": {endpoint._failures.key("O-1"): ahead},
    }
    for key, value in stored.get(remembered, {}).items():
        endpoint._store.set(key, value, None)
    erc.answers(reply)

    with pytest.raises(ErcError) as caught:
        ask("O-1", seconds=1)

    assert caught.value.correlation_id == "c-1"
    assert bool(erc.asked) != bool(remembered)


@pytest.mark.parametrize("seconds", [0, -1])
def test_call_after_the_deadline_asks_nothing(erc: StubErc, ask: Ask, seconds: float) -> None:
    with pytest.raises(TimedOut, match="not asked") as caught:
        ask(seconds=seconds)

    assert caught.value.correlation_id == "c-1"
    assert erc.asked == []


def test_call_after_the_deadline_says_nothing_of_the_endpoint(
    erc: StubErc, ask: Ask, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint._breaker, "guard", lambda *_given: pytest.fail("it was counted"))

    with pytest.raises(TimedOut):
        ask(seconds=0)


def test_waits_and_an_outage_are_lifted_together(erc: StubErc, ask: Ask, endpoint: Endpoint) -> None:
    erc.answers(Reply(429, headers={"Retry-After": "60"}), Reply(content=b"[1]"))
    with pytest.raises(RateLimited):
        ask("O-1", seconds=1)
    endpoint._store.set(endpoint._breaker.key, [True, 4e9], None)

    endpoint.lift_waits()

    assert ask("O-1") == b"[1]"


@pytest.mark.parametrize(("status", "attempts"), [(200, 1), (404, 1), (503, 3)])
def test_each_attempt_is_logged_and_observed(
    erc: StubErc, transport: Transport, log: Lines, status: int, attempts: int
) -> None:
    seen: list[Exchange] = []
    store = DictCache()
    endpoint = make_endpoint(transport, store)
    endpoint._observe = seen.append
    erc.answers(Reply(status, b"[]"))
    request = Request("GET", f"{erc.base_url}/items", {}, "c-1")

    try:
        endpoint.call(request, Deadline(5), accepted, resource="O-1")
        outcome = "ok"
    except ErcError as error:
        outcome = type(error).__name__

    lines = log.entries("upstream attempt")
    assert [(one["attempt"], one["status"], one["outcome"]) for one in lines] == [
        (number, status, outcome) for number in range(1, attempts + 1)
    ]
    assert {(one["method"], one["route"], one["correlation_id"]) for one in lines} == {("GET", "/items", "c-1")}
    [exchange] = seen
    assert (exchange.outcome, exchange.status, len(exchange.attempts)) == (outcome, status, attempts)
    assert {(one.size, one.status) for one in exchange.attempts} == {(2, status)}


def test_attempt_without_a_response_has_nothing_of_the_one_before(
    erc: StubErc, ask: Ask, endpoint: Endpoint
) -> None:
    seen: list[Exchange] = []
    endpoint._observe = seen.append
    erc.answers(Reply(503, b"[]"), wire(reset=True))

    with pytest.raises(Unavailable):
        ask()

    [exchange] = seen
    assert [(one.size, one.status) for one in exchange.attempts] == [(2, 503), (0, None), (0, None)]
    assert exchange.response is None
