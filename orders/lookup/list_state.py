"""What an agent has seen so far of one list, carried in the link to its next page.

The web processes hold no state of their own, so the link itself remembers which cursors were followed, which
items were shown and how their deliveries stood. With that, a list that runs in circles is ended, no item is
shown twice, and the totals at the top are right. The link holds digests instead of ids, and is signed: a forged
one could hide an item from an agent.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from typing import TYPE_CHECKING

import msgspec
from django.core.signing import BadSignature, Signer

from orders.lookup.shipments import MARK_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DIGEST_BYTES = 5
# A mark is half of the id and half of the content: an id that comes again with other content is no known item.
_HALF_BYTES = 3
_MARK_BYTES = 2 * _HALF_BYTES
# Keeps the link well below the 8 kB that servers take for a request line.
_MAX_REMEMBERED = 400
_MAX_SHIPMENTS = 150
_MAX_STATUSES = 20
_MAX_STATUS_BYTES = 40


class ListState(msgspec.Struct, frozen=True, array_like=True):
    """What an agent has seen of a list: `shown` items, their marks, cursors, statuses, `unreadable` entries.

    `flagged` counts the items that need attention, `waiting` those of which not all has a delivery, `beyond` the
    entries that were more than is read of one answer. `next_cursor_digest` is the digest of the cursor that the
    last page led on to; empty where it led nowhere. `shipments` are the marks of those that were counted.
    """

    shown: int = 0
    statuses: dict[str, int] = {}
    cursors: bytes = b""
    marks: bytes = b""
    unreadable: int = 0
    next_cursor_digest: bytes = b""
    flagged: int = 0
    waiting: int = 0
    beyond: int = 0
    shipments: bytes = b""

    @property
    def pages_followed(self) -> int:
        """How many cursors were followed, as far as they are remembered."""
        return len(self.cursors) // _DIGEST_BYTES

    def leads_to(self, cursor: str) -> bool:
        """Whether the last page itself led on to this cursor."""
        return self.next_cursor_digest == _digest(cursor)

    def knows_cursor(self, cursor: str) -> bool:
        """Whether the list was already asked for with this cursor."""
        return _digest(cursor) in _split(self.cursors, _DIGEST_BYTES)

    def known_marks(self) -> frozenset[bytes]:
        """The marks of the items that were shown, as far as they are remembered."""
        return frozenset(_split(self.marks, _MARK_BYTES))

    def ids_seen(self) -> Counter[bytes]:
        """How many different items were shown under each id, by `id_of` a mark."""
        return Counter(map(id_of, _split(self.marks, _MARK_BYTES)))

    def known_shipments(self) -> frozenset[bytes]:
        """The marks of the shipments that were counted, as far as they are remembered."""
        return frozenset(_split(self.shipments, MARK_BYTES))

    def extend(
        self,
        *,
        cursor: str | None,
        marks: Iterable[bytes],
        statuses: Mapping[str, int],
        unreadable: int = 0,
        next_cursor: str | None = None,
        flagged: int = 0,
        waiting: int = 0,
        beyond: int = 0,
        shipments: Iterable[bytes] = (),
    ) -> ListState:
        """The state after one more page, which `cursor` asked for and which brought items of these marks."""
        new_marks = list(marks)
        counts = dict(self.statuses)
        for status, count in statuses.items():
            name = _shorten(status)
            counts[name] = counts.get(name, 0) + count
        cursors = self.cursors + (_digest(cursor) if cursor is not None else b"")
        all_marks = self.marks + b"".join(new_marks)
        return ListState(
            shown=self.shown + len(new_marks),
            statuses=dict(list(counts.items())[:_MAX_STATUSES]),
            cursors=cursors[-_MAX_REMEMBERED * _DIGEST_BYTES :],
            marks=all_marks[-_MAX_REMEMBERED * _MARK_BYTES :],
            unreadable=self.unreadable + unreadable,
            next_cursor_digest=_digest(next_cursor) if next_cursor is not None else b"",
            flagged=self.flagged + flagged,
            waiting=self.waiting + waiting,
            beyond=self.beyond + beyond,
            shipments=(self.shipments + b"".join(shipments))[-_MAX_SHIPMENTS * MARK_BYTES :],
        )

    def to_token(self, subject: str) -> str:
        """The state as text for a link; `subject` is the list that it belongs to."""
        packed = base64.urlsafe_b64encode(msgspec.msgpack.encode(self)).decode("ascii").rstrip("=")
        return _signer(subject).sign(packed)


def from_token(text: str, subject: str) -> ListState:
    """The state of a link; an empty one where the text is missing, forged or another list's."""
    try:
        packed = _signer(subject).unsign(text)
        return msgspec.msgpack.decode(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), type=ListState)
    except (BadSignature, ValueError):
        return ListState()


def mark_of(item_id: str, content: bytes) -> bytes:
    """What the state remembers of an item."""
    return _digest(item_id, _HALF_BYTES) + hashlib.blake2b(content, digest_size=_HALF_BYTES).digest()


def id_of(mark: bytes) -> bytes:
    """The part of a mark that is the same for all items with one id."""
    return mark[:_HALF_BYTES]


def _signer(subject: str) -> Signer:
    return Signer(salt="orders.trail:" + hashlib.sha256(subject.encode("utf-8", "replace")).hexdigest())


def _shorten(status: str) -> str:
    return status.encode("utf-8", "replace")[:_MAX_STATUS_BYTES].decode("utf-8", "ignore")


def _digest(text: str, size: int = _DIGEST_BYTES) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=size).digest()


def _split(digests: bytes, size: int) -> list[bytes]:
    return [digests[at : at + size] for at in range(0, len(digests), size)]
