"""Reads the address of a customer's or an order's page in the shop's own admin."""

from __future__ import annotations

import re
from urllib.parse import unquote

from orders.lookup.find.ids import Ids, bare_id

_PATH = re.compile(r"""/(?P<what>customers|orders)/(?P<id>[^/?#\s"'<>()\[\]]+)""")
_ENDING = ".,;:!?"


def id_in_links(text: str) -> Ids:
    """Give the ids on which all paths in a text agree; an id holds a digit, unlike the folder /orders/new."""
    found: dict[str, set[str]] = {"customers": set(), "orders": set()}
    for path in _PATH.finditer(text):
        identifier = bare_id(unquote(path["id"].rstrip(_ENDING)))
        if any(map(str.isdigit, identifier)):
            found[path["what"]].add(identifier)
    return Ids(*(ids.pop() if len(ids) == 1 else "" for ids in found.values()))
