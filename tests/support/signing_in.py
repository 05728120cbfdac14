"""Signs agents in to the panels of desktops that do not say who their agents are."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from django.test import Client
from pytest_django.fixtures import Settings

from orders.embed.registry import registry
from tests.support.pages import one, soup

SLUG = "cx"
VERIFIER = "v" * 43
ORIGIN = "https://cx.example"
FRAME = {"Sec-Fetch-Dest": "iframe"}


def challenge(verifier: str = VERIFIER) -> str:
    """The challenge of a frame's secret, by S256."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def address_desktop(**changes: Any) -> dict[str, Any]:
    """The registration of a desktop that opens an address."""
    return {
        "slug": SLUG,
        "kind": "address",
        "name": "CX",
        "origins": [ORIGIN],
        "customer_from": ["query.customer"],
        "order_from": ["query.order"],
        "phone_from": ["query.phone"],
        **changes,
    }


def register(settings: Settings, *desktops: dict[str, Any]) -> None:
    """Make these the desktops that the portal knows; the one that opens an address unless given."""
    settings.EMBED_HOSTS = list(desktops or (address_desktop(),))
    settings.EMBED_HOSTS_FILE = ""
    settings.EMBED_AUDIENCE = "portal"
    registry.cache_clear()


def popup(browser: Client, slug: str = SLUG, verifier: str = VERIFIER, **headers: str) -> Any:
    """The window's page for a signed-in browser."""
    return browser.get(f"/panel/sign-in/{slug}/", {"challenge": challenge(verifier)}, headers=headers)


def one_time_code(browser: Client, slug: str = SLUG, verifier: str = VERIFIER) -> str:
    """The code that the window hands to the panel."""
    return str(one(soup(popup(browser, slug, verifier)), "#handed")["data-code"])


def exchanged(client: Client, code: str | None, verifier: str = VERIFIER, slug: str = SLUG) -> Any:
    """The answer to the panel that has a code, or asks whether its short code is confirmed."""
    fields = {"verifier": verifier} if code is None else {"code": code, "verifier": verifier}
    return client.post(f"/embed/{slug}/session", fields, headers={"HX-Request": "true"})


def panel_token(browser: Client, client: Client) -> str:
    """The access of a panel whose agent has signed in."""
    return str(exchanged(client, one_time_code(browser))["Embed-Token"])


def told(client: Client, token: str, slug: str = SLUG, **fields: str) -> Any:
    """The answer to what the desktop's script says of its contact."""
    headers = {"HX-Request": "true", **({"Embed-Token": token} if token else {})}
    return client.post(f"/embed/{slug}/context", fields, headers=headers)
