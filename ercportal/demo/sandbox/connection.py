"""One client's connection: reads requests, sends answers, and breaks off in the ways that a fault asks for."""

from __future__ import annotations

import gzip
import logging
import os
import re
import socket
import struct
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Protocol

from ercportal.demo.sandbox.request_log import KEPT_HEADERS, ReceivedRequest, RequestLog
from ercportal.demo.sandbox.wire import Answer, Manner, Request, error_answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from ercportal.demo.sandbox.routes import Routes

logger = logging.getLogger(__name__)

LARGEST_BODY = 64 * 1024
LARGEST_READ = 1024 * 1024
SMALLEST_GZIP = 1024
IDLE_SECONDS = 120

_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9a-fA-F:]+\](:\d{1,5})?")
_BREAK_AT_ONCE = struct.pack("ii", 1, 0)


class Site(Protocol):
    """What a connection needs to know of its server."""

    routes: Routes
    requests: RequestLog
    stopping: Event
    delay_seconds: float


class Connection(BaseHTTPRequestHandler):
    """Speaks HTTP/1.1 with one client until either side closes."""

    protocol_version = "HTTP/1.1"
    server_version = "erc-sandbox"
    sys_version = ""
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True
    wbufsize = -1
    site: Site

    def __getattr__(self, name: str) -> Callable[[], None]:
        # The base class looks for do_<METHOD>; every method goes to the routes, which know what is supported.
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: the base class would log ids and queries. `_record` logs what may be known."""

    def _serve(self) -> None:
        started = time.monotonic()
        request, problem = self._read_request()
        if problem is None:
            route, answer = self.site.routes.answer(request)
        else:
            route, answer = "(unreadable)", problem
            self.close_connection = True
        self._record(request, route, answer)
        if delay := self.site.delay_seconds + answer.delay:
            self.site.stopping.wait(delay)
        self._send(answer)
        logger.info("%s %s %s %d ms", self.command, route, _said(answer), (time.monotonic() - started) * 1000)

    def _read_request(self) -> tuple[Request, Answer | None]:
        headers = {name.lower(): value for name, value in self.headers.items()}
        host = headers.get("host", "")
        request = Request(self.command, self.path, headers, b"", f"http://{host}")
        if not _HOST.fullmatch(host):
            return request, error_answer(400, "The Host header is missing or not valid.")
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers or not re.fullmatch(r"[0-9]{1,9}", length):
            return request, error_answer(400, "The body must come with a Content-Length.")
        # Read even where it is too large: closing on unread bytes resets the connection, and the answer is lost.
        body = self.rfile.read(min(int(length), LARGEST_READ))
        if int(length) > LARGEST_BODY:
            return request, error_answer(413, f"A body may have {LARGEST_BODY} bytes at most.")
        return replace(request, body=body), None

    def _record(self, request: Request, route: str, answer: Answer) -> None:
        kept = {name: request.headers[name] for name in KEPT_HEADERS if name in request.headers}
        status = None if answer.manner in (Manner.RESET, Manner.SILENCE) else answer.status
        self.site.requests.add(ReceivedRequest(request.method, request.target, route, kept, status))

    def _send(self, answer: Answer) -> None:
        if answer.manner is Manner.RESET:
            self._reset()
            return
        if answer.manner is Manner.SILENCE:
            self.close_connection = True
            return
        self._send_head_and_body(answer)

    def _send_head_and_body(self, answer: Answer) -> None:
        is_cut = answer.manner is Manner.CUT_SHORT
        body, is_zipped = (answer.body, False) if is_cut else self._maybe_zipped(answer.body)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Vary", "Accept-Encoding")
        if is_zipped:
            self.send_header("Content-Encoding", "gzip")
        for name, value in answer.headers:
            self.send_header(name, value)
        if correlation_id := self.headers.get("X-Correlation-ID"):
            self.send_header("X-Correlation-ID", correlation_id)
        if self.close_connection or is_cut:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[: len(body) // 2] if is_cut else body)

    def _maybe_zipped(self, body: bytes) -> tuple[bytes, bool]:
        if len(body) < SMALLEST_GZIP or not _admits_gzip(self.headers.get("Accept-Encoding", "")):
            return body, False
        return gzip.compress(body, compresslevel=5, mtime=0), True

    def _reset(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _BREAK_AT_ONCE)
        # Detached and closed here: the server would shut the socket down politely, and no reset would be sent.
        os.close(self.connection.detach())


def _admits_gzip(accept_encoding: str) -> bool:
    for part in accept_encoding.lower().replace(" ", "").split(","):
        coding, _, weight = part.partition(";")
        if coding == "gzip":
            return re.fullmatch(r"q=0(\.0*)?", weight) is None
    return False


def _said(answer: Answer) -> str:
    return str(answer.status) if answer.manner is Manner.WHOLE else answer.manner.name.lower().replace("_", " ")
