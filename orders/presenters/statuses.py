"""Delivery statuses in words and tones, and their summary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from orders.core.localization import display, gettext
from orders.lookup.statuses import other_status, status_code
from orders.presenters.text import clean

_WORDS: dict[str, tuple[str, str]] = {
    "FAILURE": (_("Delivery failed"), "bad"),
    "ATTEMPTED_DELIVERY": (_("Delivery attempted"), "warn"),
    "READY_FOR_PICKUP": (_("Ready for pickup"), "act"),
    "OUT_FOR_DELIVERY": (_("Out for delivery"), "moving"),
    "IN_TRANSIT": (_("In transit"), "moving"),
    # Translators: the shop has confirmed the shipment; it is not sent yet.
    "CONFIRMED": (_("Confirmed"), "calm"),
    # Translators: the status of a shipment, and the heading of the items that are delivered.
    "DELIVERED": (_("Delivered"), "done"),
    # Translators: by the recipient at a pickup location, not by the carrier at the sender.
    "PICKED_UP": (_("Collected"), "done"),
    "UNKNOWN": (_("Status unknown"), "calm"),
}
# Outside the reference; nobody knows their place on the road.
_OTHER_WORDS = {
    "HELD_AT_CUSTOMS": _("Held at customs"),
    # Translators: of a shipment.
    "DELAYED": _("Delayed"),
    "RETURNED_TO_SENDER": _("Returned to sender"),
    # Translators: of a shipment.
    "LOST": _("Lost"),
    # Translators: of a shipment.
    "DAMAGED": _("Damaged"),
    # Translators: of a shipment.
    "CANCELLED": _("Cancelled"),
    # Translators: a label for a parcel that is not sent yet.
    "LABEL_CREATED": _("Label created"),
}
_PLACES = {code: place for place, code in enumerate(_WORDS)}
# A code of a program: HELD_AT_CUSTOMS, held-at-customs, Held_At_Customs, shipment.held, HeldAtCustoms.
_CODE = re.compile(
    r"[A-Z0-9]+(?:[_-][A-Z0-9]+)*|[a-z0-9]+(?:[_-][a-z0-9]+)+"
    r"|[A-Za-z]\w*(?:[_.]+[A-Za-z]\w*)+|[A-Za-z]?[a-z]+(?:[A-Z][a-z]+)+",
    re.ASCII,
)
_BETWEEN_WORDS = re.compile(r"[_.-]+|(?<=[a-z])(?=[A-Z])")
_MAX = 60
_MAX_CACHED_LENGTH = 200


class Status(NamedTuple):
    """A status for a page: the code, or the text that came; its words and its tone."""

    code: str
    words: str
    tone: str


class StatusCount(NamedTuple):
    """The number of shown deliveries at a status."""

    status: Status
    number: int


def status(code: str | None) -> Status:
    """Say a status in words; an unlisted one mostly in its own, with the tone of a warning."""
    given = code or ""
    make = _status if len(given) <= _MAX_CACHED_LENGTH else _status.__wrapped__
    return make(display().language, given)


# A page repeats few statuses.
@lru_cache(maxsize=512)
def _status(_language: str, text: str) -> Status:
    code = status_code(text)
    if code in _WORDS:
        words, tone = _WORDS[code]
        return Status(code, gettext(words), tone)
    shown = clean(code)
    if not shown:
        return Status("", gettext("No status yet"), "calm")
    known = _OTHER_WORDS.get(other_status(shown))
    words = gettext(known) if known else _as_words(shown)
    return Status(shown, words if len(words) <= _MAX else words[:_MAX] + "…", "warn")


def words_within(code: str) -> str:
    """Say an unlisted status within a sentence: words of a code begin small, all others stay as they came."""
    words = status(code).words
    return words[:1].lower() + words[1:] if _is_code(clean(code)) else words


def _as_words(code: str) -> str:
    """Make “Held at customs” of HELD_AT_CUSTOMS; what is no such code stays as it came."""
    return _BETWEEN_WORDS.sub(" ", code).strip().capitalize() if _is_code(code) else code


def _is_code(text: str) -> bool:
    return len(text) <= _MAX and _CODE.fullmatch(text) is not None


def summary(counts: Mapping[str, int]) -> tuple[StatusCount, ...]:
    """Sum up deliveries by status, the most urgent first."""
    found: Counter[Status] = Counter()
    for code, count in counts.items():
        found[status(code)] += count
    return sort_counts(found)


def sort_counts(found: Mapping[Status, int]) -> tuple[StatusCount, ...]:
    """Put the most urgent status first."""
    statuses = sorted(found, key=lambda one: (_PLACES.get(one.code, len(_PLACES)), one.code))
    return tuple(StatusCount(one, found[one]) for one in statuses)
