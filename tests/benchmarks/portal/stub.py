"""A fast upstream: answers from memory, so that the portal is what is measured.

    python -m tests.benchmarks.portal.stub PORT

An order's id says how many items the answer has, of which kind they are, and what makes them differ from other
orders': `20-a7` are hard to pack, `20e-a7` everyday ones. A customer's id says how many milliseconds an answer
takes, as in `150-…`; so does an e-mail address, which leads to the customer of the same beginning. The most recent
order of the customer `…-a7` is `20e-a7`. Answers are gzipped where the request allows it. Any client gets a token;
that of ITEMS_CLIENT opens the items alone.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import re
import sys
from collections.abc import Callable
from typing import Any

from orders.erc.paths import ALL_SCOPES, ITEMS_SCOPE
from tests.benchmarks.portal import bodies

ITEMS_CLIENT = "bench-items"
"""The id of the client that lacks all but the items; its secret is `bench`."""

_LENGTH = re.compile(rb"(?i)content-length: (\d+)")
_ITEMS_TOKEN = b"bench-items-token"
_ITEMS_CREDENTIALS = base64.b64encode(f"{ITEMS_CLIENT}:bench".encode())
_CUSTOMERS = rb"GET /erc/ecommerce/customers/"
_CUSTOMER = _CUSTOMERS + rb"(?P<customer>(?P<ms>\d+)-(?P<own>[^/ ?]*))"
_ITEMS = re.compile(_CUSTOMER + rb"/orders/(?P<count>\d+)(?P<everyday>e?)-(?P<order_own>[^/]*)/items[ ?]")


def _of_customer(body: Callable[[], bytes], asked: re.Match[bytes]) -> bytes:
    return body().replace(bodies.CUSTOMER, asked["customer"]).replace(bodies.OWN, asked["own"])


def _of_order(asked: re.Match[bytes]) -> bytes:
    return _of_customer(bodies.order, asked).replace(bodies.ORDER, asked["order"])


def _most_recent(asked: re.Match[bytes]) -> bytes:
    return _of_customer(bodies.recent_order, asked).replace(bodies.ORDER, b"20e-" + asked["own"])


def _found(asked: re.Match[bytes]) -> bytes:
    return _of_customer(bodies.contacts, asked).replace(
        bodies.EMAIL, asked["customer"] + asked["host"].replace(b"%40", b"@")
    )


_FAMILY: tuple[tuple[re.Pattern[bytes], Callable[[re.Match[bytes]], bytes]], ...] = (
    (re.compile(_CUSTOMER + rb"/orders/(?P<order>[^/ ?]*)[ ?]"), _of_order),
    (re.compile(_CUSTOMER + rb"/orders[ ?]"), lambda asked: _of_customer(bodies.orders, asked)),
    (re.compile(_CUSTOMER + rb"/most-recent-order[ ?]"), _most_recent),
    (re.compile(_CUSTOMER + rb"[ ?]"), lambda asked: _of_customer(bodies.customer, asked)),
    (
        re.compile(
            rb"GET /erc/ecommerce/external/customers\?[^ ]*\b(?:email|ids)="
            rb"(?P<customer>(?P<ms>\d+)-(?P<own>[^&% ]*))(?P<host>(?:%40[^& ]*)?)"
        ),
        _found,
    ),
)


def answer(count: int, own: bytes, *, is_packed: bool, is_everyday: bool = False) -> bytes:
    """A whole answer with items as it goes over the wire; `own` makes them differ from all other orders'."""
    body = bodies.everyday_items(count) if is_everyday else bodies.hard_items(count)
    return _whole(body.replace(bodies.OWN, own), is_packed=is_packed)


def _answer(head: bytes) -> tuple[bytes, int]:
    """The answer to a request, and the milliseconds that it takes."""
    is_packed = b"gzip" in head
    if asked := _ITEMS.match(head):
        is_everyday = bool(asked["everyday"])
        content = answer(int(asked["count"]), asked["order_own"], is_packed=is_packed, is_everyday=is_everyday)
        return content, int(asked["ms"])
    for route, made in _FAMILY:
        if asked := route.match(head):
            if _ITEMS_TOKEN in head:
                return _whole(b'{"code": "forbidden", "message": "Forbidden"}', status=b"403 Forbidden"), 0
            return _whole(made(asked), is_packed=is_packed), int(asked["ms"])
    return _whole(_token(head)), 0


def _token(head: bytes) -> bytes:
    is_for_items = _ITEMS_CREDENTIALS in head
    granted = {
        "access_token": _ITEMS_TOKEN.decode() if is_for_items else "bench-token",
        "token_type": "Bearer",
        "expires_in": 600,
        "scope": ITEMS_SCOPE if is_for_items else " ".join(ALL_SCOPES),
    }
    return json.dumps(granted).encode()


def _whole(content: bytes, *, is_packed: bool = False, status: bytes = b"200 OK") -> bytes:
    head = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\n" % status
    if is_packed:
        # Fast: what it takes is not what is measured.
        content = gzip.compress(content, 1)
        head += b"Content-Encoding: gzip\r\n"
    return head + b"Content-Length: %d\r\n\r\n" % len(content) + content


class Answers(asyncio.Protocol):
    """One connection; requests on it come one after the other."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write."""
        self.transport: Any = transport
        self.received = b""

    def data_received(self, data: bytes) -> None:
        """Answer as soon as a request is whole."""
        self.received += data
        head, end, rest = self.received.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not end or (length and len(rest) < int(length[1])):
            return
        self.received = b""
        content, milliseconds = _answer(head)
        if milliseconds:
            asyncio.get_running_loop().call_later(milliseconds / 1000, self._write, content)
        else:
            self._write(content)

    def _write(self, content: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(content)


async def serve(port: int) -> None:
    """Answer on that port for ever."""
    server = await asyncio.get_running_loop().create_server(Answers, "127.0.0.1", port, backlog=512)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
