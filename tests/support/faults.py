"""What an upstream can do wrong, and what must come of it: add a row here."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from orders.erc.errors import ErcError
from orders.erc.query import ItemsQuery
from orders.lookup.listing import Listing
from tests.support.connection import list_items
from tests.support.stub_erc import HEAD, Reply, item, page, wire

LOOKUP = {"customer_id": "C-1", "order_id": "O-1"}
DEADLINE = 1.2
IN_TIME = DEADLINE + 4
"""Seconds until an agent has an answer, also on a machine that is busy; what is waited for takes longer still."""

GOOD = Reply(content=page(item("good")))
HTML = Reply(content=b"<html></html>", headers={"Content-Type": "text/html"})
FOR_AN_HOUR = Reply(429, headers={"Retry-After": "3600"})


def look_up(order_id: str = "O-1", customer_id: str = "C-1", **more: Any) -> Listing:
    """The service as a view calls it."""
    query = ItemsQuery(customer_id=customer_id, order_id=order_id, limit=20)
    return list_items(query, **more)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(HEAD + b"\r\n{")
    while True:
        handler.wfile.write(b" " * 65536)


@cache
def gzip_bomb() -> bytes:
    """512 MB of zeros, packed."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = b"\0" * 1_000_000
    return b"".join([*(packer.compress(zeros) for _ in range(512)), packer.flush()])


@dataclass
class Fault:
    """One row: what the upstream answers in turn (the last for ever), and what must come of it."""

    name: str
    replies: Callable[[], list[Reply]]
    status: int
    error: str | None
    items_requests: int
    at_least: float = 0.0


FAULTS = [
    Fault("reset", lambda: [wire(reset=True)], 503, "unavailable", 3),
    Fault("reset, then fine", lambda: [wire(reset=True), GOOD], 200, None, 2),
    Fault("no answer", lambda: [Reply(delay=12)], 504, "unavailable", 1, at_least=1),
    Fault(
        "headers, then nothing",
        lambda: [wire(HEAD + b"Content-Length: 9\r\n\r\n", pause=12)],
        504,
        "unavailable",
        1,
        at_least=1,
    ),
    Fault(
        "a byte at a time",
        lambda: [wire(HEAD + b"Content-Length: 99\r\n\r\n", *[b" "] * 99, pause=0.12)],
        504,
        "unavailable",
        1,
        at_least=1,
    ),
    Fault("503 twice, then fine", lambda: [Reply(503), Reply(503), GOOD], 200, None, 3),
    Fault("503 always", lambda: [Reply(503, b"<html>")], 503, "unavailable", 3),
    Fault("502 always", lambda: [Reply(502)], 503, "unavailable", 3),
    Fault("504 always", lambda: [Reply(504)], 504, "unavailable", 3),
    Fault("500", lambda: [Reply(500, b"secret words")], 503, "unavailable", 1),
    Fault("400", lambda: [Reply(400)], 400, "bad_request", 1),
    Fault("404", lambda: [Reply(404)], 404, "not_found", 1),
    Fault("401 once", lambda: [Reply(401), GOOD], 200, None, 2),
    Fault("401 always", lambda: [Reply(401)], 502, "not_allowed", 2),
    Fault("403", lambda: [Reply(403)], 502, "not_allowed", 1),
    Fault(
        "429 for a moment",
        lambda: [Reply(429, headers={"Retry-After": "1"}), GOOD],
        200,
        None,
        2,
        at_least=1,
    ),
    Fault(
        "429 for an hour",
        lambda: [Reply(429, headers={"Retry-After": "3600"})],
        429,
        "rate_limited",
        1,
    ),
    Fault("429 without a time", lambda: [Reply(429)], 429, "rate_limited", 1),
    Fault(
        "redirect",
        lambda: [Reply(302, headers={"Location": "http://127.0.0.1:1/"})],
        502,
        "invalid_response",
        1,
    ),
    Fault("cut short", lambda: [wire(HEAD + b"Content-Length: 99\r\n\r\n{")], 502, "invalid_response", 3),
    Fault("cut short, then fine", lambda: [wire(HEAD + b"Content-Length: 99\r\n\r\n{"), GOOD], 200, None, 2),
    Fault(
        "HTML with 200",
        lambda: [HTML],
        502,
        "invalid_response",
        1,
    ),
    Fault(
        "JSON under another type",
        lambda: [Reply(content=page(item()), headers={"Content-Type": "text/html; charset=utf-8"})],
        502,
        "invalid_response",
        1,
    ),
    Fault(
        "JSON as text/json",
        lambda: [Reply(content=page(item()), headers={"Content-Type": "text/json"})],
        200,
        None,
        1,
    ),
    Fault(
        "JSON as text/plain with 203",
        lambda: [Reply(203, page(item()), headers={"Content-Type": "text/plain"})],
        200,
        None,
        1,
    ),
    Fault("nothing, with 204", lambda: [Reply(204)], 502, "invalid_response", 1),
    Fault("a part, with 206", lambda: [Reply(206, page(item()))], 502, "invalid_response", 1),
    Fault("not JSON", lambda: [Reply(content=b"{]")], 502, "invalid_response", 1),
    Fault(
        "not UTF-8", lambda: [Reply(content=b'{"_embedded":{"items":[]},"x":"\xff"}')], 502, "invalid_response", 1
    ),
    Fault(
        "NaN",
        lambda: [Reply(content=b'{"_embedded":{"items":[{"id":"item-1","name":"n","quantity":NaN}]}}')],
        200,
        None,
        1,
    ),
    Fault(
        "a key twice",
        lambda: [Reply(content=b'{"_embedded":{"items":[]},"_embedded":{"items":[]}}')],
        502,
        "invalid_response",
        1,
    ),
    Fault(
        "100,000 nested arrays",
        lambda: [Reply(content=b'{"_embedded":{"items":[' + b"[" * 100_000 + b"]" * 100_000 + b"]}}")],
        502,
        "invalid_response",
        1,
    ),
    Fault("endless body", lambda: [Reply(wire=endless)], 502, "invalid_response", 1),
    Fault(
        "gzip bomb",
        lambda: [Reply(content=gzip_bomb(), headers={"Content-Encoding": "gzip"})],
        502,
        "invalid_response",
        1,
    ),
]


@contextmanager
def memory_growth() -> Iterator[Callable[[], float]]:
    """Gives the megabytes by which this process grew at its highest, while the block ran."""

    def resident() -> float:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * 4096 / 1e6

    before, highest, done = resident(), resident(), threading.Event()

    def watch() -> None:
        nonlocal highest
        while not done.wait(0.002):
            highest = max(highest, resident())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield lambda: highest - before
    finally:
        done.set()
        watcher.join()


def in_threads(number: int, work: Callable[[int], Any]) -> list[Any]:
    """Runs `work` in as many threads at once; errors are given as results."""
    barrier = threading.Barrier(number)

    def run(index: int) -> Any:
        barrier.wait()
        try:
            return work(index)
        except ErcError as error:
            return error

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))
