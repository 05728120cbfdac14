"""The link and the ids that pasted texts are made of in tests, and what is found in a text."""

from __future__ import annotations

from orders.lookup.find.ids import MAX_LENGTH, NOTHING, Ids, find_ids
from orders.lookup.find.ids.marks import fold

LINK = "https://portal.example/orders/?customer_id=C-1001&order_id=A-20731"
BOTH = Ids("C-1001", "A-20731")


def parse_ids(text: str) -> Ids:
    """Find the ids in a pasted text; a missing or ambiguous one is empty."""
    known = NOTHING
    for _source, ids in find_ids(fold(text[:MAX_LENGTH])):
        if ids.are_both:
            return ids
        if known == NOTHING:
            known = ids
    return known
