"""The desktop as a server: its page, its own script and style, and the address that signs launch tokens."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from pathlib import Path
from string import Template
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape, quoteattr

from ercportal.demo.desktop.callers import CALLERS, Caller
from ercportal.demo.desktop.host import Host
from ercportal.demo.http_server import DemoHTTPServer
from orders.embed.signing import launch_token

if TYPE_CHECKING:
    from typing import Self

_PAGES = Path(__file__).parent / "pages"
_CLAIMS = ("customer_id", "order_id", "theme", "locale", "customer_zone")
_STATIC = {"/desktop.js": "text/javascript", "/desktop.css": "text/css"}


class DesktopServer:
    """The desktop on a port of its own. A context manager: inside, it serves from a thread.

    `host` names the origin that the browser sees, `portal` the portal's origin. Raises OSError if the port cannot
    be taken.
    """

    def __init__(self, host: Host, *, portal: str, audience: str, port: int = 0) -> None:
        handler = type("DesktopHandler", (_Handler,), {"site": self})
        self._server = DemoHTTPServer(("127.0.0.1", port), handler)
        self._thread: Thread | None = None
        self._host = host
        self.portal = portal
        self._audience = audience

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._server.server_address[1])

    def page(self) -> bytes:
        """The desktop's one page."""
        callers = "\n".join(map(_entry, CALLERS))
        page = Template((_PAGES / "index.html").read_text("utf-8"))
        return page.substitute(portal=escape(self.portal), callers=callers).encode()

    def token(self, customer_id: str, order_id: str, **chosen: Any) -> bytes:
        """A fresh launch token, as a host signs one for the agent who is signed in there; `chosen` are claims."""
        token = launch_token(
            self._host.secret,
            issuer=self._host.issuer,
            kid=self._host.kid,
            algorithm="HS256",
            audience=self._audience,
            agent="demo-agent",
            name="Demo agent",
            customer_id=customer_id,
            order_id=order_id,
            **chosen,
        )
        return token.encode()

    def serve_forever(self) -> None:
        """Serve from this thread until an exception such as Ctrl-C ends it."""
        self._server.serve_forever(poll_interval=0.05)

    def stop(self) -> None:
        """Give the port back."""
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        self._server.server_close()

    def __enter__(self) -> Self:
        self._thread = Thread(target=self.serve_forever, name="desktop", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _entry(caller: Caller) -> str:
    return (
        f"<li><button type='button' data-customer-id={quoteattr(caller.customer_id)}"
        f" data-order-id={quoteattr(caller.order_id)}><strong>{escape(caller.name)}</strong>"
        f"<span>{escape(caller.words)}</span></button></li>"
    )


class _Handler(BaseHTTPRequestHandler):
    site: DesktopServer

    def do_GET(self) -> None:
        """The page, its files, a token, or 404."""
        parts = urlsplit(self.path)
        if parts.path == "/":
            self._send(200, "text/html; charset=utf-8", self.site.page())
        elif parts.path in _STATIC:
            self._send(200, f"{_STATIC[parts.path]}; charset=utf-8", (_PAGES / parts.path[1:]).read_bytes())
        elif parts.path == "/launch-token":
            asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            claims = {name: asked.get(name, "") for name in _CLAIMS}
            self._send(200, "text/plain", self.site.token(**claims))
        else:
            self._send(404, "text/plain", b"not found\n")

    def _send(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing: the demo's own words would drown."""
