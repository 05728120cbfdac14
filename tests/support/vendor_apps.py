"""Apps that use a vendor's own client, in place of the panel in the make-believe desktop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.support.desktops import messages
from tests.support.npm import bundled


def put_app(page: Page, address: str, source: str) -> None:
    """Serve the app at an address of the panel; it posts what it has to say as `{said: [...]}`."""
    body = f"<!doctype html><title>App</title><script>{bundled(source)}</script>"
    page.route(address, lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))


def said_by_app(page: Page, *, until: Callable[[list[Any]], bool]) -> list[Any]:
    """What the app has said, once it has said enough."""
    for _ in range(100):
        said = [data["said"] for _, data in messages(page) if isinstance(data, dict) and "said" in data]
        if until(said):
            break
        page.wait_for_timeout(50)
    return said
