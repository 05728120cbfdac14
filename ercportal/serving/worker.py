"""gunicorn's threaded worker, whose threads wait for no client.

gunicorn's own worker gives a connection to a thread at once. The thread waits up to five seconds for the first
byte (since gunicorn's pull request 3519), without end for the rest of the request (its issue 3301 shows one way to
that), and again until the client has taken the response. Forty connections that send half a request hold all
threads of two processes. Here the worker's poller collects requests and sends what is left of responses; a thread
gets a request once it is whole.

Two other servers were tried (docs/benchmarks.md). granian ends a request whose head does not come, but gives each
whose body does not come a thread for ever: 200 of them, and nobody gets a response. waitress holds no thread for
either, but never ends a client that sends a byte a second, is one process on one core, and on SIGTERM drops the
requests under way.
"""

from __future__ import annotations

import select
import selectors
import socket
import sys
import time
from functools import partial
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from gunicorn.errors import AppImportError
from gunicorn.workers.gthread import ThreadWorker

from ercportal.serving.connection import (
    MAX_ALL_WAITING_BYTES,
    SENDING_SECONDS,
    SILENT_SECONDS,
    Connection,
    Verdict,
)
from ercportal.serving.line import Line

# How long to read from a closing connection, so that the client's data does not cut off the response.
_LINGER_SECONDS = 2.0
_REFUSALS = {
    Verdict.LINE_TOO_LARGE: "414 URI Too Long",
    Verdict.HEAD_TOO_LARGE: "431 Request Header Fields Too Large",
    Verdict.BODY_TOO_LARGE: "413 Content Too Large",
}


class Worker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """Collects requests and sends responses without a thread; closes its sockets as it begins to stop.

    gunicorn's own worker closes them only after the last response, and then drops new connections: a proxy waits
    for seconds, and cannot resend elsewhere a request that may have had an effect here.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Each state has its connections in the order of their arrival. Only the main thread uses them.
        self._receiving: dict[Connection, None] = {}
        self._sending: dict[Connection, None] = {}
        self._ending: dict[Connection, None] = {}
        self._line = Line(self.cfg.threads)

    def load_wsgi(self) -> None:
        """Load the portal. Unusable settings stop the server in a line that names one, which no trace buries."""
        try:
            super().load_wsgi()
        except ImproperlyConfigured as error:
            message = f"The settings cannot be used: {error}"
            raise AppImportError(message) from None

    def run(self) -> None:
        """Run with as many look-ups at once as the portal's settings allow."""
        from django.conf import settings

        self._line = Line(settings.LOOKUPS_AT_ONCE)
        super().run()

    @classmethod
    def check_config(cls, config: Any, log: Any) -> None:
        """Refuse to start with TLS, which is the proxy's part."""
        super().check_config(config, log)
        if config.is_ssl:
            sys.exit(
                "gunicorn.conf.py: TLS ends in the proxy before the portal; certfile and keyfile must not be set."
            )

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - gunicorn's signature
        """Start or stop accepting connections; a stopping worker never starts again."""
        super().set_accept_enabled(enabled)
        if self.alive:
            return
        for listener in self.sockets:
            while listener.fileno() >= 0 and select.select([listener], [], [], 0)[0]:
                self.accept(listener)
            listener.close()

    def accept(self, listener: Any) -> None:
        """Accept a connection; if there are too many, close the one that has been idle for longest."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        except OSError:
            # No descriptor is left. Close the longest idle connection, and accept this one next time.
            self.log.warning("A connection could not be taken: too many are open.")
            self._make_room()
            return
        self.nr_conns += 1
        self.enqueue_req(Connection(self.cfg, client, address, listener.getsockname()))
        if self.nr_conns >= self.worker_connections:
            self._make_room()

    def _make_room(self) -> None:
        if self.keepalived_conns:
            conn = self.keepalived_conns.popleft()
            self._forget(conn)
            self._drop(conn)
        elif waiting := self._ending or self._receiving or self._sending:
            self._leave(next(iter(waiting)))

    def enqueue_req(self, conn: Connection) -> None:
        """Collect the connection's next request; a thread gets it once it is complete."""
        verdict = conn.begin()
        if verdict is Verdict.PARTIAL:
            verdict = conn.receive()
        if verdict is Verdict.PARTIAL:
            self._receiving[conn] = None
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._receive, conn))
        else:
            self._go_to_work(conn, verdict)

    def _receive(self, conn: Connection, _sock: Any = None) -> None:
        if conn not in self._receiving:
            return
        verdict = conn.receive()
        if verdict is not Verdict.PARTIAL:
            del self._receiving[conn]
            self._forget(conn)
            self._go_to_work(conn, verdict)

    def _go_to_work(self, conn: Connection, verdict: Verdict) -> None:
        if verdict is Verdict.WHOLE:
            if self._line.may_go(conn, bytes(conn.incoming.data[:32])):
                super().enqueue_req(conn)
        elif verdict is Verdict.GONE:
            self._drop(conn)
        else:
            self._refuse(conn, _REFUSALS[verdict])

    def _refuse(self, conn: Connection, status: str) -> None:
        head = f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        try:
            conn.sock.sendall(head.encode())
            conn.sock.flush()
        except OSError:
            self._drop(conn)
        else:
            self._end(conn)

    def finish_request(self, conn: Connection, future: Any) -> None:
        """Send the rest of the response; then wait for the next request, or end the connection."""
        self._line.leave(conn)
        conn.outcome = future
        conn.lets_go_at = time.monotonic() + SENDING_SECONDS
        conn.ends_at = time.monotonic() + SILENT_SECONDS
        if conn.sock.fileno() < 0:
            self._drop(conn)
        elif conn.sock.waiting:
            self._sending[conn] = None
            self.poller.register(conn.sock, selectors.EVENT_WRITE, partial(self._send, conn))
            self._bound_what_waits()
        else:
            self._go_on(conn)

    def _bound_what_waits(self) -> None:
        waiting = sum(len(one.sock.waiting) for one in self._sending)
        while waiting > MAX_ALL_WAITING_BYTES:
            slowest = next(iter(self._sending))
            waiting -= len(slowest.sock.waiting)
            self._leave(slowest)

    def _send(self, conn: Connection, _sock: Any = None) -> None:
        if conn not in self._sending:
            return
        try:
            if conn.sock.flush():
                conn.ends_at = min(time.monotonic() + SILENT_SECONDS, conn.lets_go_at)
        except OSError:
            self._leave(conn)
            return
        if not conn.sock.waiting:
            del self._sending[conn]
            self._forget(conn)
            self._go_on(conn)

    def _go_on(self, conn: Connection) -> None:
        future = conn.outcome
        if not future.cancelled() and not future.exception() and future.result():
            super().finish_request(conn, future)
        else:
            self._end(conn)

    def _end(self, conn: Connection) -> None:
        """Close by RFC 9112, section 9.6: shut down writing, and read until the client closes, too."""
        try:
            conn.sock.settimeout(0)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._drop(conn)
            return
        conn.ends_at = time.monotonic() + _LINGER_SECONDS
        self._ending[conn] = None
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._listen, conn))
        self._listen(conn)

    def _listen(self, conn: Connection, _sock: Any = None) -> None:
        if conn not in self._ending:
            return
        if conn.is_heard_out():
            self._leave(conn)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Run one round of gunicorn's loop, then start the look-ups that are due."""
        super().wait_for_and_dispatch_events(self._line.seconds_to_next(timeout))
        for conn in self._line.due():
            super().enqueue_req(conn)

    def murder_pending(self) -> None:
        """End connections that take too long; gunicorn's loop calls this every second."""
        now = time.monotonic()
        for conn in [one for one in self._receiving if one.ends_at <= now]:
            del self._receiving[conn]
            self._forget(conn)
            if conn.incoming.data:
                self._refuse(conn, "408 Request Timeout")
            else:
                self._drop(conn)
        for state in (self._sending, self._ending):
            for conn in [one for one in state if one.ends_at <= now]:
                self._leave(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        """Close silent connections when the worker begins to stop."""
        super()._cap_keepalive(deadline)
        for conn in self._receiving:
            if not conn.incoming.data:
                conn.ends_at = min(conn.ends_at, deadline)

    def _leave(self, conn: Connection) -> None:
        for state in (self._receiving, self._sending, self._ending):
            state.pop(conn, None)
        self._forget(conn)
        self._drop(conn)

    def _forget(self, conn: Connection) -> None:
        try:
            self.poller.unregister(conn.sock)
        except (KeyError, ValueError):
            self.log.debug("A connection was not waited for.")

    def _drop(self, conn: Connection) -> None:
        self.nr_conns -= 1
        conn.close()
