"""A fast upstream: answers from memory, so that the portal is what is measured.

    python -m tests.benchmarks.portal.stub PORT

The order id says how many items the answer has, as in `20-…`; the customer id how many milliseconds it takes, as
in `150-…`. Answers are gzipped where the request allows it, as the API's are. Any client gets a token.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import sys
from functools import cache
from typing import Any

_ITEMS = re.compile(rb"GET /erc/ecommerce/customers/(\d+)-[^/]*/orders/(\d+)-[^/]*/items")
_LENGTH = re.compile(rb"(?i)content-length: (\d+)")
_TOKEN = json.dumps({"access_token": "bench-token", "token_type": "Bearer", "expires_in": 3600}).encode()


def items(count: int) -> list[dict[str, Any]]:
    """Items of about 1 kB with two deliveries each."""
    return [
        {
            "id": f"item-{number}",
            "name": f"Ash dining chair, forest seat, number {number}",
            "brand": "Nordlid",
            "sku": f"CHR-ASH-{number:04}",
            "description": "Solid ash, wool seat, 46 cm seat height, delivered in one flat parcel with all tools.",
            "image_url": f"https://pictures.example/chairs/{number}.jpg",
            "price": {"value": 149.9 + number, "currency": "EUR"},
            "quantity": 3,
            "deliverable_quantity": 1,
            "refundable_quantity": 2,
            "deliveries": [
                {
                    "id": f"delivery-{number}-{part}",
                    "delivery_quantity": 2 - part,
                    "delivery_date_start": "2026-11-24T08:00:00Z",
                    "delivery_date_end": "2026-11-24T18:00:00Z",
                    "shipping_date": "2026-11-21T09:30:00Z",
                    "last_update": "2026-11-23T07:15:00Z",
                    "latest_status_info": {"type": status, "status_date_time": "2026-11-23T07:15:00Z"},
                    "tracking_info": {
                        "tracking_number": f"1Z{number:06}{part}",
                        "external_url": f"https://carrier.example/track/1Z{number:06}{part}",
                    },
                }
                for part, status in enumerate(("DELIVERED", "IN_TRANSIT"))
            ],
        }
        for number in range(count)
    ]


@cache
def body(count: int) -> bytes:
    """The answer with that many items, and more to come."""
    links = {"next": {"href": "https://api.example/items?cursor=bmV4dA"}}
    return json.dumps({"id": "order", "_embedded": {"items": items(count)}, "_links": links}).encode()


@cache
def answer(count: int, *, is_packed: bool) -> bytes:
    """The whole answer as it goes over the wire."""
    content = gzip.compress(body(count), 6) if is_packed else body(count)
    encoding = b"Content-Encoding: gzip\r\n" if is_packed else b""
    return _whole(content, encoding)


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
        content = answer(int(asked[2]), is_packed=b"gzip" in head)
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
