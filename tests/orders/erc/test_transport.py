from __future__ import annotations

import functools
import gzip
import socket
import ssl
import threading
import time
import zlib
from pathlib import Path
from typing import Any

import pytest

from orders.erc.deadline import Deadline
from orders.erc.errors import CutShort, ErcError, InvalidResponse, Response, TimedOut, Unavailable
from orders.erc.transport import Limits, Request, Transport
from tests.support.certificates import certificate
from tests.support.stub_erc import HEAD, Reply, StubErc, wire


def send(
    transport: Transport, url: str, *, seconds: float = 2.0, headers: dict[str, str] | None = None
) -> Response:
    return transport.send(Request("GET", url, headers or {}, "correlation-1"), Deadline(seconds))


def test_answer_comes_back_whole_and_decompressed(erc: StubErc, transport: Transport) -> None:
    erc.answers(Reply(content=gzip.compress(b"hello"), headers={"Content-Encoding": "gzip", "X-Some": "1"}))

    answer = send(transport, erc.base_url + "/x")

    assert (answer.status, answer.body, answer.headers["x-some"]) == (200, b"hello", "1")


def test_connection_is_used_again(erc: StubErc, transport: Transport) -> None:
    for _ in range(3):
        send(transport, erc.base_url + "/x")

    assert len({asked.peer_port for asked in erc.asked}) == 1


def test_tls_is_spoken_and_bounded_by_the_deadline(
    transport: Transport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    trusting = functools.partial(transport._adapter.send, verify=str(file))
    monkeypatch.setattr(transport._adapter, "send", trusting)

    with StubErc(context) as erc:
        erc.answers(Reply(content=b"safe"), SLOW["body a byte at a time"])
        answer = send(transport, erc.base_url + "/x")
        started = time.monotonic()
        with pytest.raises(TimedOut):
            send(transport, erc.base_url + "/x", seconds=0.5)

    assert answer.body == b"safe"
    assert time.monotonic() - started < SOON


def test_certificate_that_nobody_vouches_for_is_refused(transport: Transport, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path))

    with StubErc(context) as erc, pytest.raises(Unavailable, match="SSL") as caught:
        send(transport, erc.base_url + "/x", headers={"Authorization": "Bearer t"})

    assert erc.asked == []
    assert not caught.value.had_connection


SOON = 5.0
"""Seconds, also on a machine that is busy with other things; what is waited for takes far longer."""

SLOW: dict[str, Reply] = {
    "no answer": Reply(delay=20.0),
    "headers, then nothing": wire(HEAD + b"Content-Length: 10\r\n\r\n", pause=20.0),
    "headers a byte at a time": wire(HEAD, b"X-Filler: ", *[b"x"] * 200, pause=0.1),
    "body a byte at a time": wire(HEAD + b"Content-Length: 200\r\n\r\n", *[b" "] * 200, pause=0.1),
    "endless headers": wire(HEAD, *[b"X-Filler: 1\r\n"] * 80, pause=0.25),
}


@pytest.mark.parametrize("case", SLOW)
def test_slow_answer_ends_at_the_deadline(erc: StubErc, case: str) -> None:
    erc.answers(SLOW[case])
    started = time.monotonic()

    with pytest.raises(TimedOut) as caught:
        send(Transport(Limits(read_timeout=8)), erc.base_url + "/x", seconds=0.6)

    assert caught.value.had_connection
    assert time.monotonic() - started < SOON


def test_read_timeout_ends_a_single_silence(erc: StubErc) -> None:
    erc.answers(Reply(delay=20.0))
    started = time.monotonic()

    with pytest.raises(TimedOut):
        send(Transport(Limits(read_timeout=0.3)), erc.base_url + "/x", seconds=20)

    assert time.monotonic() - started < SOON


def test_deadline_that_has_passed_sends_nothing(erc: StubErc, transport: Transport) -> None:
    with pytest.raises(TimedOut):
        send(transport, erc.base_url + "/x", seconds=-1)

    assert erc.asked == []


def test_address_where_nobody_listens_is_unavailable(transport: Transport) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/customers/secret-id"

    with pytest.raises(Unavailable) as caught:
        send(transport, url)

    assert "secret-id" not in str(caught.value)
    assert not caught.value.had_connection


def test_host_that_does_not_exist_is_unavailable(transport: Transport) -> None:
    with pytest.raises(Unavailable) as caught:
        send(transport, "http://no-such-host.invalid/x")

    assert not caught.value.had_connection


def test_host_that_does_not_resolve_in_time_is_timed_out(
    transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_over = threading.Event()

    def slow(*_args: Any, **_options: Any) -> list[Any]:
        is_over.wait(20)
        return []

    monkeypatch.setattr("orders.erc.sockets.socket.getaddrinfo", slow)
    started = time.monotonic()

    with pytest.raises(TimedOut) as caught:
        send(transport, "http://slow-name.example/x", seconds=0.3)
    took = time.monotonic() - started
    is_over.set()

    assert not caught.value.had_connection
    assert took < SOON


BROKEN: dict[str, Reply] = {
    "reset before the answer": wire(reset=True),
    "reset within the body": wire(HEAD + b"Content-Length: 100\r\n\r\n{", reset=True),
    "not HTTP": wire(b"SSH-2.0-OpenSSH_9.2\r\n"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_connection_is_unavailable(erc: StubErc, transport: Transport, case: str) -> None:
    erc.answers(BROKEN[case])

    with pytest.raises(Unavailable) as caught:
        send(transport, erc.base_url + "/x")

    assert caught.value.should_retry
    assert caught.value.had_connection


def bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = b"\0" * 1_000_000
    return b"".join([*(packer.compress(zeros) for _ in range(100)), packer.flush()])


UNUSABLE: dict[str, Reply] = {
    "too large": Reply(content=b" " * 300_000),
    "too large once decompressed": Reply(content=bomb(), headers={"Content-Encoding": "gzip"}),
    "not what the encoding says": Reply(content=b"plain", headers={"Content-Encoding": "gzip"}),
}


CUT_SHORT: dict[str, Reply] = {
    "fewer bytes than promised": wire(HEAD + b'Content-Length: 100\r\n\r\n{"a"'),
    "broken chunks": wire(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello"),
    "chunks without an end": wire(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
}


@pytest.mark.parametrize("case", CUT_SHORT)
def test_body_that_ends_too_early_is_worth_another_attempt(erc: StubErc, transport: Transport, case: str) -> None:
    erc.answers(CUT_SHORT[case])

    with pytest.raises(CutShort) as caught:
        send(transport, erc.base_url + "/x")

    assert caught.value.should_retry


@pytest.mark.parametrize("case", UNUSABLE)
def test_unusable_body_is_an_invalid_response(erc: StubErc, transport: Transport, case: str) -> None:
    erc.answers(UNUSABLE[case])

    with pytest.raises(InvalidResponse):
        send(transport, erc.base_url + "/x")


def test_connection_works_again_after_each_trouble(erc: StubErc, transport: Transport) -> None:
    for reply in (*BROKEN.values(), *UNUSABLE.values()):
        erc.answers(reply)
        with pytest.raises(ErcError):
            send(transport, erc.base_url + "/x")
    erc.answers(Reply(content=b"fine"))

    answer = send(transport, erc.base_url + "/x")

    assert answer.body == b"fine"


def test_redirect_is_not_followed(erc: StubErc, transport: Transport) -> None:
    with StubErc() as elsewhere:
        erc.answers(Reply(302, b"", {"Location": f"{elsewhere.base_url}/steal"}))

        answer = send(transport, erc.base_url + "/x", headers={"Authorization": "Bearer t"})

        assert answer.status == 302
        assert elsewhere.asked == []


def test_proxies_and_netrc_of_the_machine_are_ignored(
    erc: StubErc, transport: Transport, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")

    send(transport, erc.base_url + "/x")

    assert "Authorization" not in erc.asked[0].headers


def test_cookies_are_not_stored(erc: StubErc, transport: Transport) -> None:
    erc.answers(Reply(headers={"Set-Cookie": "session=1"}))

    send(transport, erc.base_url + "/x")
    send(transport, erc.base_url + "/x")

    assert "Cookie" not in erc.asked[1].headers


def test_long_error_is_cut_and_its_connection_is_used_again(erc: StubErc, transport: Transport) -> None:
    erc.answers(Reply(400, b'{"message": "' + b"4111 " * 30_000 + b'"}'), Reply())

    refused = send(transport, erc.base_url + "/x")
    send(transport, erc.base_url + "/x")

    assert refused.status == 400
    assert len(refused.body) <= 100_000
    assert erc.asked[0].peer_port == erc.asked[1].peer_port
