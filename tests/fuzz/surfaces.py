"""The portal as an agent has it in front of them: in a language, in a zone, a page at a time."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from orders.lookup import service
from orders.lookup.listing import Listing
from tests.fuzz.invariants.harmless import parsed
from tests.fuzz.upstream import Upstream

LANGUAGES = ("en", "de", "es", "fr", "pt-br", "ar")
ZONES = ("UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati", "America/St_Johns")
LOOKUP = {"customer_id": "C-1", "order_id": "O-1"}


class Reader(NamedTuple):
    """Who reads the page."""

    language: str
    zone: str


class Shown(NamedTuple):
    """What an agent was answered: the page, and the list that it was made of; None where it is an error."""

    status: int
    page: LexborHTMLParser
    listing: Listing | None


readers = st.builds(Reader, st.sampled_from(LANGUAGES), st.sampled_from(ZONES))


class Desk:
    """Looks orders up through the real views, and notes what the service gave them."""

    def __init__(self, client: Client, upstream: Upstream, monkeypatch: pytest.MonkeyPatch) -> None:
        self.upstream = upstream
        self._client = client
        self._listing: Listing | None = None
        look_up = service.list_order_items

        def noted(*given: Any, **named: Any) -> Listing:
            self._listing = None
            self._listing = look_up(*given, **named)
            return self._listing

        monkeypatch.setattr(service, "list_order_items", noted)

    def sit_down(self, reader: Reader) -> None:
        """Choose the language and the zone."""
        self._client.cookies["django_language"] = reader.language
        self._client.cookies["timezone_chosen"] = reader.zone

    def look_up(self) -> Shown:
        """The fragment of the order's first page."""
        return self._answer("/orders/", LOOKUP)

    def load_more(self, shown: Shown) -> Shown | None:
        """The fragment behind a page's button; None where there is none."""
        button = shown.page.css_first("[data-load-more]")
        if button is None:
            return None
        address = button.attributes["hx-get"] or ""
        return self._answer("/orders/", dict(parse_qsl(urlsplit(address).query, keep_blank_values=True)))

    def _answer(self, path: str, parameters: dict[str, str]) -> Shown:
        self._listing = None
        response = self._client.get(path, parameters, headers={"HX-Request": "true"})
        return Shown(response.status_code, parsed(response.content.decode()), self._listing)
