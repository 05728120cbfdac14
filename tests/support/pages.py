"""Reads the portal's pages in tests: elements by selector, and scripts that serve lists."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag

from tests.support.stub_erc import Asked, Reply, item, page

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


def many(total: int, size: int = 20) -> Any:
    """A script that serves `total` items in pages, as an API with opaque cursors does."""

    def script(asked: Asked) -> Reply:
        start = int(asked.query.get("cursor", "at-0").removeprefix("at-"))
        limit = int(asked.query.get("limit", size))
        items = [item(f"i{number}") for number in range(total)][start : start + limit]
        following = f"at-{start + limit}" if start + limit < total else None
        return Reply(content=page(*items, next_cursor=following))

    return script
