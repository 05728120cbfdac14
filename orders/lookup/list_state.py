"""The state of one list, which the link to its next page carries.

The web processes are stateless, so the link holds the followed cursors, the shown entries and the counts of
statuses. They end a list that runs in circles, show no entry twice, and make the totals right. The link has
digests instead of ids, and is signed, because a forged one could hide an entry from an agent.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec
from django.core.signing import BadSignature, Signer

from orders.lookup.shipments import MARK_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orders.lookup.standing import Appraisal

_DIGEST_BYTES = 5
# A mark is a digest half of the id, half of the content: a repeated id with other content is another entry.
_HALF_BYTES = 3
_MARK_BYTES = 2 * _HALF_BYTES
# Keeps the link well below the 8 kB that servers take for a request line.
_MAX_REMEMBERED = 400
_MAX_SHIPMENTS = 150
_MAX_STATUSES = 20
_MAX_STATUS_BYTES = 40
_NONE: Mapping[str, int] = MappingProxyType({})


class ListState(msgspec.Struct, frozen=True, array_like=True):
    """The viewed part of a list: `shown` entries, their marks, cursors, statuses, `unreadable` entries.

    `beyond` counts the entries beyond those that the portal reads of a response. `next_cursor_digest` is that of
    the last page's next cursor, or empty. Of items, `flagged` counts those that need attention, `waiting` those
    with units in no delivery, and `shipments` are the marks of the counted shipments. `standings` count the items
    by where they are, `troubled` the shipments that need action, `contradicting` the items whose counts contradict
    each other; `alarm` is the most urgent of these, and `promise` the nearest one (standing.py).
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
    standings: dict[str, int] = {}
    troubled: int = 0
    contradicting: int = 0
    alarm: int = 0
    promise: tuple[str, str] = ("", "")

    @property
    def pages_followed(self) -> int:
        """How many cursors were followed, up to the limit."""
        return len(self.cursors) // _DIGEST_BYTES

    def leads_to(self, cursor: str) -> bool:
        """Whether this is the last page's next cursor."""
        return self.next_cursor_digest == _digest(cursor)

    def knows_cursor(self, cursor: str) -> bool:
        """Whether this cursor was followed before."""
        return _digest(cursor) in _split(self.cursors, _DIGEST_BYTES)

    def known_marks(self) -> frozenset[bytes]:
        """Give the marks of the shown entries, up to the limit."""
        return frozenset(_split(self.marks, _MARK_BYTES))

    def ids_seen(self) -> Counter[bytes]:
        """Count the different entries that were shown under each id, by `id_of` a mark."""
        return Counter(map(id_of, _split(self.marks, _MARK_BYTES)))

    def known_shipments(self) -> frozenset[bytes]:
        """Give the marks of the counted shipments, up to the limit."""
        return frozenset(_split(self.shipments, MARK_BYTES))

    def extend(
        self,
        *,
        cursor: str | None,
        marks: Iterable[bytes],
        statuses: Mapping[str, int] = _NONE,
        unreadable: int = 0,
        next_cursor: str | None = None,
        waiting: int = 0,
        beyond: int = 0,
        shipments: Iterable[bytes] = (),
        appraisal: Appraisal | None = None,
    ) -> ListState:
        """Give the state after the page of `cursor`, which brought entries of these marks."""
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
            flagged=self.flagged + (appraisal.flagged if appraisal else 0),
            waiting=self.waiting + waiting,
            beyond=self.beyond + beyond,
            shipments=(self.shipments + b"".join(shipments))[-_MAX_SHIPMENTS * MARK_BYTES :],
            standings=_add(self.standings, appraisal.standings) if appraisal else self.standings,
            troubled=self.troubled + (appraisal.troubled if appraisal else 0),
            contradicting=self.contradicting + (appraisal.contradicting if appraisal else 0),
            alarm=max(self.alarm, appraisal.alarm) if appraisal else self.alarm,
            promise=appraisal.promise if appraisal else self.promise,
        )

    def to_token(self, subject: str) -> str:
        """Sign the state as text for a link; `subject` is its list."""
        packed = base64.urlsafe_b64encode(msgspec.msgpack.encode(self)).decode("ascii").rstrip("=")
        return _signer(subject).sign(packed)


def from_token(text: str, subject: str) -> ListState:
    """Read the state of a link; an empty one where the text is missing, forged or another list's."""
    try:
        packed = _signer(subject).unsign(text)
        return msgspec.msgpack.decode(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), type=ListState)
    except (BadSignature, ValueError):
        return ListState()


def mark_of(item_id: str, content: bytes) -> bytes:
    """Give the mark of an entry: a digest of its id and its content."""
    return _digest(item_id, _HALF_BYTES) + hashlib.blake2b(content, digest_size=_HALF_BYTES).digest()


def id_of(mark: bytes) -> bytes:
    """Give the part of a mark that depends on the id alone."""
    return mark[:_HALF_BYTES]


def _signer(subject: str) -> Signer:
    return Signer(salt="orders.trail:" + hashlib.sha256(subject.encode("utf-8", "replace")).hexdigest())


def _shorten(status: str) -> str:
    return status.encode("utf-8", "replace")[:_MAX_STATUS_BYTES].decode("utf-8", "ignore")


def _digest(text: str, size: int = _DIGEST_BYTES) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=size).digest()


def _add(counts: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    return dict(Counter(counts) + Counter(more))


def _split(digests: bytes, size: int) -> list[bytes]:
    return [digests[at : at + size] for at in range(0, len(digests), size)]
