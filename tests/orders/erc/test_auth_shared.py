"""What threads and processes share of a token: who waits for whom, and what the store may hold instead."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from orders.erc.auth import Granted
from orders.erc.context import CallContext
from orders.erc.deadline import Deadline
from orders.erc.errors import TimedOut
from orders.erc.transport import Transport
from tests.orders.erc.test_store import GARBAGE
from tests.support.breakers import Clock
from tests.support.stores import DictCache
from tests.support.stub_erc import Asked, Reply, StubErc
from tests.support.tokens import get_token, make_token_source


def test_caller_waits_for_the_process_that_fetches_no_longer_than_its_deadline(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    tokens = make_token_source(erc, transport, token_cache)
    token_cache.values[tokens._lock_key] = time.time() + 60

    with pytest.raises(TimedOut, match="another process") as caught:
        tokens.get(CallContext(Deadline(0.1), "c-1"))

    assert caught.value.correlation_id == "c-1"
    assert erc.token_asked == []


def test_caller_waits_for_the_thread_that_fetches_no_longer_than_its_deadline(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    tokens = make_token_source(erc, transport, token_cache)
    began, may_end = threading.Event(), threading.Event()

    def slow(_asked: Asked) -> Reply:
        began.set()
        may_end.wait(5)
        return Reply(content=erc.token_answer())

    erc.token = slow
    first = threading.Thread(target=get_token, args=(tokens,))
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
    tokens = make_token_source(erc, transport, token_cache)
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
    tokens = make_token_source(erc, transport, token_cache)
    token_cache.values[tokens._lock_key] = lock

    assert get_token(tokens) == "token-1"
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
    tokens = make_token_source(erc, transport, token_cache)
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

    get_token(make_token_source(erc, transport, cache))

    [(_, (value, refresh_at, use_until, _), timeout)] = stored
    assert value == "token-1"
    assert kept - 2 < timeout <= kept
    assert abs(use_until - refresh_at - min(60, float(life) / 5)) < 0.01
