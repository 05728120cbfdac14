"""When the embedded panel first paints while the API takes its time, in a real Chromium on another site's page."""

from __future__ import annotations

import dataclasses
import json
import statistics

from playwright.sync_api import Page, sync_playwright

from ercportal.demo.desktop.host import DEMO_DESKTOP
from ercportal.demo.desktop.server import DesktopServer
from tests.benchmarks.portal.running import Surroundings, portal
from tests.support.chromium import FLAGS, chromium_path
from tests.support.ports import free_port

_CUSTOMER = "3000-paint"


def first_paint(around: Surroundings, times: int) -> float:
    """Milliseconds from the launch to the first content on screen, the median of some launches."""
    port = free_port()
    host = dataclasses.replace(DEMO_DESKTOP, origin=f"http://127.0.0.1:{port}")
    # Only DEBUG lets a host without TLS embed the panel.
    settings = {"DEBUG": "1", "ALLOWED_HOSTS": "localhost", "EMBED_HOSTS": json.dumps([host.registration()])}
    with portal(around, EMBED_AUDIENCE="bench", **settings) as site:
        address = site.address.replace("127.0.0.1", "localhost")
        with (
            DesktopServer(host, portal=address, audience="bench", port=port),
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
            page = browser.new_page()
            page.goto(host.origin)
            return statistics.median(_painted(page, address, f"20-{number}") for number in range(times + 1))


def _painted(page: Page, portal_address: str, order_id: str) -> float:
    token = page.evaluate(
        "(order) => fetch(`/launch-token?${order}`).then((answer) => answer.text())",
        f"customer_id={_CUSTOMER}&order_id={order_id}",
    )
    page.evaluate(
        """([portal, token]) => {
          document.querySelectorAll("iframe").forEach((old) => old.remove());
          const frame = Object.assign(document.createElement("iframe"), { name: "panel" });
          const form = Object.assign(document.createElement("form"), {
            method: "post", action: `${portal}/embed/launch`, target: "panel",
          });
          form.append(Object.assign(document.createElement("input"), { name: "token", value: token }));
          document.body.append(frame, form);
          form.submit();
        }""",
        [portal_address, token],
    )
    panel = page.frame_locator("iframe[name=panel]")
    panel.locator("#panel").wait_for()
    page.wait_for_timeout(300)
    frame = page.frame("panel")
    assert frame is not None
    painted: float = frame.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert frame.locator("[data-item-id]").count() == 0, "the API answered before it was looked"
    return painted
