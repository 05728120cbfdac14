"""The sandbox as a server: start it, ask it for its address, stop it."""

from __future__ import annotations

import logging
import socket
import sys
from datetime import UTC, datetime
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any

from ercportal.demo.http_server import DemoHTTPServer
from ercportal.demo.sandbox.catalogue import Catalogue
from ercportal.demo.sandbox.connection import Connection
from ercportal.demo.sandbox.cursors import Cursors
from ercportal.demo.sandbox.family_routes import family_routes
from ercportal.demo.sandbox.faults import Faults
from ercportal.demo.sandbox.gate import Gate
from ercportal.demo.sandbox.items_endpoint import ItemsEndpoint
from ercportal.demo.sandbox.request_log import RequestLog
from ercportal.demo.sandbox.routes import Routes
from ercportal.demo.sandbox.services import Services
from ercportal.demo.sandbox.token_endpoint import TOKEN_PATH, TokenEndpoint
from ercportal.demo.sandbox.tokens import TokenStore

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

logger = logging.getLogger(__name__)


class SandboxServer:
    """A stand-in for the API on a port of its own. A context manager: inside, it serves from a thread.

    `port` 0 takes any free port; `token_life` is in seconds; every answer takes `delay_ms` longer, as over a
    network; `delay_scale` stretches or shrinks the slow faults. The dates of a `catalogue` are fresh when it is
    made, by default now. Raises OSError if the address cannot be taken.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        token_life: int = 600,
        delay_ms: int = 0,
        delay_scale: float = 1.0,
        catalogue: Catalogue | None = None,
    ) -> None:
        self.requests = RequestLog()
        self.stopping = Event()
        self.delay_seconds = delay_ms / 1000
        self._tokens = TokenStore(token_life)
        catalogue = catalogue or Catalogue(datetime.now(UTC))
        services = Services(Gate(self._tokens), catalogue, Cursors(), Faults(delay_scale))
        self.routes = Routes(TokenEndpoint(self._tokens), ItemsEndpoint(services), family_routes(services))
        self._listener = _Listener((host, port), type("SiteConnection", (Connection,), {"site": self}))
        self._thread: Thread | None = None

    @property
    def base_url(self) -> str:
        """Where the API is, without a slash at the end."""
        host, port = self._listener.server_address[:2]
        return f"http://{host!s}:{port}"

    @property
    def token_url(self) -> str:
        """Where tokens are."""
        return self.base_url + TOKEN_PATH

    def expire_tokens(self) -> None:
        """Refuse every token that was issued so far."""
        self._tokens.expire_all()

    def start(self) -> None:
        """Serve from a thread of its own."""
        self._thread = Thread(target=self.serve_forever, name="sandbox", daemon=True)
        self._thread.start()

    def serve_forever(self) -> None:
        """Serve from this thread until `stop` is called from another, or an exception such as Ctrl-C ends it."""
        self._listener.serve_forever(poll_interval=0.05)

    def stop(self) -> None:
        """End every connection and give the port back."""
        self.stopping.set()
        if self._thread is not None:
            self._listener.shutdown()
            self._thread.join()
            self._thread = None
        self._listener.server_close()
        self._listener.hang_up()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Listener(DemoHTTPServer):
    """Accepts connections and keeps track of them, because an idle one would outlive the server otherwise."""

    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], handler: type[Connection]) -> None:
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__(address, handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        with self._lock:
            self._open.add(connection)
        return connection, address

    def close_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().close_request(request)

    def hang_up(self) -> None:
        """End every open connection."""
        with self._lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    logger.debug("A connection had ended by itself.")

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report a defect of the sandbox; a client that hangs up early is none."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)
