"""Words for what needs attention, with links to it."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import NamedTuple

from orders.core.localization import display, gettext, ngettext
from orders.erc.schema import Item
from orders.lookup.attention import Concern, ConcernKind, Rules, concerns
from orders.presenters.text import plain

_ORDER = tuple(ConcernKind)
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Flag(NamedTuple):
    """One reason in words; `tone` is its colour."""

    reason: str
    words: str
    tone: str


class Jump(NamedTuple):
    """A link to an item on the page that needs attention, and why."""

    link: str
    name: str
    words: str


def flags(item: Item, at: Rules) -> tuple[Flag, ...]:
    """Give the reasons of an item, each once, the most urgent first."""
    found = concerns(item, at)
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


def jump(item: Item, found: tuple[Flag, ...], place: int = 0) -> Jump:
    """Make the link to an item that needs attention."""
    name = plain(item.name) or gettext("Item without a name")
    return Jump(f"#{anchor(item.id, place)}", name, gettext(", ").join(flag.words for flag in found))


def summary_words(count: int) -> str:
    """Say how many items need attention."""
    words = ngettext("%(count)d item needs attention", "%(count)d items need attention", count)
    return words % {"count": count}


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
        ConcernKind.ATTEMPTED: gettext("Delivery was attempted"),
        ConcernKind.LATE: gettext("Promised time has passed"),
        ConcernKind.DATE: gettext("Date lies in the future"),
        ConcernKind.QUANTITIES: gettext("Quantities do not add up"),
    }[concern.reason]
