"""Dates and times as text, in the display's time zone, which is always named."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from babel import Locale
from babel.dates import DateTimePattern
from django.utils import timezone
from django.utils.translation import get_language, gettext

from orders.erc.moments import Moment
from orders.presenters.text import clean


class When(NamedTuple):
    """A moment for a page: its words, and the machine-readable form (empty where the text could not be read)."""

    text: str
    iso: str = ""


def when(moment: Moment | None) -> When | None:
    """A moment of an answer; text that is no date is shown as it came."""
    if moment is None or not clean(moment.text):
        return None
    if moment.value is None:
        return When(clean(moment.text))
    if isinstance(moment.value, datetime):
        return when_exactly(moment.value)
    return When(_formatted(moment.value, "yMMMd"), moment.value.isoformat())


def day(moment: Moment | None) -> str:
    """The day of a moment in the display's zone; empty where it cannot be read."""
    value = moment.value if moment else None
    if isinstance(value, datetime) and value.tzinfo:
        value = _local(moment)
    return _formatted(value, "yMMMd") if value else ""


def window(start: Moment | None, end: Moment | None) -> tuple[When, ...]:
    """A span of time: its start and its end, the day and the zone said once where both share them."""
    first, last = when(start), when(end)
    if first is None or last is None or first == last:
        return tuple(filter(None, (first or last,)))
    begins, ends = _local(start), _local(end)
    if begins and ends and begins.date() == ends.date() and begins.tzname() == ends.tzname():
        return (
            first._replace(text=_date_and_time(begins)),
            last._replace(text=f"{_formatted(ends, 'Hm')} {_zone_name(ends)}"),
        )
    return (first, last)


def _local(moment: Moment | None) -> datetime | None:
    value = moment.value if moment else None
    if not isinstance(value, datetime) or timezone.is_naive(value):
        return None
    try:
        return timezone.localtime(value)
    except (OverflowError, ValueError):
        return None


def when_exactly(value: datetime) -> When:
    """A point in time, in the display's zone; one without an offset is left as it is, and that is said."""
    if timezone.is_naive(value):
        said = gettext("%(time)s (time zone not given)") % {"time": _date_and_time(value)}
        return When(said, value.isoformat(timespec="seconds"))
    try:
        local = timezone.localtime(value)
    except (OverflowError, ValueError):
        return When(value.isoformat(), value.isoformat())
    return When(f"{_date_and_time(local)} {_zone_name(local)}", value.isoformat(timespec="seconds"))


def _zone_name(value: datetime) -> str:
    """Such as CET, or UTC−03:00 where the zone database knows a number only, which alone is no name."""
    name = value.tzname() or ""
    offset = f"{value:%z}"
    # A minus sign, where a hyphen would let the line break.
    return name if name.isalpha() else f"UTC{offset[:3]}:{offset[3:5]}".replace("-", "\N{MINUS SIGN}")


def _date_and_time(value: datetime) -> str:
    return gettext(", ").join((_formatted(value, "yMMMd"), _formatted(value, "Hm")))


def _formatted(value: date, skeleton: str) -> str:
    locale, pattern = _pattern(get_language() or "en", skeleton)
    return pattern.apply(value, locale)


@lru_cache(maxsize=64)
def _pattern(language: str, skeleton: str) -> tuple[Locale, DateTimePattern]:
    locale = Locale.parse(language, sep="-")
    return locale, locale.datetime_skeletons[skeleton]
