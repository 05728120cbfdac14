"""A real Chromium against a real portal and a real sandbox."""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from ercportal.demo.sandbox.clients import CLIENT_ID, CLIENT_SECRET
from ercportal.demo.sandbox.server import SandboxServer
from tests.support.chromium import FLAGS, chromium_path
from tests.support.desktops import Desktop, desktop
from tests.support.paths import ROOT

# Playwright's synchronous interface runs an event loop in this thread, which Django would take for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SCREENSHOTS = ROOT / "test-output" / "screenshots"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sandbox() -> Iterator[SandboxServer]:
    with SandboxServer() as server:
        yield server


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


@pytest.fixture
def portal(
    live_server: LiveServer, chromium: Browser, sandbox: SandboxServer, settings: Settings, transactional_db: None
) -> Iterator[Portal]:
    settings.ERC_API_BASE_URL = sandbox.base_url
    settings.ERC_TOKEN_URL = sandbox.token_url
    settings.ERC_CLIENT_ID = CLIENT_ID
    settings.ERC_CLIENT_SECRET = CLIENT_SECRET
    settings.IMAGE_ORIGINS = [sandbox.base_url]
    policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
    policy["DIRECTIVES"]["img-src"] = ["'self'", "https:", sandbox.base_url]
    settings.CONTENT_SECURITY_POLICY = policy
    User.objects.create_user("agent", password="correct horse battery")
    opened = Portal(live_server.url, chromium, sandbox)
    yield opened
    for context in opened.contexts:
        context.close()


@pytest.fixture
def desk(portal: Portal, settings: Settings) -> Iterator[Desktop]:
    """A desktop that the portal knows."""
    settings.DEBUG = True
    with desktop(portal, settings) as opened:
        yield opened


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keeps a picture of the whole page under test-output/screenshots."""

    def take(page: Page, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}.png", full_page=True)

    return take


def item_ids(page: Page) -> list[str]:
    """The ids of the items on the page, in order."""
    ids: list[str] = page.eval_on_selector_all("[data-item-id]", "cards => cards.map(card => card.dataset.itemId)")
    return ids
