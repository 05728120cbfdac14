"""How long the embedded panel lets an agent wait, in a real Chromium on another site's page.

    python -m tests.benchmarks.portal.paint

prints it alone: for a desktop that signs launch tokens, and for each kind that the make-believe desktop plays.
"""

from __future__ import annotations

import dataclasses
import json
import ssl
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Frame, Page, sync_playwright

from ercportal.demo.desktop.host import DEMO_DESKTOP, Host
from ercportal.demo.desktop.kinds import KINDS
from ercportal.demo.desktop.server import DesktopServer
from ercportal.demo.stopping import Stoppable
from tests.benchmarks.portal.figures import CARDS, OWN_PAINT, paint_of, table
from tests.benchmarks.portal.running import Surroundings, portal, surroundings
from tests.support.certificates import certificate
from tests.support.chromium import FLAGS, chromium_path
from tests.support.ports import free_port

_LAUNCH = """([portal, token]) => {
  document.querySelectorAll("iframe").forEach((old) => old.remove());
  const frame = Object.assign(document.createElement("iframe"), { name: "panel" });
  const form = Object.assign(document.createElement("form"), {
    method: "post", action: `${portal}/embed/launch`, target: "panel",
  });
  form.append(Object.assign(document.createElement("input"), { name: "token", value: token }));
  document.body.append(frame, form);
  form.submit();
}"""
# A frame after the first card is in the document, it is on the screen.
_NOTE_CARDS = """new MutationObserver((_, observer) => {
  if (!document.querySelector("[data-item-id]")) return;
  observer.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => { window.cardsAt = performance.now(); }));
}).observe(document, { childList: true, subtree: true });"""

_CARDS_SHOWN = """new Promise((tell) => {
  const look = () => (window.cardsAt ? tell(window.cardsAt) : requestAnimationFrame(look));
  look();
})"""


class Panels:
    """Panels that are launched one after the other, in a desktop that plays each kind of them."""

    def __init__(self, page: Page, *, desktop: str, portal: str) -> None:
        self._page = page
        self._desktop = desktop
        self._portal = portal

    def waits(self, times: int) -> dict[str, float]:
        """Milliseconds from the frame's request, by figure: medians of some launches.

        Where agents sign in to the portal, the first content is what stands there until they have.
        """
        steps: dict[str, Callable[[], float]] = {
            CARDS: self._carded,
            OWN_PAINT: self._painted,
            **{paint_of(kind.name): partial(self._painted_in, kind.name) for kind in KINDS},
        }
        return {name: statistics.median(step() for _ in range(times)) for name, step in steps.items()}

    def warm_up(self) -> None:
        """Use the browser and the portal once."""
        self._carded()

    def _painted(self) -> float:
        return self._first_content(self._launched(3000))

    def _painted_in(self, kind: str) -> float:
        """The first paint in a desktop of another kind, for its first caller."""
        self._page.goto(f"{self._desktop}/{kind}/")
        self._page.locator("nav ul button").first.click()
        self._page.frame_locator("#panel iframe").locator("#panel").wait_for()
        return self._first_content(next(frame for frame in self._page.frames if "/embed/" in frame.url))

    def _first_content(self, frame: Frame) -> float:
        self._page.wait_for_timeout(300)
        painted: float = frame.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        assert frame.locator("[data-item-id]").count() == 0, "the API answered before it was looked"
        return painted

    def _carded(self) -> float:
        frame = self._launched(150)
        shown: float = frame.evaluate(_CARDS_SHOWN)
        assert frame.locator("[data-order-number]").count(), "the order came without its header"
        return shown

    def _launched(self, milliseconds: int) -> Frame:
        if self._page.url != f"{self._desktop}/":
            self._page.goto(self._desktop)
        own = time.time_ns()
        token = self._page.evaluate(
            "(order) => fetch(`/launch-token?${order}`).then((answer) => answer.text())",
            f"customer_id={milliseconds}-{own}&order_id=20e-{own}",
        )
        self._page.evaluate(_LAUNCH, [self._portal, token])
        self._page.frame_locator("iframe[name=panel]").locator("#panel").wait_for()
        frame = self._page.frame("panel")
        assert frame is not None
        return frame


class _SecureDesktop(DesktopServer):
    """The make-believe desktop under TLS, without which the portal in production lets none frame its panel."""

    def __init__(self, certificate: Path, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)


def _registrations(host: Host) -> list[dict[str, Any]]:
    """The desktop as the portal in production takes it: with one of Genesys' regions, which nobody asks here."""
    return [one | {"region": "mypurecloud.de"} if "region" in one else one for one in host.registrations()]


@contextmanager
def panels(around: Surroundings) -> Iterator[Panels]:
    """A desktop with a portal of its own; both and the browser have been used once."""
    port = free_port()
    host = dataclasses.replace(DEMO_DESKTOP, origin=f"https://127.0.0.1:{port}")
    settings = {"ALLOWED_HOSTS": "localhost,127.0.0.1", "EMBED_HOSTS": json.dumps(_registrations(host))}
    with portal(around, EMBED_AUDIENCE="bench", **settings) as site:
        address = site.address.replace("127.0.0.1", "localhost")
        with (
            TemporaryDirectory() as folder,
            _SecureDesktop(certificate(Path(folder)), host, portal=address, audience="bench", port=port),
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
            page = browser.new_page(ignore_https_errors=True)
            page.add_init_script(_NOTE_CARDS)
            launched = Panels(page, desktop=host.origin, portal=address)
            launched.warm_up()
            yield launched


if __name__ == "__main__":
    with Stoppable(), surroundings() as started, panels(started) as once:
        print(table(once.waits(times=5)))
