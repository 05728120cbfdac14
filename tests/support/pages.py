"""Reads the portal's pages in tests: elements by selector, and scripts that serve lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bs4 import BeautifulSoup, Tag

from tests.support.stub_erc import Asked, Reply, Script, item, page

LOOKUP = {"customer_id": "C-1", "order_id": "O-1"}
HTMX = {"HX-Request": "true"}


def soup(response: Any) -> BeautifulSoup:
    """The page as elements."""
    return BeautifulSoup(response.content, "html.parser")


def one(html: BeautifulSoup | Tag, selector: str) -> Tag:
    """The one element that the selector finds."""
    found = html.select(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def text(html: BeautifulSoup | Tag, selector: str) -> str:
    """What that element says, white space folded."""
    return " ".join(one(html, selector).get_text(" ").split())


def ids(html: BeautifulSoup) -> list[str]:
    """The ids of the items on the page, in order."""
    return [str(card["data-item-id"]) for card in html.select("article[data-item-id]")]


def many(total: int, size: int = 20) -> Script:
    """A script that serves `total` items in pages."""
    return paged([item(f"i{number}") for number in range(total)], size)


def paged(items: Sequence[dict[str, Any]], size: int = 20) -> Script:
    """A script that serves these items in pages, as an API with opaque cursors does, by price where asked to."""

    def script(asked: Asked) -> Reply:
        start = int(asked.query.get("cursor", "at-0").removeprefix("at-"))
        limit = int(asked.query.get("limit", size))
        field, _, direction = asked.query.get("order_by", "").partition(":")
        ordered = list(items)
        if field == "price":
            ordered.sort(key=lambda one: one["price"]["value"], reverse=direction == "desc")
        following = f"at-{start + limit}" if start + limit < len(ordered) else None
        return Reply(content=page(*ordered[start : start + limit], next_cursor=following))

    return script
