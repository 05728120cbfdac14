"""The portal in a real browser: its windows, signed in or not, and what is on a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from ercportal.demo.sandbox.server import SandboxServer

CLIPBOARD: dict[str, Any] = {"permissions": ["clipboard-read", "clipboard-write"]}
"""Options of a window that may read and write the clipboard."""


@dataclass
class Portal:
    """The portal in a browser: opens pages, remembers the errors and warnings of the console."""

    address: str
    chromium: Browser
    sandbox: SandboxServer
    console: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def page(self, **options: Any) -> Page:
        """A fresh browser window that is not signed in."""
        context = self.chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        self.contexts.append(context)
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
        page.click("main button[type=submit]")
        page.goto(self.address + path)
        return page


def item_ids(page: Page) -> list[str]:
    """The ids of the items on the page, in order."""
    ids: list[str] = page.eval_on_selector_all("[data-item-id]", "cards => cards.map(card => card.dataset.itemId)")
    return ids
