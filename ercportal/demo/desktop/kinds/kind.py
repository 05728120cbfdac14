"""What the make-believe desktop plays a kind of desktop with: its registration, and its page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any, NamedTuple, Protocol
from xml.sax.saxutils import escape

PAGES = Path(__file__).parent.parent / "pages"


class Asked(NamedTuple):
    """A request below a kind's address: the rest of its path, and the last value of each name that it sends.

    `authorization` is the header of that name.
    """

    path: str
    fields: Mapping[str, str]
    authorization: str = ""


class Reply(NamedTuple):
    """A response of the make-believe desktop."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200


class Kind(Protocol):
    """A desktop of one kind. `name` is its kind in the portal's settings, and its address at the desktop."""

    name: str

    def registration(self, origin: str) -> dict[str, Any]:
        """The desktop as the portal's EMBED_HOSTS lists it; `origin` is where its pages come from."""

    def respond(self, asked: Asked, *, origin: str, portal: str) -> Reply | None:
        """Respond to a request below its address; None where there is nothing."""


def page(name: str, **values: str) -> Reply:
    """Fill in one of the pages; the values are escaped."""
    text = (PAGES / name).read_text("utf-8")
    return Reply(Template(text).substitute({key: escape(value) for key, value in values.items()}).encode())


def script(name: str) -> Reply:
    """Give a page's own script."""
    return Reply((PAGES / name).read_bytes(), "text/javascript; charset=utf-8")
