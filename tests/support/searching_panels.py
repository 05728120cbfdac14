"""Panels that were launched for what a caller says."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.test import Client

from tests.support.pages import HTMX, one, soup
from tests.support.panels import embed_token, fed

FOUND = "/embed/found/"
NOBODY: dict[str, Any] = {"customer_id": None, "order_id": None}


def waiting(client: Client, **claims: Any) -> str:
    """The embed token of a launch that has to find its customer."""
    return embed_token(client, **{**NOBODY, **claims})


def searched(client: Client, **claims: Any) -> Any:
    """The answer to the first request of such a panel."""
    return fed(client, waiting(client, **claims), FOUND)


def posted(client: Client, embed: str, q: str) -> Any:
    """The answer to what is typed into the panel's box."""
    return client.post("/embed/find/", {"q": q}, headers={**HTMX, "Embed-Token": embed})


def link_of(response: Any) -> tuple[str, dict[str, str]]:
    """The path and the parameters of what a panel asks for first."""
    parts = urlsplit(str(one(soup(response), "#results")["hx-get"]))
    return parts.path, dict(parse_qsl(parts.query))
