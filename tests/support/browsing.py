"""The portal in a real browser: its windows, signed in or not, and what is on a page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Frame, Page, Route, expect

from ercportal.demo.sandbox.server import SandboxServer
from tests.support.paths import ROOT

CLIPBOARD: dict[str, Any] = {"permissions": ["clipboard-read", "clipboard-write"]}
"""Options of a window that may read and write the clipboard."""

# Whether a list has loaded all that it loads by itself, and nothing else is on its way.
_LOADED = """() => {
    const items = document.querySelectorAll("#cards [data-item-id]").length;
    const isWhole = items >= 100 || !document.querySelector("#cards [data-load-more]");
    return isWhole && !document.querySelector(".htmx-request");
}"""


_LOADING = ROOT / "static" / "js" / "load_all.js"


def _load_by_hand(route: Route) -> None:
    # From the file: what is fetched for a page may be gone where that page is left at once.
    script = _LOADING.read_text().replace("MAX_LOADED_BY_ITSELF = 100", "MAX_LOADED_BY_ITSELF = 0")
    route.fulfill(body=script, content_type="text/javascript")


@dataclass
class Portal:
    """The portal in a browser: opens pages, remembers the errors and warnings of the console.

    Unless a list `loads_by_itself`, it waits for the agent as one of more than 100 items does.
    """

    address: str
    chromium: Browser
    sandbox: SandboxServer
    console: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    loads_by_itself: bool = True

    def page(self, **options: Any) -> Page:
        """A fresh browser window that is not signed in."""
        context = self.chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        self.contexts.append(context)
        if not self.loads_by_itself:
            context.route("**/js/load_all*.js", _load_by_hand)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", self._remember)
        page.on("pageerror", lambda error: self.console.append(f"error: {error}"))
        return page

    def _remember(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.console.append(f"{message.type}: {message.text}")

    def signed_in(self, path: str = "/", onto: Page | None = None, **options: Any) -> Page:
        """A window (`onto`, or a fresh one) signed in as the agent, on `path`."""
        page = onto or self.page(**options)
        page.goto(f"{self.address}/login/")
        page.fill("[name=username]", "agent")
        page.fill("[name=password]", "correct horse battery")
        go_on(page, "main button[type=submit]")
        page.goto(self.address + path)
        return page


def go_on(page: Page, selector: str) -> None:
    """Click what leads to another address, and wait until the page of that address is there."""
    before = page.url
    page.click(selector)
    page.wait_for_url(lambda url: url != before)


def item_ids(page: Page) -> list[str]:
    """The ids of the items on the page, in order."""
    ids: list[str] = page.eval_on_selector_all("[data-item-id]", "cards => cards.map(card => card.dataset.itemId)")
    return ids


def wait_until_loaded(page: Page | Frame) -> None:
    """Wait until the list on the page has loaded what it loads by itself, and no request is on its way."""
    page.wait_for_function(_LOADED)


def wait_until(page: Page, is_so: Callable[[], object], seconds: float = 5.0) -> None:
    """Let the page go on until something is so that its events bring about. Fails after `seconds`."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come to be so"
        page.wait_for_timeout(20)


@contextmanager
def refreshing(page: Page) -> Iterator[None]:
    """Wait, after what is done within, until what a refresh brought is on the page."""
    page.evaluate("document.querySelector('[data-as-of]').dataset.old = '1'")
    yield
    expect(page.locator("[data-as-of][data-old]")).to_have_count(0)


@contextmanager
def copying(page: Page) -> Iterator[None]:
    """Wait, after what is done within, until something else is in the clipboard than there was."""
    before = page.evaluate(
        """async () => {
          await navigator.clipboard.writeText("nothing was copied");
          return navigator.clipboard.readText();
        }"""
    )
    yield
    page.wait_for_function("async (before) => await navigator.clipboard.readText() !== before", arg=before)


def stop_clock(page: Page) -> None:
    """Let the page's clock stand still, so that what it shows for a while stays until the clock is run on."""
    page.clock.install()
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))


def clipboard(page: Page) -> str:
    """The text in the clipboard."""
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def expect_focus_in(page: Page, item_id: str) -> None:
    """Wait until something in the item has the focus."""
    expect(page.locator(f"[data-item-id='{item_id}'] :focus")).to_have_count(1)
