"""Reading a conversation: the token, the deadline, and every way in which it can fail."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from orders.embed.desktops import genesys_api
from orders.embed.desktops.genesys_api import read_conversation
from orders.embed.errors import ConversationCode, ConversationError
from tests.support.genesys import CONVERSATION, SECRET, conversation, genesys_desktop, guarded, region
from tests.support.stub_erc import HEAD, Reply, StubErc, token_error, wire


@pytest.fixture
def stub() -> Iterator[StubErc]:
    with region() as opened:
        yield opened


def failed(stub: StubErc) -> ConversationError:
    """Why the conversation could not be read."""
    with pytest.raises(ConversationError) as caught:
        read_conversation(genesys_desktop(stub), CONVERSATION, "correlation")
    return caught.value


def test_conversation_is_read_with_the_clients_token(stub: StubErc) -> None:
    read = read_conversation(genesys_desktop(stub), CONVERSATION, "correlation")

    (for_token,), (for_conversation,) = stub.token_asked, stub.asked
    assert [one.purpose for one in read.participants] == ["agent", "customer"]
    client = base64.b64encode(f"client:{SECRET}".encode()).decode()
    assert (for_token.method, for_token.path, for_token.body) == (
        "POST",
        "/oauth/token",
        "grant_type=client_credentials",
    )
    assert for_token.headers["Authorization"] == f"Basic {client}"
    assert for_conversation.path == f"/api/v2/conversations/{CONVERSATION}"
    assert for_conversation.headers["Authorization"] == "Bearer token-1"
    assert for_conversation.headers["X-Correlation-ID"] == "correlation"


def test_token_is_kept_for_the_next_conversation(stub: StubErc) -> None:
    for _ in range(2):
        read_conversation(genesys_desktop(stub), CONVERSATION, "")

    assert (len(stub.token_asked), len(stub.asked)) == (1, 2)


def test_token_that_is_about_to_expire_is_not_used(stub: StubErc) -> None:
    stub.token = lambda _: Reply(content=stub.token_answer(expires_in=59))

    for _ in range(2):
        read_conversation(genesys_desktop(stub), CONVERSATION, "")

    assert [one.headers["Authorization"] for one in stub.asked] == ["Bearer token-1", "Bearer token-2"]


def test_token_of_a_secret_that_was_replaced_is_not_used(stub: StubErc) -> None:
    read_conversation(genesys_desktop(stub), CONVERSATION, "")

    read_conversation(genesys_desktop(stub, client_secret="another"), CONVERSATION, "")

    assert len(stub.token_asked) == 2


def test_tokens_are_kept_under_no_name_that_holds_the_secret(stub: StubErc) -> None:
    read_conversation(genesys_desktop(stub), CONVERSATION, "")

    assert SECRET not in repr(genesys_api._api()._tokens)
    assert SECRET not in repr(genesys_desktop(stub))


def test_kept_token_that_is_refused_is_fetched_once_more(stub: StubErc) -> None:
    read_conversation(genesys_desktop(stub), CONVERSATION, "")
    stub.expire_tokens()

    read_conversation(genesys_desktop(stub), CONVERSATION, "")

    assert len(stub.token_asked) == 2
    assert [one.headers["Authorization"] for one in stub.asked[1:]] == ["Bearer token-1", "Bearer token-2"]


def test_fresh_token_that_is_refused_is_not_asked_for_again(stub: StubErc) -> None:
    stub.answers(Reply(401, {}))

    assert failed(stub).code is ConversationCode.NOT_ALLOWED
    assert (len(stub.token_asked), len(stub.asked)) == (1, 1)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, ConversationCode.UNREADABLE),
        (401, ConversationCode.NOT_ALLOWED),
        (403, ConversationCode.NOT_ALLOWED),
        (404, ConversationCode.UNKNOWN),
        (410, ConversationCode.UNREADABLE),
        (429, ConversationCode.BUSY),
        (500, ConversationCode.UNREACHABLE),
        (503, ConversationCode.UNREACHABLE),
    ],
)
def test_status_of_the_conversation_tells_who_has_to_act(
    stub: StubErc, status: int, code: ConversationCode
) -> None:
    stub.answers(Reply(status, {"message": "planted"}))

    error = failed(stub)

    assert (error.code, str(error)) == (code, f"the response to the request for the conversation has {status}")


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, ConversationCode.NOT_ALLOWED),
        (401, ConversationCode.NOT_ALLOWED),
        (403, ConversationCode.NOT_ALLOWED),
        (404, ConversationCode.UNREADABLE),
        (429, ConversationCode.BUSY),
        (502, ConversationCode.UNREACHABLE),
    ],
)
def test_status_of_the_token_tells_who_has_to_act(stub: StubErc, status: int, code: ConversationCode) -> None:
    stub.token = lambda _: token_error(status, "planted")

    error = failed(stub)

    assert (error.code, str(error)) == (code, f"the response to the request for the token has {status}")
    assert stub.asked == []


@pytest.mark.parametrize(
    "answer",
    [b"", b"planted", b"[]", {"access_token": 7}, {"access_token": ""}, {"access_token": "a\nb"}, {"token": "x"}],
)
def test_token_in_another_form_is_unreadable(stub: StubErc, answer: object) -> None:
    stub.token = lambda _: Reply(content=answer)

    error = failed(stub)

    assert error.code is ConversationCode.UNREADABLE
    assert "planted" not in str(error)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"{",
        [],
        {},
        {"id": CONVERSATION},
        {"id": CONVERSATION, "participants": "planted"},
        {"id": CONVERSATION, "participants": [{"purpose": 7}]},
        {"id": CONVERSATION, "participants": [{"attributes": ["planted"]}]},
        b"[" * 100_000,
        conversation(id=CONVERSATION.replace("0a", "0b")),
    ],
)
def test_conversation_in_another_form_is_unreadable(stub: StubErc, answer: object) -> None:
    stub.answers(Reply(content=answer))

    error = failed(stub)

    assert error.code is ConversationCode.UNREADABLE
    assert "planted" not in str(error)


def test_conversation_may_say_its_id_in_capitals(stub: StubErc) -> None:
    stub.answers(Reply(content=conversation(id=CONVERSATION.upper())))

    assert read_conversation(genesys_desktop(stub), CONVERSATION, "").participants


def test_redirect_is_not_followed(stub: StubErc) -> None:
    elsewhere = {"Location": f"{stub.base_url}/elsewhere"}
    stub.answers(Reply(302, headers=elsewhere), Reply(content=conversation()))

    assert failed(stub).code is ConversationCode.UNREADABLE
    assert len(stub.asked) == 1


def test_conversation_that_is_too_large_is_not_read(stub: StubErc) -> None:
    stub.answers(Reply(content=b" " * 2_000_001))

    assert failed(stub).code is ConversationCode.UNREADABLE


@pytest.mark.parametrize("slow", ["token", "conversation"])
def test_slow_api_is_given_up_after_three_seconds(stub: StubErc, slow: str) -> None:
    # A byte now and then would keep a time-out alone from ending it.
    drip = wire(HEAD, *[b"X-Still: here\r\n"] * 12, pause=0.4)
    if slow == "token":
        stub.token = lambda _: drip
    else:
        stub.items = guarded(stub, lambda _: drip)
    began = time.monotonic()

    error = failed(stub)

    assert error.code is ConversationCode.UNREACHABLE
    assert 2.5 < time.monotonic() - began < 4.5


@pytest.mark.parametrize("answer", [Reply(503, {}), Reply(delay=3.5)])
def test_region_that_has_failed_repeatedly_is_left_alone_until_a_probe_succeeds(
    stub: StubErc, answer: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = genesys_desktop(stub)
    read_conversation(desktop, CONVERSATION, "")
    good = stub.items
    stub.items = lambda _: answer
    with ThreadPoolExecutor(5) as agents:
        list(agents.map(lambda _: failed(stub), range(5)))
    asked = len(stub.asked)
    began = time.monotonic()

    errors = [failed(stub) for _ in range(3)]

    assert time.monotonic() - began < 1
    assert {(error.code, str(error)) for error in errors} == {
        (ConversationCode.UNREACHABLE, "not asked: the endpoint has failed repeatedly")
    }
    assert len(stub.asked) == asked
    stub.items = good
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 11)
    assert read_conversation(desktop, CONVERSATION, "").participants


@pytest.mark.parametrize("status", [401, 403, 404, 429])
def test_region_that_refuses_is_not_down(stub: StubErc, status: int) -> None:
    stub.items = lambda _: Reply(status, {})
    for _ in range(8):
        failed(stub)
    stub.items = guarded(stub, lambda _: Reply(content=conversation()))

    assert read_conversation(genesys_desktop(stub), CONVERSATION, "").participants


def test_region_that_cannot_be_reached_is_named_by_no_address() -> None:
    with region() as stub:
        host = genesys_desktop(stub)

    with pytest.raises(ConversationError) as caught:
        read_conversation(host, CONVERSATION, "")

    assert caught.value.code is ConversationCode.UNREACHABLE
    assert host.region not in str(caught.value)
    assert caught.value.__cause__ is None


def test_agents_who_ask_at_once_share_one_request_for_a_token(stub: StubErc) -> None:
    stub.token = lambda _: Reply(content=stub.token_answer(), delay=0.3)
    desktop = genesys_desktop(stub)

    with ThreadPoolExecutor(5) as agents:
        read = list(agents.map(lambda _: read_conversation(desktop, CONVERSATION, ""), range(5)))

    assert len(read) == len(stub.asked) == 5
    assert len(stub.token_asked) == 1


def test_agents_who_ask_at_once_do_not_wait_for_each_others_connections(stub: StubErc) -> None:
    desktop = genesys_desktop(stub)
    read_conversation(desktop, CONVERSATION, "")
    stub.items = guarded(stub, lambda _: Reply(content=conversation(), delay=1.6))

    with ThreadPoolExecutor(32) as agents:
        read = list(agents.map(lambda _: read_conversation(desktop, CONVERSATION, ""), range(32)))

    assert len(read) == 32


def test_token_that_another_agent_got_meanwhile_is_used(stub: StubErc, monkeypatch: pytest.MonkeyPatch) -> None:
    desktop = genesys_desktop(stub)
    read_conversation(desktop, CONVERSATION, "")
    api = genesys_api._api()
    look = api._kept
    first = iter([None])
    monkeypatch.setattr(api, "_kept", lambda asked: next(first, look(asked)))

    read_conversation(desktop, CONVERSATION, "")

    assert len(stub.token_asked) == 1


def test_two_organizations_of_one_region_have_tokens_of_their_own(stub: StubErc) -> None:
    for client_id in ("one", "two", "one"):
        read_conversation(genesys_desktop(stub, client_id=client_id), CONVERSATION, "")

    assert len(stub.token_asked) == 2
