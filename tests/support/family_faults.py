"""What may go wrong with an endpoint beside the items: a table for the tests of pages. Add a row here.

Whatever it is, the items of an order are shown as they are without it, and no later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.support.faults import FOR_AN_HOUR, HTML, endless, gzip_bomb
from tests.support.stub_erc import HEAD, Reply, StubErc, error, wire
from tests.support.stub_routes import PATHS

HANG_SECONDS = 5.0
"""Longer than the items may wait for anything, and than the time in which their page has to come."""


@dataclass(frozen=True)
class FamilyFault:
    """One row: what the endpoint answers each time, made anew for each test."""

    name: str
    reply: Callable[[], Reply]


_FIELDS = (
    *("id", "order_number", "customer_id", "name", "first_name", "status", "purchase_datetime", "items_number"),
    *("price_summary", "payment_details", "shipping_address", "shipping_addresses", "addresses", "brand"),
    *("status_info", "status_info_current_index", "highlighted_item", "tracking_info", "is_cancellable"),
    *("total", "page", "total_pages", "_embedded", "_links"),
)

FAMILY_FAULTS = (
    FamilyFault("reset", lambda: wire(reset=True)),
    FamilyFault("closed without a word", lambda: wire()),
    FamilyFault("no answer", lambda: Reply(delay=HANG_SECONDS)),
    FamilyFault("headers, then nothing", lambda: wire(HEAD + b"Content-Length: 9\r\n\r\n", pause=HANG_SECONDS)),
    FamilyFault(
        "a byte at a time",
        lambda: wire(HEAD + b"Content-Length: 99\r\n\r\n", *[b" "] * 50, pause=HANG_SECONDS / 50),
    ),
    FamilyFault("400", lambda: error(400, "bad_request")),
    FamilyFault("401", lambda: error(401, "unauthorized")),
    FamilyFault("403", lambda: error(403, "forbidden")),
    FamilyFault("404", lambda: error(404, "not_found")),
    FamilyFault("404 of a gateway", lambda: Reply(404, b"<h1>Not Found</h1>", {"Content-Type": "text/html"})),
    FamilyFault("405", lambda: error(405, "method_not_supported")),
    FamilyFault("429 for an hour", lambda: FOR_AN_HOUR),
    FamilyFault("429 without a time", lambda: Reply(429)),
    FamilyFault("500", lambda: Reply(500, b"secret words")),
    FamilyFault("502", lambda: Reply(502, b"<html>secret words</html>", {"Content-Type": "text/html"})),
    FamilyFault("503", lambda: Reply(503)),
    FamilyFault("503 for an hour", lambda: Reply(503, headers={"Retry-After": "3600"})),
    FamilyFault("504", lambda: Reply(504)),
    FamilyFault("redirect", lambda: Reply(302, headers={"Location": "http://127.0.0.1:1/"})),
    FamilyFault("HTML with 200", lambda: HTML),
    FamilyFault("nothing with 200", lambda: Reply()),
    FamilyFault("204", lambda: Reply(204)),
    FamilyFault("cut short", lambda: wire(HEAD + b'Content-Length: 99\r\n\r\n{"_embedded":{')),
    FamilyFault("garbage", lambda: Reply(content=bytes(range(256)) * 40)),
    FamilyFault("not UTF-8", lambda: Reply(content=b'{"id":"\xff","order_number":"\xfe"}')),
    FamilyFault("no JSON but nearly", lambda: Reply(content=b'{"id": "O-1", "order_number": "#1",}')),
    FamilyFault("null", lambda: Reply(content=b"null")),
    FamilyFault("a list", lambda: Reply(content=[{"id": "O-1", "order_number": "#1"}])),
    FamilyFault("an empty object", lambda: Reply(content={})),
    FamilyFault("wrong kinds", lambda: Reply(content={name: ["secret words"] for name in _FIELDS})),
    FamilyFault("numbers everywhere", lambda: Reply(content=dict.fromkeys(_FIELDS, 7))),
    FamilyFault("markup everywhere", lambda: Reply(content=dict.fromkeys(_FIELDS, "<script>alert(1)</script>"))),
    FamilyFault("a key twice", lambda: Reply(content=b'{"id":"a","id":"b","_embedded":{},"_embedded":{}}')),
    FamilyFault("100,000 nested arrays", lambda: Reply(content=b"[" * 100_000 + b"]" * 100_000)),
    FamilyFault("a very long text", lambda: Reply(content={"id": "O-1", "order_number": "9" * 3_000_000})),
    FamilyFault("endless body", lambda: Reply(wire=endless)),
    FamilyFault("gzip bomb", lambda: Reply(content=gzip_bomb(), headers={"Content-Encoding": "gzip"})),
)

EACH_FAULT_OF_EACH_ENDPOINT = tuple((endpoint, fault) for endpoint in PATHS for fault in FAMILY_FAULTS)


def name_of(part: str | FamilyFault) -> str:
    """How a test of the table calls an endpoint or a fault."""
    return part if isinstance(part, str) else part.name


def break_endpoint(erc: StubErc, endpoint: str, fault: FamilyFault) -> None:
    """Let one endpoint of the stub fail in this way from now on."""
    erc.answers_at(endpoint, fault.reply())
