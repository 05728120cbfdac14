"""Who renews a token shortly before its end, and what serves meanwhile."""

from __future__ import annotations

import threading
import time

import pytest

from orders.erc.auth import TokenSource
from orders.erc.context import CallContext
from orders.erc.deadline import Deadline
from orders.erc.transport import Transport
from tests.support.log_lines import Lines
from tests.support.stores import DictCache
from tests.support.stub_erc import Asked, Reply, StubErc
from tests.support.tokens import get_token, make_token_source


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
    tokens = make_token_source(erc, transport, token_cache)
    renewals = Renewals(erc)
    erc.token = renewals
    get_token(tokens)

    at(monkeypatch, 490)
    first = tokens.get(CallContext(Deadline(3), "c"))
    renewals.began.wait(5)
    meanwhile = {get_token(tokens) for _ in range(20)}
    renewals.may_end.set()
    wait_for_renewal(tokens)

    assert (first.value, first.is_fetched, meanwhile) == ("token-1", False, {"token-1"})
    assert get_token(tokens) == "token-2"
    assert len(erc.token_asked) == 2


def test_process_that_stops_waits_for_no_renewal(
    erc: StubErc, transport: Transport, token_cache: DictCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = make_token_source(erc, transport, token_cache)
    renewals = Renewals(erc)
    erc.token = renewals
    get_token(tokens)
    before = set(threading.enumerate())

    at(monkeypatch, 490)
    get_token(tokens)
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
    tokens = make_token_source(erc, transport, token_cache)
    get_token(tokens)

    at(monkeypatch, later)
    get_token(tokens)
    wait_for_renewal(tokens)

    assert len(erc.token_asked) == asked


REFUSED = {"error": "invalid_client", "error_description": "Client authentication failed"}


def test_renewal_that_fails_is_logged_and_not_repeated_at_once(
    erc: StubErc, transport: Transport, token_cache: DictCache, monkeypatch: pytest.MonkeyPatch, log: Lines
) -> None:
    tokens = make_token_source(erc, transport, token_cache)
    get_token(tokens)
    erc.token = lambda _asked: Reply(401, REFUSED)

    at(monkeypatch, 490)
    for _ in range(5):
        get_token(tokens)
        wait_for_renewal(tokens)

    assert len(erc.token_asked) == 2
    message = "the access token could not be renewed ahead of time: the token endpoint answered 401"
    assert len(log.entries(message)) == 1


def test_renewal_that_failed_is_tried_again_after_a_pause(
    erc: StubErc, transport: Transport, token_cache: DictCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = make_token_source(erc, transport, token_cache)
    get_token(tokens)
    erc.token = lambda _asked: Reply(401, REFUSED)
    at(monkeypatch, 490)
    get_token(tokens)
    wait_for_renewal(tokens)
    erc.token = lambda _asked: Reply(content=erc.token_answer())

    monkeypatch.setattr(tokens, "_aside_after", time.monotonic())
    get_token(tokens)
    wait_for_renewal(tokens)

    assert get_token(tokens) == "token-2"


def test_renewal_by_another_process_is_taken_over(
    erc: StubErc, transport: Transport, token_cache: DictCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (make_token_source(erc, transport, token_cache) for _ in range(2))
    get_token(one)
    get_token(other)
    at(monkeypatch, 490)
    get_token(one)
    wait_for_renewal(one)

    get_token(other)
    wait_for_renewal(other)

    assert get_token(other) == "token-2"
    assert len(erc.token_asked) == 2


def test_renewal_is_left_to_the_process_that_is_at_it(
    erc: StubErc, transport: Transport, token_cache: DictCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = make_token_source(erc, transport, token_cache)
    get_token(tokens)
    at(monkeypatch, 490)
    token_cache.values[tokens._lock_key] = time.time() + 3

    get_token(tokens)
    wait_for_renewal(tokens)

    assert len(erc.token_asked) == 1


@pytest.mark.parametrize("moment", [0, 490])
def test_token_that_was_shared_before_the_lock_was_had_is_not_fetched_again(
    erc: StubErc, transport: Transport, token_cache: DictCache, monkeypatch: pytest.MonkeyPatch, moment: float
) -> None:
    tokens, other = (make_token_source(erc, transport, token_cache) for _ in range(2))
    if moment:
        get_token(tokens)
        at(monkeypatch, moment)
    seen: list[str] = []
    add = token_cache.add

    def add_late(key: str, value: object, timeout: float) -> bool:
        monkeypatch.setattr(token_cache, "add", add)
        seen.append(get_token(other))
        get_token(other)
        wait_for_renewal(other)
        return add(key, value, timeout)

    monkeypatch.setattr(token_cache, "add", add_late)
    before = len(erc.token_asked)

    get_token(tokens)
    wait_for_renewal(tokens)

    assert seen
    assert len(erc.token_asked) == before + 1
    assert tokens._lock_key not in token_cache.values
