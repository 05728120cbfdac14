from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from gunicorn.config import Config

from ercportal.serving import connection
from ercportal.serving.connection import (
    MAX_BODY_BYTES,
    MAX_HEAD_BYTES,
    MAX_LINE_BYTES,
    Incoming,
    PatientSocket,
    Verdict,
)

HOST = b"Host: portal.example\r\n"
GET = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"
POST = b"POST /login/ HTTP/1.1\r\n" + HOST
FORM = b"username=agent&password=orders"
WITH_LENGTH = POST + b"Content-Length: %d\r\n\r\n" % len(FORM) + FORM
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nusern\r\n3\r\name\r\n0\r\n\r\n"


def incoming() -> Incoming:
    config = Config()
    config.set("limit_request_line", 0)
    return Incoming(config, ("127.0.0.1", 1))


@pytest.mark.parametrize("request_", [GET, WITH_LENGTH, CHUNKED], ids=["get", "length", "chunked"])
def test_request_is_whole_with_its_last_byte_and_not_before(request_: bytes) -> None:
    received = incoming()

    verdicts = [received.add(request_[at : at + 1]) for at in range(len(request_))]

    assert set(verdicts[:-1]) == {Verdict.PARTIAL}
    assert verdicts[-1] is Verdict.WHOLE
    assert received.data == request_


@pytest.mark.parametrize("request_", [GET, WITH_LENGTH, CHUNKED], ids=["get", "length", "chunked"])
def test_request_in_one_piece_is_whole_whatever_follows_it(request_: bytes) -> None:
    assert incoming().add(request_ + GET[:7]) is Verdict.WHOLE


@pytest.mark.parametrize(
    "malformed",
    [
        b"GET / HTTP/1.1\n",
        b"GET / HTTP/1.1\r\nHost: a\nX: b",
        POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
        POST + b"Content-Length: +5\r\n\r\n",
        POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n",
        b"GET  HTTP/1.1\r\nContent-Length: 9\r\n\r\n",
    ],
)
def test_malformed_request_goes_to_the_parser_at_once(malformed: bytes) -> None:
    assert incoming().add(malformed) is Verdict.WHOLE


@pytest.mark.parametrize(
    ("sent", "verdict"),
    [
        (b"GET /" + b"a" * MAX_LINE_BYTES, Verdict.LINE_TOO_LARGE),
        (b"GET /" + b"a" * MAX_LINE_BYTES + b" HTTP/1.1\r\n\r\n", Verdict.LINE_TOO_LARGE),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * MAX_HEAD_BYTES, Verdict.HEAD_TOO_LARGE),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * MAX_HEAD_BYTES + b"\r\n", Verdict.HEAD_TOO_LARGE),
        (POST + b"Content-Length: %d\r\n\r\n" % (MAX_BODY_BYTES + 1), Verdict.BODY_TOO_LARGE),
        (
            POST + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % MAX_BODY_BYTES + b"a" * 3 * MAX_BODY_BYTES,
            Verdict.WHOLE,
        ),
        (
            POST + b"Transfer-Encoding: chunked\r\n\r\nfffffff\r\n" + b"a" * 3 * MAX_BODY_BYTES,
            Verdict.BODY_TOO_LARGE,
        ),
    ],
)
def test_request_that_is_too_large_is_refused_before_it_is_whole(sent: bytes, verdict: Verdict) -> None:
    assert incoming().add(sent) is verdict


def test_line_with_a_cursor_of_8000_characters_and_its_trail_gets_through() -> None:
    line = b"GET /orders/?customer_id=C-1&order_id=O-1&cursor=" + b"c" * 8000 + b"&trail=" + b"t" * 8000

    assert incoming().add(line + b" HTTP/1.1\r\n" + HOST + b"\r\n") is Verdict.WHOLE


def test_body_in_too_many_chunks_is_refused() -> None:
    received = incoming()
    received.add(POST + b"Transfer-Encoding: chunked\r\n\r\n")

    verdicts = [received.add(b"1\r\na\r\n") for _ in range(200)]

    assert Verdict.BODY_TOO_LARGE in verdicts


def test_client_that_waits_to_be_told_to_go_on_is_known_by_its_head() -> None:
    received = incoming()
    received.add(POST + b"Expect: 100-continue\r\n")
    is_known_early = received.expects_word

    received.add(b"Content-Length: 5\r\n\r\n")

    assert not is_known_early
    assert received.expects_word


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        yield ours, theirs


def test_answer_that_nobody_takes_waits_without_holding_its_thread(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    ours, theirs = pair
    patient = PatientSocket(ours)
    answer = bytes(range(256)) * 8000

    patient.sendall(answer)
    taken = bytearray()
    is_left = len(patient.waiting) > 0
    while len(taken) < len(answer):
        taken += theirs.recv(65_536)
        patient.flush()

    assert is_left
    assert taken == answer
    assert not patient.waiting


def test_head_of_an_answer_leaves_with_its_body(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    theirs.setblocking(False)
    patient = PatientSocket(ours)

    patient.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")
    with pytest.raises(BlockingIOError):
        theirs.recv(1)
    patient.sendall(b"body")

    assert theirs.recv(100) == b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"
    assert not patient.waiting


def test_head_of_an_answer_without_a_body_is_left_for_its_end(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    patient = PatientSocket(ours)

    patient.sendall(b"HTTP/1.1 304 Not Modified\r\n\r\n")
    patient.flush()

    assert theirs.recv(100) == b"HTTP/1.1 304 Not Modified\r\n\r\n"


def test_answer_that_is_very_large_waits_for_its_client_only_for_so_long(
    pair: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, _theirs = pair
    monkeypatch.setattr(connection, "SILENT_SECONDS", 0.01)
    monkeypatch.setattr(connection, "MAX_WAITING_BYTES", 1000)
    patient = PatientSocket(ours)

    with pytest.raises(TimeoutError):
        patient.sendall(b"x" * 5_000_000)
