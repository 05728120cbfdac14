"""Reads where the next page of a list is. Only one value of a link ever counts.

The link's host and path are ignored on purpose: otherwise the token would follow them anywhere.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from orders.erc.fitting import says_nothing
from orders.erc.schema import MAX_CURSOR


def next_cursor(links: Any) -> tuple[str | None, bool]:
    """Give the cursor of `_links.next.href`, and whether there is a next page without a usable cursor."""
    cursor, has_next = next_value(links, "cursor")
    return cursor, has_next and cursor is None


def next_value(links: Any, name: str) -> tuple[str | None, bool]:
    """Give that parameter of `_links.next.href`, and whether there is such a link at all.

    The link may stand in a list, as HAL allows; an empty one ends the list.
    """
    following = links.get("next") if isinstance(links, dict) else None
    if isinstance(following, list) and following:
        following = following[0]
    href = following.get("href") if isinstance(following, dict) else following
    if href is False or says_nothing(href):
        return None, False
    if not isinstance(href, str) or not isinstance(following, dict):
        return None, True
    try:
        query = parse_qs(urlsplit(href.strip()).query, max_num_fields=100, errors="strict")
    except ValueError:
        return None, True
    value = query.get(name, [""])[0]
    return (value if value and len(value) <= MAX_CURSOR else None), True
