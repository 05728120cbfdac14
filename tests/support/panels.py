"""Opens the panel in tests, and reads what it answers."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.support.launching import token
from tests.support.pages import HTMX, one, soup

OWN = {"customer_id": "C-1", "order_id": "O-1"}


def launched(client: Client, launch_token: str = "", **headers: str) -> Any:
    """The answer to a launch token that is posted; a fresh one unless given."""
    return client.post("/embed/launch", {"token": launch_token or token()}, headers=headers)


def embed_token(client: Client, **claims: Any) -> str:
    """The embed token of a fresh launch with these claims."""
    return str(one(soup(launched(client, token(**claims))), "#panel")["data-embed-token"])


def fed(client: Client, embed: str, address: str = "/embed/orders/", **parameters: str) -> Any:
    """The answer to the panel's script."""
    return client.get(address, parameters or None, headers={**HTMX, "Embed-Token": embed})


def policy(response: Any) -> str:
    """Who may frame the answer."""
    return str(response["Content-Security-Policy"]).split("frame-ancestors ")[1].split(";")[0]


def refused(response: Any) -> str:
    """The code of the error that the answer shows."""
    return str(one(soup(response), "[role=alert]")["data-error"])
