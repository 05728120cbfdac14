"""Salesforce's console as the make-believe desktop plays it, around the panel or an app of the vendor's SDK."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

from playwright.sync_api import Frame, Page

from ercportal.demo.desktop.host import DEMO_DESKTOP
from ercportal.demo.desktop.server import DesktopServer
from tests.support.paths import ROOT
from tests.support.ports import free_port

SDK = ROOT / ".venv/tools/node_modules/@salesforce/canvas-js-sdk/js/canvas-all.js"
AMAL, CHIDI = "00001042", "00001043"


@contextmanager
def console(app: str, settings: Any) -> Iterator[str]:
    """A console whose Canvas app is at this origin; yields the address of its page. The portal knows it."""
    port = free_port()
    # The portal's test server is at localhost, so this is another site.
    host = dataclasses.replace(DEMO_DESKTOP, origin=f"http://127.0.0.1:{port}")
    settings.EMBED_HOSTS = host.registrations()
    with DesktopServer(host, portal=app, audience=settings.EMBED_AUDIENCE, port=port):
        yield f"{host.origin}/salesforce"


def add_canvas(page: Page, case: str, element: str = "main") -> None:
    """Put one more frame with the app into the console's page, for this case."""
    page.evaluate("([number, into]) => addCanvas(number, document.querySelector(into))", [case, element])


def canvas_frames(page: Page) -> list[Frame]:
    """The frames with the app, in the order of the page."""
    frames = [
        page.query_selector_all("iframe")[at].content_frame() for at in range(page.locator("iframe").count())
    ]
    return [frame for frame in frames if frame]


@contextmanager
def sdk_app() -> Iterator[str]:
    """An app that is built with the vendor's SDK, which takes signed requests at every path; yields its origin.

    In its page `signed` is the request as it came, and `content` what it says.
    """
    assert SDK.exists(), "what package.json pins is not installed: make browser installs it"
    sdk = SDK.read_text("utf-8")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            page = (
                f"<!doctype html><meta charset='utf-8'><title>App</title><script>{sdk}</script><script>"
                f"const signed = {json.dumps(form['signed_request'][0])};"
                "const content = JSON.parse(Sfdc.canvas.decode(signed.split('.')[1]));</script>"
            ).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
