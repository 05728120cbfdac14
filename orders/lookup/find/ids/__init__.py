"""Finds two ids in any pasted text: a link, a table, a sentence, two lines, two words.

After invisible characters are removed, one parser follows the other, the most reliable first.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from orders.lookup.find.ids.candidates import NOTHING, Ids
from orders.lookup.find.ids.links import ids_in_links
from orders.lookup.find.ids.marks import bare_id
from orders.lookup.find.ids.pairs import ids_in_pair, lone_id
from orders.lookup.find.ids.prose import ids_in_prose
from orders.lookup.find.ids.records import ids_in_json, ids_in_tables

__all__ = ["MAX_LENGTH", "NOTHING", "Ids", "Source", "bare_id", "find_ids"]

MAX_LENGTH = 4096
"""How much of a text is read."""


class Source(Enum):
    """What says that a text is an id, the most reliable first."""

    FIELD = "a link or JSON"
    LABEL = "a heading or a word before it"
    PLACE = "nothing but its place"


_WAYS = (
    (Source.FIELD, (ids_in_links, ids_in_json)),
    (Source.LABEL, (ids_in_tables, ids_in_prose)),
    (Source.PLACE, (ids_in_pair, lone_id)),
)


def find_ids(text: str) -> Iterator[tuple[Source, Ids]]:
    """Find the ids in a folded text in each way; one that is missing or ambiguous is empty."""
    for source, ways in _WAYS:
        for ids_in in ways:
            yield source, ids_in(text)
