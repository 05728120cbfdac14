"""Finds the ids in links of the portal, the API and other tools, also inside a mail guard's links."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from orders.lookup.find.ids.candidates import NOTHING, Candidates, IdKind, Ids
from orders.lookup.find.ids.guards import links_within, unwrap_link
from orders.lookup.find.ids.labels import name_of
from orders.lookup.find.ids.marks import bare_id

_PATH = re.compile(r"/customers/([^/]+)/orders/([^/]+)")
_BORDER = re.compile(r'[\s<>"]+|\]\(')
_MAX_DEPTH = 4
_PATH_RANK = 3


def ids_in_links(text: str) -> Ids:
    """Give the ids on which all links of a text agree."""
    found = {ids for word in _BORDER.split(text) if (ids := _ids_in_link(word, is_alone=word == text)) != NOTHING}
    return found.pop() if len(found) == 1 else NOTHING


def _ids_in_link(word: str, *, is_alone: bool) -> Ids:
    # The punctuation of a sentence does not belong to the link.
    word = word.strip("()[]'*" + ("" if is_alone else ".,;:!?"))
    found = Candidates()
    _collect(word, found, _MAX_DEPTH)
    return found.ids


def _collect(link: str, found: Candidates, depth: int) -> None:
    parts = _split(unwrap_link(link) or link)
    if parts is None or not depth:
        return
    if path := _PATH.search(parts.path):
        found.add(IdKind.CUSTOMER, bare_id(unquote(path[1])), _PATH_RANK)
        found.add(IdKind.ORDER, bare_id(unquote(path[2])), _PATH_RANK)
    parameters = _parameters(parts)
    for key, value in parameters:
        if name := name_of(key):
            found.add(name.kind, bare_id(value), name.rank)
    for inner in links_within(parts, [value for _key, value in parameters]):
        _collect(inner, found, depth - 1)


def _split(link: str) -> SplitResult | None:
    try:
        return urlsplit(link)
    except ValueError:
        return None


def _parameters(parts: SplitResult) -> list[tuple[str, str]]:
    # urlsplit takes a query without an address for a path.
    return parse_qsl(parts.query or parts.path)
