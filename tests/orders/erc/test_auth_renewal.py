"""How long a token serves, who renews it, and what of it is shared."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from orders.erc.auth import Granted, TokenSource
from orders.erc.context import CallContext
from orders.erc.deadline import Deadline
from orders.erc.errors import TimedOut
from orders.erc.transport import Transport
from tests.orders.erc.test_auth import get, source
from tests.orders.erc.test_store import GARBAGE
from tests.support.breakers import Clock
from tests.support.log_lines import Lines
from tests.support.stores import DictCache
from tests.support.stub_erc import Asked, Reply, StubErc


class Renewals:
    """A token endpoint whose second answer waits until the test lets it go."""

    def __init__(self, erc: StubErc) -> None:
        self.began, self.may_end = threading.Event(), threading.Event()
        self._erc = erc

    def __call__(self, _asked: Asked) -> Reply:
        if len(self._erc.token_asked) > 1:
            self.began.set()
            self.may_end.wait(5)
        return Reply(content=self._erc.token_answer())


def wait_for_renewal(tokens: TokenSource) -> None:
    """Return once no renewal is under way."""
    with tokens._aside:
        pass


def at(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """So much later by the clock that tokens live by."""
    now = time.time() + seconds
    monkeypatch.setattr("orders.erc.auth.time.time", lambda: now)


def test_token_near_its_end_is_renewed_once_while_the_old_one_serves(
    erc: StubErc, transport: Transport, token_cache: DictCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = source(erc, transport, token_cache)
    renewals = Renewals(erc)
    erc.token = renewals
    get(tokens)

    at(monkeypatch, 490)
    first = tokens.get(CallContext(Deadline(3), "c"))
    renewals.began.wait(5)
    meanwhile = {get(tokens) for _ in range(20)}
    renewals.may_end.set()
    wait_for_renewal(tokens)

    assert (first.value, first.is_fetched, meanwhile) == ("token-1", False, {"token-1"})
    assert get(tokens) == "token-2"
    assert len(erc.token_asked) == 2


def test_process_that_stops_waits_for_no_renewal(
    erc: StubErc, transport: Transport, token_cache: DictCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = source(erc, transport, token_cache)
    renewals = Renewals(erc)
    erc.token = renewals
    get(tokens)
    before = set(threading.enumerate())

    at(monkeypatch, 490)
    get(tokens)
    renewals.began.wait(5)
    renewing = [one for one in threading.enumerate() if one not in before and "_refresh" in one.name]
    renewals.may_end.set()
    wait_for_renewal(tokens)

    assert [one.daemon for one in renewing] == [True]


@pytest.mark.parametrize(("later", "asked"), [(479, 1), (481, 2)])
def test_token_is_renewed_from_two_minutes_before_its_end(
    erc: StubErc,
    transport: Transport,
    token_cache: DictCache,
    monkeypatch: pytest.MonkeyPatch,
    later: int,
    asked: int,
) -> None:
    tokens = source(erc, transport, token_cache)
    get(tokens)

    at(monkeypatch, later)
    get(tokens)
    wait_for_renewal(tokens)

    assert len(erc.token_asked) == asked


REFUSED = {"error": "invalid_client", "error_description": "Client authentication failed"}


def test_renewal_that_fails_is_logged_and_not_repeated_at_once(
    erc: StubErc, transport: Transport, token_cache: DictCache, monkeypatch: pytest.MonkeyPatch, log: Lines
) -> None:
    tokens = source(erc, transport, token_cache)
    get(tokens)
    erc.token = lambda _asked: Reply(401, REFUSED)

    at(monkeypatch, 490)
    for _ in range(5):
        get(tokens)
        wait_for_renewal(tokens)

    assert len(erc.token_asked) == 2
    message = "the access token could not be renewed ahead of time: the token endpoint answered 401"
    assert len(log.entries(message)) == 1


def test_renewal_that_failed_is_tried_again_after_a_pause(
    erc: StubErc, transport: Transport, token_cache: DictCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = source(erc, transport, token_cache)
    get(tokens)
    erc.token = lambda _asked: Reply(401, REFUSED)
    at(monkeypatch, 490)
    get(tokens)
    wait_for_renewal(tokens)
    erc.token = lambda _asked: Reply(content=erc.token_answer())

    monkeypatch.setattr(tokens, "_aside_after", time.monotonic())
    get(tokens)
    wait_for_renewal(tokens)

    assert get(tokens) == "token-2"


def test_renewal_by_another_process_is_taken_over(
    erc: StubErc, transport: Transport, token_cache: DictCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (source(erc, transport, token_cache) for _ in range(2))
    get(one)
    get(other)
    at(monkeypatch, 490)
    get(one)
    wait_for_renewal(one)

    get(other)
    wait_for_renewal(other)

    assert get(other) == "token-2"
    assert len(erc.token_asked) == 2


def test_renewal_is_left_to_the_process_that_is_at_it(
    erc: StubErc, transport: Transport, token_cache: DictCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = source(erc, transport, token_cache)
    get(tokens)
    at(monkeypatch, 490)
    token_cache.values[tokens._lock_key] = time.time() + 3

    get(tokens)
    wait_for_renewal(tokens)

    assert len(erc.token_asked) == 1


@pytest.mark.parametrize("moment", [0, 490])
def test_token_that_was_shared_before_the_lock_was_had_is_not_fetched_again(
    erc: StubErc, transport: Transport, token_cache: DictCache, monkeypatch: pytest.MonkeyPatch, moment: float
) -> None:
    tokens, other = (source(erc, transport, token_cache) for _ in range(2))
    if moment:
        get(tokens)
        at(monkeypatch, moment)
    seen: list[str] = []
    add = token_cache.add

    def add_late(key: str, value: object, timeout: float) -> bool:
        monkeypatch.setattr(token_cache, "add", add)
        seen.append(get(other))
        get(other)
        wait_for_renewal(other)
        return add(key, value, timeout)

    monkeypatch.setattr(token_cache, "add", add_late)
    before = len(erc.token_asked)

    get(tokens)
    wait_for_renewal(tokens)

    assert seen
    assert len(erc.token_asked) == before + 1
    assert tokens._lock_key not in token_cache.values


def test_caller_waits_for_the_process_that_fetches_no_longer_than_its_deadline(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    tokens = source(erc, transport, token_cache)
    token_cache.values[tokens._lock_key] = time.time() + 60

    with pytest.raises(TimedOut, match="another process") as caught:
        tokens.get(CallContext(Deadline(0.1), "c-1"))

    assert caught.value.correlation_id == "c-1"
    assert erc.token_asked == []


def test_caller_waits_for_the_thread_that_fetches_no_longer_than_its_deadline(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    tokens = source(erc, transport, token_cache)
    began, may_end = threading.Event(), threading.Event()

    def slow(_asked: Asked) -> Reply:
        began.set()
        may_end.wait(5)
        return Reply(content=erc.token_answer())

    erc.token = slow
    first = threading.Thread(target=get, args=(tokens,))
    first.start()
    began.wait(5)

    with pytest.raises(TimedOut, match="no access token in time") as caught:
        tokens.get(CallContext(Deadline(0.1), "c-2"))
    may_end.set()
    first.join()

    assert caught.value.correlation_id == "c-2"


@pytest.mark.parametrize(("seconds", "longest"), [(-5, 0), (0.5, 0.5)])
def test_wait_for_the_thread_that_fetches_is_what_is_left(
    erc: StubErc,
    transport: Transport,
    token_cache: DictCache,
    monkeypatch: pytest.MonkeyPatch,
    clock: Clock,
    seconds: float,
    longest: float,
) -> None:
    tokens = source(erc, transport, token_cache)
    waits: list[float] = []

    def run(_key: str, _fetch: object, wait: float) -> Granted:
        waits.append(wait)
        return Granted("token-1", is_fetched=True)

    monkeypatch.setattr(tokens._flight, "run", run)

    tokens.get(CallContext(Deadline(seconds), "c"))

    assert waits == [longest]


@pytest.mark.parametrize("lock", [*GARBAGE, 1e11])
def test_lock_that_is_garbled_blocks_no_caller(
    erc: StubErc, transport: Transport, token_cache: DictCache, lock: Any
) -> None:
    tokens = source(erc, transport, token_cache)
    token_cache.values[tokens._lock_key] = lock

    assert get(tokens) == "token-1"
    assert tokens._lock_key not in token_cache.values


STORED: list[Any] = [
    *GARBAGE,
    ["token-x"],
    ["token-x", 1, 2],
    ["token-x", "soon", "late"],
    ["", 9e8, 2e9],
    ["tökén", 2e9, 2e9],
    ["a\r\nX-Injected: 1", 2e9, 2e9],
    [7, 2e9, 2e9],
    ["token-x", 1e11, 1e11],
    ["token-x", 1, float("nan")],
]


@pytest.mark.parametrize("stored", STORED)
def test_token_that_is_garbled_in_the_cache_counts_as_none(
    erc: StubErc, transport: Transport, token_cache: DictCache, stored: Any
) -> None:
    tokens = source(erc, transport, token_cache)
    token_cache.values[tokens._key] = stored

    granted = tokens.get(CallContext(Deadline(3), "c"))
    tokens.drop("token-x")

    assert (granted.value, granted.is_fetched) == ("token-1", True)


@pytest.mark.parametrize(("life", "kept"), [(600, 540), (1, 0.8), ("600", 540), (1e9, 86340), ("inf", 86340)])
def test_token_is_shared_for_its_life_less_a_margin_and_a_day_at_most(
    erc: StubErc, transport: Transport, monkeypatch: pytest.MonkeyPatch, life: Any, kept: float
) -> None:
    cache = DictCache()
    erc.token = lambda _asked: Reply(content=erc.token_answer(expires_in=life))
    stored: list[tuple[Any, ...]] = []
    monkeypatch.setattr(cache, "set", lambda *given: stored.append(given))

    get(source(erc, transport, cache))

    [(_, (value, refresh_at, use_until), timeout)] = stored
    assert value == "token-1"
    assert kept - 2 < timeout <= kept
    assert abs(use_until - refresh_at - min(60, float(life) / 5)) < 0.01


def test_token_whose_life_is_no_number_is_used_once(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    erc.token = lambda _asked: Reply(content=erc.token_answer(expires_in="nan"))
    tokens = source(erc, transport, token_cache)

    assert [get(tokens), get(tokens)] == ["token-1", "token-2"]
