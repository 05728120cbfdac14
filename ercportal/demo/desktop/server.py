"""The desktop as a server: its page, its own script and style, and the address that signs launch tokens."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from string import Template
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape, quoteattr

from ercportal.demo.desktop.callers import CALLERS, Caller
from ercportal.demo.desktop.host import Host
from ercportal.demo.desktop.kinds import KINDS
from ercportal.demo.desktop.kinds.kind import Asked, Reply
from ercportal.demo.http_server import DemoHTTPServer
from orders.embed.signing import launch_token

if TYPE_CHECKING:
    from typing import Self

_PAGES = Path(__file__).parent / "pages"
_CLAIMS = (
    "customer_id",
    "email",
    "phone",
    "order_number",
    "order_id",
    "theme",
    "locale",
    "customer_zone",
    "customer_locale",
)
_MAX_FORM = 10_000
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
        # Their names as the portal has them; whoever starts this server needs no settings for it.
        names = {kind.name: kind.registration(self._host.origin)["name"] for kind in KINDS}
        kinds = "\n".join(f"<li><a href='/{kind}/'>{escape(name)}</a></li>" for kind, name in names.items())
        return page.substitute(portal=escape(self.portal), callers=callers, kinds=kinds).encode()

    def token(self, **claims: str) -> bytes:
        """A fresh launch token, as a host signs one for the agent who is signed in there."""
        token = launch_token(
            self._host.secret,
            issuer=self._host.issuer,
            kid=self._host.kid,
            algorithm="HS256",
            audience=self._audience,
            agent="demo-agent",
            name="Demo agent",
            seconds=120,
            **claims,
        )
        return token.encode()

    def of_kind(self, path: str, fields: dict[str, str], authorization: str) -> Reply | None:
        """The response of a desktop that one can buy, at an address that begins with its kind."""
        _, name, *rest = path.split("/", 2)
        asked = Asked("/".join(rest), fields, authorization)
        kinds = (kind for kind in KINDS if kind.name == name)
        return next((kind.respond(asked, origin=self._host.origin, portal=self.portal) for kind in kinds), None)

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
        f"<li><button type='button' data-claims={quoteattr(json.dumps(dict(caller.claims)))}>"
        f"<strong>{escape(caller.name)}</strong><span>{escape(caller.words)}</span></button></li>"
    )


def _fields(form: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(form).items()}


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
            self._send_token(parts.query)
        else:
            self._send_of_kind(parts.path, parts.query)

    def do_POST(self) -> None:
        """A token for a call: what callers say of themselves stands in no address."""
        path = urlsplit(self.path).path
        form = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _MAX_FORM)).decode()
        if path == "/launch-token":
            self._send_token(form)
        else:
            self._send_of_kind(path, form)

    def _send_of_kind(self, path: str, form: str) -> None:
        authorization = self.headers.get("Authorization", "")
        reply = self.site.of_kind(path, _fields(form), authorization) or Reply(b"not found\n", "text/plain", 404)
        self._send(reply.status, reply.content_type, reply.body)

    def _send_token(self, form: str) -> None:
        asked = _fields(form)
        claims = {name: asked.get(name, "") for name in _CLAIMS}
        self._send(200, "text/plain", self.site.token(**claims))

    def _send(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing: the demo's own words would drown."""
