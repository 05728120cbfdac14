"""The scopes of the access token: all are asked for together; where one is refused, the items' alone."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import pytest

from orders.erc.errors import NotAllowed, RateLimited
from orders.erc.paths import ALL_SCOPES, ITEMS_SCOPE
from orders.erc.transport import Transport
from tests.support.stores import DictCache
from tests.support.stub_erc import Asked, Reply, StubErc
from tests.support.tokens import get_token, make_token_source

OTHERS = tuple(scope for scope in ALL_SCOPES if scope != ITEMS_SCOPE)


def scope_of(asked: Asked) -> str:
    return parse_qs(asked.body)["scope"][0]


def only_items(stub: StubErc, status: int, body: Any = None) -> None:
    """Let the client have the items' scope alone."""
    refusal = Reply(status, {"error": "invalid_scope"} if body is None else body)
    stub.token = lambda asked: Reply(content=stub.token_answer()) if scope_of(asked) == ITEMS_SCOPE else refusal


def test_scopes_are_asked_for_together(erc: StubErc, transport: Transport, token_cache: DictCache) -> None:
    tokens = make_token_source(erc, transport, token_cache, scopes=ALL_SCOPES)

    get_token(tokens)

    assert [scope_of(asked) for asked in erc.token_asked] == [" ".join(ALL_SCOPES)]
    assert tokens.lacking_scopes() == ()


@pytest.mark.parametrize(
    ("status", "body"),
    [(401, {"error": "invalid_client"}), (400, {"error": "invalid_scope"}), (401, b""), (400, b"?")],
)
def test_scope_that_is_refused_leaves_the_items_alone(
    erc: StubErc, transport: Transport, token_cache: DictCache, status: int, body: Any
) -> None:
    only_items(erc, status, body)
    tokens = make_token_source(erc, transport, token_cache, scopes=ALL_SCOPES)

    token = get_token(tokens)

    assert token == get_token(tokens)
    assert [scope_of(asked) for asked in erc.token_asked] == [" ".join(ALL_SCOPES), ITEMS_SCOPE]
    assert tokens.lacking_scopes() == OTHERS


def test_scope_that_is_lacking_is_known_to_every_process_and_logged(
    erc: StubErc, transport: Transport, token_cache: DictCache, caplog: pytest.LogCaptureFixture
) -> None:
    only_items(erc, 401)
    get_token(make_token_source(erc, transport, token_cache, scopes=ALL_SCOPES))

    lacking = make_token_source(erc, transport, token_cache, scopes=ALL_SCOPES).lacking_scopes()

    assert lacking == OTHERS
    assert [record.levelname for record in caplog.records if OTHERS[0] in record.message] == ["WARNING"]


def test_scope_that_the_token_does_not_name_is_lacking(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    erc.token = lambda _asked: Reply(content=erc.token_answer(scope=f"{ITEMS_SCOPE} {OTHERS[0]}"))
    tokens = make_token_source(erc, transport, token_cache, scopes=ALL_SCOPES)

    get_token(tokens)

    assert tokens.lacking_scopes() == OTHERS[1:]


@pytest.mark.parametrize("scope", [None, "", 5, ["x"]])
def test_scope_of_a_token_that_does_not_say_is_taken_as_granted(
    erc: StubErc, transport: Transport, token_cache: DictCache, scope: Any
) -> None:
    erc.token = lambda _asked: Reply(content=erc.token_answer(scope=scope))
    tokens = make_token_source(erc, transport, token_cache, scopes=ALL_SCOPES)

    get_token(tokens)

    assert tokens.lacking_scopes() == ()


def test_client_that_is_refused_with_every_scope_is_not_allowed(
    erc: StubErc, transport: Transport, token_cache: DictCache
) -> None:
    erc.token = lambda _asked: Reply(401, {"error": "invalid_client"})
    tokens = make_token_source(erc, transport, token_cache, scopes=ALL_SCOPES)

    with pytest.raises(NotAllowed):
        get_token(tokens)

    assert len(erc.token_asked) == 2


@pytest.mark.parametrize(("status", "kind"), [(403, NotAllowed), (429, RateLimited)])
def test_refusal_that_is_not_about_scopes_is_final(
    erc: StubErc, transport: Transport, token_cache: DictCache, status: int, kind: type[Exception]
) -> None:
    erc.token = lambda _asked: Reply(status, {"error": "other"})
    tokens = make_token_source(erc, transport, token_cache, scopes=ALL_SCOPES)

    with pytest.raises(kind):
        get_token(tokens)

    assert len(erc.token_asked) == 1


def test_token_of_other_scopes_is_not_shared(erc: StubErc, transport: Transport, token_cache: DictCache) -> None:
    first = get_token(make_token_source(erc, transport, token_cache, scopes=ALL_SCOPES))

    second = get_token(make_token_source(erc, transport, token_cache, scopes=(ITEMS_SCOPE,)))

    assert first != second
