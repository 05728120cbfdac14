"""Answers that once made the portal lie, stop or leak: add what the search finds, as small as it gets.

Each has a name, the body, and a word on what came of it. Whatever must hold of any answer is checked of them all.
"""

from __future__ import annotations

from typing import NamedTuple

HEAD = b'{"_links":{},"_embedded":{"items":['
TAIL = b"]}}"


class Kept(NamedTuple):
    """An answer that was found."""

    name: str
    body: bytes


def one_item(fields: bytes) -> bytes:
    """The body of a page with one item, which has these fields beside an id and a name."""
    return HEAD + b'{"id":"I-1","name":"Kettle",' + fields + b"}" + TAIL


KEPT = (
    # An item with an empty object was another item where something else on its page had to be read loosely.
    Kept("empty custom fields, read loosely", b'{"odd":NaN,' + one_item(b'"custom_fields":{}')[1:]),
    # A timestamp with an exponent lost its spelling on one of the two ways to read it.
    Kept("timestamp with an exponent", one_item(b'"deliveries":[{"last_update":1.5e9}]')),
    # Nothing told that the refunds of an order without items were lost.
    Kept("unreadable refunds of an order without items", b'{"_embedded":{"items":[],"refunds":"1."}}'),
    # Each number of a field had a link and a button, and a page of a thousand times its answer's size was made.
    Kept(
        "numbers without end in one field",
        one_item(
            b'"deliveries":[{"tracking_info":{"tracking_number":"%s"}}]' % b",".join(b"%d" % n for n in range(500))
        ),
    ),
    # The answer of a single delivery was copied with marks of direction, in Arabic.
    Kept("one delivery with a number", one_item(b'"deliveries":[{"tracking_info":{"tracking_number":"1Z9"}}]')),
)
