"""Finds two ids in any pasted text: a link, a table, a sentence, two lines, two words.

After invisible characters are removed, one parser follows the other, the most reliable first.
"""

from __future__ import annotations

from orders.lookup.paste.candidates import NOTHING, Ids
from orders.lookup.paste.links import ids_in_links
from orders.lookup.paste.marks import bare_id, fold
from orders.lookup.paste.pairs import ids_in_pair, lone_id
from orders.lookup.paste.prose import ids_in_prose
from orders.lookup.paste.records import ids_in_json, ids_in_tables

__all__ = ["NOTHING", "Ids", "bare_id", "parse_ids"]

_MAX_LENGTH = 4096
_WAYS = (ids_in_links, ids_in_json, ids_in_tables, ids_in_prose, ids_in_pair, lone_id)


def parse_ids(text: str) -> Ids:
    """Find the ids in a pasted text; a missing or ambiguous one is empty."""
    text = fold(text[:_MAX_LENGTH])
    known = NOTHING
    for ids_in in _WAYS:
        ids = ids_in(text)
        if ids.are_both:
            return ids
        if known == NOTHING:
            known = ids
    return known
