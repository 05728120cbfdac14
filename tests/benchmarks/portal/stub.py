"""A fast upstream: answers from memory, so that the portal is what is measured.

    python -m tests.benchmarks.portal.stub PORT

The order id says how many items the answer has and what makes them differ from other orders', as in `20-a7`; the
customer id how many milliseconds it takes, as in `150-…`. Answers are gzipped where the request allows it. Any
client gets a token.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import re
import sys
import uuid
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

_ITEMS = re.compile(rb"GET /erc/ecommerce/customers/(\d+)-[^/]*/orders/(\d+)-([^/]*)/items")
_LENGTH = re.compile(rb"(?i)content-length: (\d+)")
_SCOPE = "erc-ecommerce-connections-orders:read"
_TOKEN = json.dumps(
    {"access_token": "bench-token", "token_type": "Bearer", "expires_in": 600, "scope": _SCOPE}
).encode()


_STATUSES = ("DELIVERED", "IN_TRANSIT", "OUT_FOR_DELIVERY", "CONFIRMED", "READY_FOR_PICKUP")
# fmt: off
_WORDS = (
    "ash", "oak", "wool", "felt", "steel", "brass", "glass", "stone", "cotton", "leather", "woven", "turned",
    "folding", "dining", "office", "lounge", "garden", "kitchen", "winter", "summer", "chair", "table",
    "lamp", "shelf", "bench", "rug", "mug", "bowl", "seat", "frame", "drawer", "oiled", "painted", "natural",
)
# fmt: on
# Stands where each answer has something of its own, so that no two orders hold the same items.
_OWN = "0wn0wn0wn"


def _item(number: int, chance: random.Random) -> dict[str, Any]:
    """An item of about 1 kB with two deliveries, as different from the others as real ones are."""
    day = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(30_000))

    def said(days: float) -> str:
        return (day + timedelta(days=days, milliseconds=chance.randrange(10**8))).isoformat(
            timespec="milliseconds"
        )

    def words(count: int) -> str:
        return " ".join(chance.choices(_WORDS, k=count)).capitalize()

    return {
        "id": str(uuid.UUID(int=chance.getrandbits(128))),
        "name": f"{words(4)} {_OWN}",
        "brand": words(1),
        "sku": f"{chance.getrandbits(40):010X}",
        "description": words(14) + ".",
        "image_url": f"https://pictures.example/{chance.getrandbits(96):024x}.jpg",
        "price": {"value": chance.randrange(100, 99_999) / 100, "currency": "EUR"},
        "quantity": 3,
        "deliverable_quantity": 1,
        "refundable_quantity": 2,
        "deliveries": [
            {
                "id": str(uuid.UUID(int=chance.getrandbits(128))),
                "delivery_quantity": 2 - part,
                "latest_status_info": {"type": chance.choice(_STATUSES), "status_date_time": said(2)},
                "tracking_info": {
                    "tracking_number": f"1Z{_OWN}{number:03}{part}",
                    "external_url": f"https://carrier.example/track/{chance.getrandbits(64):016x}",
                },
                "last_update": said(3),
            }
            for part in range(2)
        ],
    }


@cache
def body(count: int) -> bytes:
    """The answer with that many items, and more to come."""
    chance = random.Random(count)  # noqa: S311 - the same in each run
    links = {"next": {"href": "https://api.example/items?cursor=bmV4dA"}}
    items = [_item(number, chance) for number in range(count)]
    return json.dumps({"id": _OWN, "_embedded": {"items": items}, "_links": links}).encode()


def answer(count: int, own: bytes, *, is_packed: bool) -> bytes:
    """The whole answer as it goes over the wire; `own` makes its items differ from those of all other orders."""
    content = body(count).replace(_OWN.encode(), own)
    if not is_packed:
        return _whole(content)
    # Fast: what it takes is not what is measured.
    return _whole(gzip.compress(content, 1), b"Content-Encoding: gzip\r\n")


def _whole(content: bytes, more: bytes = b"") -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + more
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
        asked = _ITEMS.match(head)
        if asked is None:
            self.transport.write(_whole(_TOKEN))
            return
        content = answer(int(asked[2]), asked[3], is_packed=b"gzip" in head)
        loop = asyncio.get_running_loop()
        loop.call_later(int(asked[1]) / 1000, self._write, content) if int(asked[1]) else self._write(content)

    def _write(self, content: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(content)


async def serve(port: int) -> None:
    """Answer on that port for ever."""
    server = await asyncio.get_running_loop().create_server(Answers, "127.0.0.1", port, backlog=512)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
