"""Clients that hold a connection open and do not go on: half a request, or an answer that nobody takes."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

HALVES = {
    "nothing": b"",
    "half a line": b"GET /heal",
    "headers without end": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: 1\r\n",
    "a body that does not come": (
        b"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 60\r\n\r\nusername=a"
    ),
    "half a chunk": b"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nuser",
}


@contextmanager
def connections(port: int, count: int, sent: bytes) -> Iterator[list[socket.socket]]:
    """So many of them, each of which has sent that and then sends no more."""
    with ExitStack() as stack:
        opened = [stack.enter_context(socket.create_connection(("127.0.0.1", port), 10)) for _ in range(count)]
        for one in opened:
            one.sendall(sent)
        yield opened


@contextmanager
def readers(port: int, count: int, request: bytes) -> Iterator[list[socket.socket]]:
    """So many that ask for something and take next to nothing of the answer: their buffer is small."""
    with ExitStack() as stack:
        opened = []
        for _ in range(count):
            one = stack.enter_context(socket.socket())
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            one.settimeout(10)
            one.connect(("127.0.0.1", port))
            one.sendall(request)
            opened.append(one)
        yield opened


def seconds_until_ended(one: socket.socket, at_most: float) -> float:
    """How long the server keeps the connection from now on; `at_most` where that is longer."""
    started = time.monotonic()
    while (left := started + at_most - time.monotonic()) > 0:
        one.settimeout(left)
        try:
            if not one.recv(4096):
                return time.monotonic() - started
        except TimeoutError:
            break
        except OSError:
            return time.monotonic() - started
    return at_most
