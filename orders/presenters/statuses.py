"""Delivery statuses in words and tones, and their summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from orders.core.localization import display, gettext
from orders.lookup.statuses import status_code
from orders.presenters.text import clean

_WORDS: dict[str, tuple[str, str]] = {
    "FAILURE": (_("Delivery failed"), "bad"),
    "ATTEMPTED_DELIVERY": (_("Delivery attempted"), "warn"),
    "READY_FOR_PICKUP": (_("Ready for pickup"), "act"),
    "OUT_FOR_DELIVERY": (_("Out for delivery"), "moving"),
    "IN_TRANSIT": (_("In transit"), "moving"),
    "CONFIRMED": (_("Confirmed"), "calm"),
    "DELIVERED": (_("Delivered"), "done"),
    "PICKED_UP": (_("Picked up"), "done"),
    "UNKNOWN": (_("Status not known"), "calm"),
}
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
    """Say a status in words; an unknown one stays as it came."""
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
    return Status(shown, shown if len(shown) <= _MAX else shown[:_MAX] + "…", "calm")


def summary(counts: Mapping[str, int]) -> tuple[StatusCount, ...]:
    """Sum up deliveries by status, the most urgent first."""
    order = {code: place for place, code in enumerate(_WORDS)}
    found: Counter[Status] = Counter()
    for code, count in counts.items():
        found[status(code)] += count
    statuses = sorted(found, key=lambda one: (order.get(one.code, len(order)), one.code))
    return tuple(StatusCount(one, found[one]) for one in statuses)
