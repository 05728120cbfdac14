"""The language and the time zone of the current page, read once a page instead of once a text.

Django's own reads take some microseconds, because they serve asynchronous code, too; a page of cards makes some
two thousand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import tzinfo
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone, translation

ZONE_COOKIE = "timezone"
CHOSEN_ZONE_COOKIE = "timezone_chosen"
ZONE_COOKIE_SECONDS = 365 * 24 * 3600
_PLACES = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]{0,63}")


class _Phrases(dict[str, str]):
    """Caches messages of Django's catalogue while their language is active."""

    def __missing__(self, message: str) -> str:
        self[message] = text = translation.gettext(message)
        return text


class Display(NamedTuple):
    """The language, direction, zone and messages of a page."""

    language: str
    is_from_the_right: bool
    zone: tzinfo
    phrases: dict[str, str]


_current: ContextVar[Display | None] = ContextVar("display", default=None)


def display() -> Display:
    """Give the display of the current page; outside of one, that of Django's active language and zone."""
    return _current.get() or _active()


@contextmanager
def use_display() -> Iterator[Display]:
    """Use the language and the zone that are active at the start for every text in the block."""
    active = _active()
    reset = _current.set(active)
    try:
        yield active
    finally:
        _current.reset(reset)


def gettext(message: str) -> str:
    """Django's function, for the current page."""
    return (_current.get() or _active()).phrases[message]


def pgettext(context: str, message: str) -> str:
    """Django's function, for the current page."""
    return _in_context((_current.get() or _active()).language, context, message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Django's function, for the current page."""
    return _plural((_current.get() or _active()).language, singular, plural, number)


@lru_cache(maxsize=1024)
def _in_context(_language: str, context: str, message: str) -> str:
    return translation.pgettext(context, message)


@lru_cache(maxsize=4096)
def _plural(_language: str, singular: str, plural: str, number: int) -> str:
    return translation.ngettext(singular, plural, number)


@cache
def _phrases(_language: str) -> _Phrases:
    return _Phrases()


def _active() -> Display:
    language = translation.get_language() or "en"
    is_from_the_right = translation.get_language_bidi()
    return Display(language, is_from_the_right, timezone.get_current_timezone(), _phrases(language))


@lru_cache(maxsize=256)
def find_zone(name: str) -> ZoneInfo | None:
    """Find a zone of the IANA database by its name, such as Europe/Berlin; None for anything else."""
    if not _NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None


@cache
def zone_names() -> tuple[str, ...]:
    """List the zones to choose from: those of places, in alphabetical order."""
    return ("UTC", *sorted(name for name in available_timezones() if name.startswith(_PLACES)))
