"""A desktop on another site than the portal, which embeds the panel."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from playwright.sync_api import Frame, FrameLocator, Page

from ercportal.demo.desktop.host import DEMO_DESKTOP
from ercportal.demo.desktop.server import DesktopServer
from tests.support.browsing import Portal
from tests.support.ports import free_port


@dataclass
class Desktop:
    """The desktop's address, and ways to its page and its panel."""

    address: str
    portal: Portal

    def page(self, path: str = "", **options: Any) -> Page:
        """The desktop in a fresh window; below `path` it is of another kind."""
        page = self.portal.page(**options)
        page.goto(self.address + path)
        return page

    def in_call(self, caller: str, **options: Any) -> Page:
        """The desktop, in a call with this caller."""
        page = self.page(**options)
        call(page, caller)
        return page

    def token(self, customer_id: str, order_id: str = "", **options: Any) -> str:
        """A launch token of the desktop."""
        page = self.page(**options)
        return str(
            page.evaluate(
                f"fetch('/launch-token?customer_id={customer_id}&order_id={order_id}').then(r => r.text())"
            )
        )


def call(page: Page, caller: str) -> None:
    """Take the call of a caller."""
    page.click(f"#callers button:has-text('{caller}')")


def panel(page: Page) -> FrameLocator:
    """The panel in the desktop's page."""
    return page.frame_locator("#panel iframe")


def panel_frame(page: Page) -> Frame:
    """The panel's frame."""
    return next(frame for frame in page.frames if "/embed/" in frame.url)


@contextmanager
def desktop(portal: Portal, settings: Any) -> Iterator[Desktop]:
    """A desktop that the portal knows."""
    port = free_port()
    # The portal's test server is at localhost, so this is another site.
    host = dataclasses.replace(DEMO_DESKTOP, origin=f"http://127.0.0.1:{port}")
    with DesktopServer(host, portal=portal.address, audience=settings.EMBED_AUDIENCE, port=port):
        settings.EMBED_HOSTS = host.registrations()
        yield Desktop(host.origin, portal)


@contextmanager
def pages(contents: dict[str, str]) -> Iterator[str]:
    """Serves pages by path on a port of its own; yields the port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = contents.get(self.path.partition("?")[0], "").encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield str(server.server_port)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def cards(page: Page) -> list[str]:
    """The ids of the items in the panel, in order."""
    ids: list[str] = (
        panel(page).locator("[data-item-id]").evaluate_all("all => all.map(one => one.dataset.itemId)")
    )
    return ids


def messages(page: Page) -> list[Any]:
    """What the panel told the desktop so far."""
    told: list[Any] = page.evaluate("window.told")
    return told


def framed(page: Page, address: str, within: str = "#panel") -> None:
    """Put one more frame into the page."""
    page.evaluate(
        "([src, into]) =>"
        " document.querySelector(into).append(Object.assign(document.createElement('iframe'), { src }))",
        [address, within],
    )


def listening(page: Page) -> Page:
    """The page, which keeps what the panel tells it from now on."""
    page.evaluate(
        "window.told = []; addEventListener('message', (event) => told.push([event.origin, event.data]))"
    )
    return page
