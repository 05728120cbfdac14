"""Words for what needs attention, with links to it."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import NamedTuple

from orders.core.localization import display, gettext, ngettext
from orders.lookup.attention import Concern, ConcernKind, Reasons

_ORDER = tuple(ConcernKind)
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Flag(NamedTuple):
    """One reason in words; `tone` is its colour."""

    reason: str
    words: str
    tone: str


def flags(because: Reasons) -> tuple[Flag, ...]:
    """Say the reasons of an item, each once, the most urgent first."""
    found = because.concerns()
    if not found:
        return ()
    longest = {one.reason: one for one in sorted(found, key=lambda one: one.days)}
    language = display().language
    return tuple(
        _flag(language, one) for one in sorted(longest.values(), key=lambda one: _ORDER.index(one.reason))
    )


def anchor(item_id: str, place: int = 0) -> str:
    """Give an item's unique anchor; `place` counts earlier items with its id, which may have any character."""
    if not place and _NAME.fullmatch(item_id):
        return f"item-{item_id}"
    digest = hashlib.sha256(item_id.encode("utf-8", "replace")).hexdigest()[:12]
    return f"item_{digest}_{place + 1}" if place else f"item_{digest}"


# Every page has the same few.
@lru_cache(maxsize=1024)
def _flag(_language: str, concern: Concern) -> Flag:
    bad = {ConcernKind.FAILED, ConcernKind.LATE}
    return Flag(concern.reason.value, _words(concern), "bad" if concern.reason in bad else "warn")


def _words(concern: Concern) -> str:
    days = {"days": concern.days}
    if concern.reason is ConcernKind.WAITING:
        words = ngettext(
            "Waiting for pickup for %(days)d day", "Waiting for pickup for %(days)d days", concern.days
        )
        return words % days
    if concern.reason is ConcernKind.SILENT:
        return ngettext("No update for %(days)d day", "No update for %(days)d days", concern.days) % days
    return {
        ConcernKind.FAILED: gettext("Delivery failed"),
        ConcernKind.ATTEMPTED: gettext("Delivery attempted"),
        # Translators: of a shipment whose expected day has passed.
        ConcernKind.LATE: gettext("Overdue"),
        ConcernKind.DATE: gettext("Date lies in the future"),
        ConcernKind.QUANTITIES: gettext("Quantities do not add up"),
    }[concern.reason]
