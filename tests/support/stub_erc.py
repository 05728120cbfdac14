"""An upstream on a real socket that answers whatever a test tells it to, and remembers what it was asked.

Where a test tells it nothing, it keeps to docs/api-reference.md, as tests/contract checks: an order has one item,
and nothing else is known. `tests.support.family` has customers and orders for it.
"""

from __future__ import annotations

import contextlib
import json
import re
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.support import stub_routes


@dataclass
class Asked:
    """A request that the stub received; `path` is as it came over the wire, still percent-encoded.

    `endpoint` is one of `stub_routes.PATHS`, or `items`, which is what every other path leads to, or `token`.
    """

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: str
    peer_port: int
    endpoint: str = "items"


@dataclass
class Reply:
    """An answer: `content` is bytes as they are, or anything else as JSON; `wire` replaces all of it."""

    status: int = 200
    content: Any = b""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    wire: Callable[[BaseHTTPRequestHandler], None] | None = None

    @property
    def body(self) -> bytes:
        """The bytes to send."""
        return self.content if isinstance(self.content, bytes) else json.dumps(self.content).encode()


Script = Callable[[Asked], Reply]


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def wire(*chunks: bytes, pause: float = 0.0, reset: bool = False) -> Reply:
    """Writes bytes as they are, with a pause after each; `reset` then breaks the connection off hard."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        for chunk in chunks:
            handler.wfile.write(chunk)
            handler.wfile.flush()
            time.sleep(pause)
        if reset:
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()

    return Reply(wire=write)


def page(*items: Any, next_cursor: str | None = None, **more: Any) -> dict[str, Any]:
    """A page of items as docs/api-reference.md#page-of-items has it."""
    links: dict[str, Any] = {"self": {"href": "https://api.example/items"}}
    if next_cursor is not None:
        links["next"] = {"href": f"https://api.example/items?cursor={next_cursor}"}
    return {"_embedded": {"items": list(items)}, "_links": links, **more}


def item(item_id: str = "item-1", **fields: Any) -> dict[str, Any]:
    """An item with the required fields, and `fields`."""
    return {"id": item_id, "name": f"Thing {item_id}", "price": {"value": 10, "currency": "EUR"}, **fields}


def error(status: int, code: str) -> Reply:
    """An error as every endpoint but the token's answers it."""
    return Reply(status, {"code": code, "message": code.replace("_", " ").capitalize()})


def token_error(status: int, code: str) -> Reply:
    """An error as the token endpoint answers it."""
    return Reply(status, {"error": code, "error_description": code.replace("_", " ").capitalize()})


_ITEMS_PATH = re.compile(r".*/customers/[^/]+/orders/[^/]+/items")
_BEARER = "Bearer "


def _find_nothing(asked: Asked) -> Reply:
    if asked.endpoint not in stub_routes.LISTS:
        return error(404, "not_found")
    return Reply(content=stub_routes.nothing_found(asked.endpoint))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512


class StubErc:
    """The server: `items`, `token` and, by the endpoint's name, `family` are the scripts that answer.

    `asked`, `token_asked` and `family_asked` are what came to each. The family opens only to a token of the right
    scope; the items open to any token that was granted, and to everybody where their script is not `guarded`.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.token_asked: list[Asked] = []
        self.family_asked: list[Asked] = []
        self.items: Script = self.guarded(lambda _asked: Reply(content=page(item())))
        self.token: Script = self._grant
        self.family: dict[str, Script] = dict.fromkeys(stub_routes.PATHS, _find_nothing)
        self._tokens = 0
        self._granted: dict[str, frozenset[str]] = {}
        self._refused_scopes: frozenset[str] = frozenset()
        self._status_of_refusal = 401
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._scheme = "https" if tls else "http"
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def base_url(self) -> str:
        """Where it listens."""
        return f"{self._scheme}://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> StubErc:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def guarded(self, script: Script) -> Script:
        """The script for those who may ask for items: by GET, with a token that was granted and has not ended."""

        def guard(asked: Asked) -> Reply:
            if not _ITEMS_PATH.fullmatch(asked.path):
                return script(asked)
            if asked.method != "GET":
                return error(405, "method_not_supported")
            return script(asked) if self._scopes_of(asked) is not None else error(401, "unauthorized")

        return guard

    def _scopes_of(self, asked: Asked) -> frozenset[str] | None:
        """The scopes of a request's token; None where it has none that was granted."""
        said = asked.headers.get("Authorization", "")
        return self._granted.get(said.removeprefix(_BEARER)) if said.startswith(_BEARER) else None

    def _guard_family(self, asked: Asked) -> Reply:
        if asked.method != "GET":
            return error(405, "method_not_supported")
        scopes = self._scopes_of(asked)
        if scopes is None:
            return error(401, "unauthorized")
        if not scopes & stub_routes.SCOPES[asked.endpoint]:
            return error(403, "forbidden")
        return self.family[asked.endpoint](asked)

    def expire_tokens(self) -> None:
        """Refuse every token that was granted so far, where the script is guarded."""
        self._granted.clear()

    def _grant(self, asked: Asked) -> Reply:
        """The token for whoever says who they are; it is not known here who that may be."""
        form = dict(parse_qsl(asked.body))
        if "Authorization" not in asked.headers and "client_assertion" not in form:
            return token_error(401, "invalid_client")
        if form.get("grant_type") != "client_credentials":
            return token_error(400, "unsupported_grant_type")
        if self._refused_scopes & stub_routes.scopes_in(asked.body):
            code = "unauthorized_client" if self._status_of_refusal == 401 else "invalid_scope"
            return token_error(self._status_of_refusal, code)
        return Reply(content=self.token_answer(scope=form.get("scope", "")))

    def refuse_scopes(self, *scopes: str, status: int = 401) -> None:
        """Refuse a token to whoever asks for one of these scopes, with 401 or with 400; without any, to nobody."""
        self._refused_scopes, self._status_of_refusal = frozenset(scopes), status

    @property
    def scopes_asked(self) -> list[frozenset[str]]:
        """The scopes that each request for a token named."""
        return [stub_routes.scopes_in(asked.body) for asked in self.token_asked]

    @property
    def everything_asked(self) -> list[Asked]:
        """All requests: for tokens, items and the family."""
        return [*self.token_asked, *self.asked, *self.family_asked]

    def _answer(self, asked: Asked) -> Reply:
        if asked.endpoint == "items":
            self.asked.append(asked)
            return self.items(asked)
        if asked.endpoint != "token":
            self.family_asked.append(asked)
            return self._guard_family(asked)
        self.token_asked.append(asked)
        reply = self.token(asked)
        with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError, RecursionError):
            granted = json.loads(reply.body)
            self._granted[granted["access_token"]] = stub_routes.granted_scopes(granted, asked.body)
        return reply

    def token_answer(self, **changes: Any) -> dict[str, Any]:
        """A token answer, each with its own token."""
        with self._lock:
            self._tokens += 1
            number = self._tokens
        return {"access_token": f"token-{number}", "token_type": "Bearer", "expires_in": 600, **changes}

    def answers(self, *replies: Reply) -> None:
        """Answer the items endpoint with these replies in turn, the last one for ever."""
        self.items = self._in_turn(replies)

    def answers_at(self, endpoint: str, *replies: Reply) -> None:
        """Answer an endpoint of the family so."""
        self.family[endpoint] = self._in_turn(replies)

    def _in_turn(self, replies: Sequence[Reply]) -> Script:
        left = list(replies)

        def script(_asked: Asked) -> Reply:
            with self._lock:
                return left.pop(0) if len(left) > 1 else left[0]

        return script

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
                pass

            def _serve(self) -> None:
                parts = urlsplit(self.path)
                length = int(self.headers.get("Content-Length") or 0)
                asked = Asked(
                    self.command,
                    parts.path,
                    dict(parse_qsl(parts.query, keep_blank_values=True)),
                    dict(self.headers.items()),
                    self.rfile.read(length).decode(),
                    self.client_address[1],
                    stub_routes.endpoint_of(parts.path),
                )
                self._send(stub._answer(asked))

            def _send(self, reply: Reply) -> None:
                time.sleep(reply.delay)
                if reply.wire:
                    self.close_connection = True
                    reply.wire(self)
                    return
                headers = {
                    "Content-Type": "application/json",
                    "Content-Length": str(len(reply.body)),
                    **reply.headers,
                }
                self.send_response(reply.status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)

            do_GET = do_POST = _serve  # noqa: N815 - the base class's names

            def handle(self) -> None:
                with contextlib.suppress(ConnectionError):
                    super().handle()

        return Handler
