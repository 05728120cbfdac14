"""The access token that all requests share: fetched once and used for its life; trouble says who can act."""

from __future__ import annotations

import json
import threading
import time

import pytest

from orders.erc.client_authentication import (
    BasicAuthentication,
)
from orders.erc.context import CallContext
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, InvalidResponse, NotAllowed, RateLimited, TimedOut, Unavailable
from orders.erc.transport import Transport
from tests.support.stores import DictCache
from tests.support.stub_erc import Asked, Reply, StubErc
from tests.support.tokens import get_token, make_token_source


def test_token_is_fetched_once_and_shared_by_threads_and_processes(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    tokens = make_token_source(erc, transport, token_cache)
    seen: list[str] = []
    threads = [threading.Thread(target=lambda: seen.append(get_token(tokens))) for _ in range(20)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other_process = make_token_source(erc, transport, token_cache)

    assert seen == ["token-1"] * 20
    assert other_process.get(CallContext(Deadline(3), "c")) == ("token-1", False)
    assert len(erc.token_asked) == 1


def test_token_of_another_client_is_not_shared(erc: StubErc, transport: Transport, token_cache: DictCache) -> None:
    get_token(make_token_source(erc, transport, token_cache))

    token = get_token(make_token_source(erc, transport, token_cache, BasicAuthentication("other", "secret")))

    assert token == "token-2"


@pytest.mark.parametrize(("life", "fetches"), [(600, 1), (5, 1), (0, 2), (-5, 2)])
def test_token_is_used_for_its_life_less_a_margin(
    erc: StubErc, transport: Transport, token_cache: DictCache, life: int, fetches: int
) -> None:
    erc.token = lambda _asked: Reply(content=erc.token_answer(expires_in=life))
    tokens = make_token_source(erc, transport, token_cache)

    get_token(tokens)
    get_token(tokens)

    assert len(erc.token_asked) == fetches


def test_token_is_fetched_anew_within_the_margin_of_its_end(
    erc: StubErc, transport: Transport, token_cache: DictCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = make_token_source(erc, transport, token_cache)
    get_token(tokens)
    now = time.time()

    monkeypatch.setattr("orders.erc.auth.time.time", lambda: now + 600 - 59)

    assert get_token(tokens) == "token-2"


def test_dropped_token_is_gone_everywhere_but_a_newer_one_stays(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    tokens = make_token_source(erc, transport, token_cache)
    first = get_token(tokens)

    tokens.drop(first)
    second = get_token(tokens)
    tokens.drop(first)

    assert second == "token-2"
    assert get_token(tokens) == "token-2"
    assert get_token(make_token_source(erc, transport, token_cache)) == "token-2"


REFUSED = {"error": "invalid_client", "error_description": "Client authentication failed"}


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(401, REFUSED), NotAllowed),
        (Reply(400, {"error": "invalid_scope"}), NotAllowed),
        (Reply(403, b"no"), NotAllowed),
        (Reply(404, b"no such account"), NotAllowed),
        (Reply(429, b"", {"Retry-After": "7"}), RateLimited),
        (Reply(500, b"oops"), Unavailable),
        (Reply(503, b"<html>"), Unavailable),
        (Reply(504, b""), TimedOut),
        (Reply(302, b"", {"Location": "http://127.0.0.1:1/"}), InvalidResponse),
        (Reply(200, b"<html>", {"Content-Type": "text/html"}), InvalidResponse),
        (Reply(200, {"token_type": "Bearer"}), InvalidResponse),
        (Reply(200, {"access_token": "x", "token_type": "mac"}), InvalidResponse),
        (Reply(200, {"access_token": "bad\r\nX-Injected: 1"}), NotAllowed),
        (Reply(200, {"access_token": ""}), NotAllowed),
        (Reply(203, {"access_token": "tökén"}), NotAllowed),
        (Reply(203, {"access_token": "x", "token_type": "mac"}), InvalidResponse),
        (Reply(203, b"[" * 100_000), InvalidResponse),
        (Reply(200, {"access_token": "x"}, delay=1.5), TimedOut),
    ],
)
def test_token_trouble_is_named_by_who_can_act(
    erc: StubErc, transport: Transport, token_cache: DictCache, reply: Reply, kind: type[ErcError]
) -> None:
    erc.token = lambda _asked: reply

    with pytest.raises(ErcError) as caught:
        get_token(make_token_source(erc, transport, token_cache))

    assert type(caught.value) is kind
    assert caught.value.correlation_id == "correlation-1"
    assert caught.value.status == (None if reply.delay else reply.status)


def test_refused_client_keeps_the_upstreams_words_apart(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    erc.token = lambda _asked: Reply(401, REFUSED)

    with pytest.raises(NotAllowed) as caught:
        get_token(make_token_source(erc, transport, token_cache))

    assert (caught.value.status, caught.value.code) == (401, "invalid_client")
    assert caught.value.upstream_message == "Client authentication failed"
    assert "Client authentication" not in str(caught.value)


def test_token_without_expires_in_lives_as_long_as_documented(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    erc.token = lambda _asked: Reply(content=json.loads('{"access_token": "x"}'))
    tokens = make_token_source(erc, transport, token_cache)

    get_token(tokens)
    get_token(tokens)

    assert len(erc.token_asked) == 1


def test_token_whose_life_is_no_number_is_used_once(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    erc.token = lambda _asked: Reply(content=erc.token_answer(expires_in="nan"))
    tokens = make_token_source(erc, transport, token_cache)

    assert [get_token(tokens), get_token(tokens)] == ["token-1", "token-2"]


def test_asked_is_a_post(erc: StubErc, transport: Transport, token_cache: DictCache) -> None:
    get_token(make_token_source(erc, transport, token_cache))

    asked: Asked = erc.token_asked[0]
    assert (asked.method, asked.query) == ("POST", {})
