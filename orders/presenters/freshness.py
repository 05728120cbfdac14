"""Words for the time from which a page's content is."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from babel import Locale
from babel.dates import format_timedelta
from django.utils import timezone

from orders.core.localization import display, gettext
from orders.presenters.dates import when_exactly, zone_name

_NO_LARGER_UNIT = 10**9
_Unit = Literal["day", "hour", "minute"]
_UNITS: tuple[tuple[_Unit, int], ...] = (("day", 86400), ("hour", 3600), ("minute", 60))


class AsOf(NamedTuple):
    """The time from which the content is: in full, for machines and as an age; and the zone of its times."""

    text: str
    iso: str
    age: str
    zone: str


def as_of(value: datetime) -> AsOf:
    """Say since when the content has been as it is shown."""
    shown = display()
    exact = when_exactly(value)
    seconds = int((timezone.now() - value).total_seconds())
    return AsOf(exact.text, exact.iso, _age(shown.language, seconds), zone_name(value.astimezone(shown.zone)))


def _age(language: str, seconds: int) -> str:
    for unit, length in _UNITS:
        if seconds >= length:
            return _ago(language, unit, seconds // length)
    return gettext("just now")


@lru_cache(maxsize=512)
def _ago(language: str, unit: _Unit, count: int) -> str:
    locale = Locale.parse(language, sep="-")
    span = timedelta(**{f"{unit}s": -count})
    # In this unit and no larger one, as the browser goes on counting.
    said: str = format_timedelta(span, unit, threshold=_NO_LARGER_UNIT, add_direction=True, locale=locale)
    return said
