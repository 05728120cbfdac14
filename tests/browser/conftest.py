"""A real Chromium against a real portal and a real sandbox."""

from __future__ import annotations

import copy
import os
import re
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from ercportal.demo.sandbox.clients import CLIENT_ID, CLIENT_SECRET
from ercportal.demo.sandbox.server import SandboxServer
from orders.embed import sessions
from orders.lookup import beside_pages
from tests.support.browsing import Portal
from tests.support.chromium import FLAGS, chromium_path
from tests.support.desktops import Desktop, desktop
from tests.support.paths import ROOT
from tests.support.shared_memory import wait_for_tables

# Playwright's synchronous interface runs an event loop in this thread, which Django would take for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SCREENSHOTS = ROOT / "test-output" / "screenshots"

# The portal of these tests writes from several threads at once.
wait_for_tables()


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


@pytest.fixture
def portal(
    live_server: LiveServer,
    chromium: Browser,
    sandbox: SandboxServer,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    transactional_db: None,
) -> Iterator[Portal]:
    # A busy machine needs longer for the head of an order than its items should wait.
    monkeypatch.setattr(beside_pages, "MAX_WAIT_SECONDS", 3.0)
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
def by_hand(portal: Portal) -> None:
    """Lists that wait for the agent before they go on."""
    portal.loads_by_itself = False


@pytest.fixture
def desk(portal: Portal, settings: Settings) -> Iterator[Desktop]:
    """A desktop that the portal knows."""
    settings.DEBUG = True
    with desktop(portal, settings) as opened:
        yield opened


@pytest.fixture
def expire_embed_tokens(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets all embed tokens expire that were given until then; those that follow live as long as usual."""

    def expire() -> None:
        ahead = settings.EMBED_TOKEN_SECONDS + 1
        monkeypatch.setattr(sessions, "time", SimpleNamespace(time=lambda: time.time() + ahead))

    return expire


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keeps a picture of the whole page under test-output/screenshots."""

    def take(page: Page, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}.png", full_page=True)

    return take
