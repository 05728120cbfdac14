"""Dates and times as text, in the display's time zone, which is always named."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo
from functools import lru_cache
from typing import NamedTuple

from babel import Locale
from django.utils import timezone

from orders.erc.moments import Moment
from orders.presenters.display import display, gettext
from orders.presenters.text import clean


class When(NamedTuple):
    """A moment for a page: its words, and the machine-readable form (empty where the text could not be read)."""

    text: str
    iso: str = ""


def when(moment: Moment | None) -> When | None:
    """A moment of an answer; text that is no date is shown as it came."""
    if moment is None:
        return None
    shown = display()
    return _when(moment.text, shown.language, shown.zone)


# The moments of an answer repeat: a status is the latest update, and parcels leave together.
@lru_cache(maxsize=4096)
def _when(text: str, language: str, zone: tzinfo) -> When | None:
    value = Moment(text).value
    if value is None:
        return When(shown) if (shown := clean(text)) else None
    if isinstance(value, datetime):
        return _exactly(value, language, zone)
    return When(_date(language, value), value.isoformat())


def day(moment: Moment | None) -> str:
    """The day of a moment in the display's zone; empty where it cannot be read."""
    value = moment.value if moment else None
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = (_local(moment) if value.tzinfo else value) or value
        return _date(display().language, value.date())
    return _date(display().language, value)


def window(start: Moment | None, end: Moment | None) -> tuple[When, ...]:
    """A span of time: its start and its end, the day and the zone said once where both share them."""
    first, last = when(start), when(end)
    if first is None or last is None or first == last:
        return tuple(filter(None, (first or last,)))
    begins, ends = _local(start), _local(end)
    if begins and ends and begins.date() == ends.date() and begins.tzname() == ends.tzname():
        language = display().language
        return (
            first._replace(text=_date_and_time(language, begins)),
            last._replace(text=f"{_clock(language, ends.hour, ends.minute)} {_zone_name(ends)}"),
        )
    return (first, last)


def _local(moment: Moment | None) -> datetime | None:
    value = moment.value if moment else None
    if not isinstance(value, datetime) or timezone.is_naive(value):
        return None
    try:
        return value.astimezone(display().zone)
    except (OverflowError, ValueError):
        return None


def when_exactly(value: datetime) -> When:
    """A point in time, in the display's zone; one without an offset is left as it is, and that is said."""
    shown = display()
    return _exactly(value, shown.language, shown.zone)


def _exactly(value: datetime, language: str, zone: tzinfo) -> When:
    if timezone.is_naive(value):
        said = gettext("%(time)s (time zone not given)") % {"time": _date_and_time(language, value)}
        return When(said, value.isoformat(timespec="seconds"))
    try:
        local = value.astimezone(zone)
    except (OverflowError, ValueError):
        return When(value.isoformat(), value.isoformat())
    return When(f"{_date_and_time(language, local)} {_zone_name(local)}", value.isoformat(timespec="seconds"))


def _zone_name(value: datetime) -> str:
    """Such as CET, or UTC−03:00 where the zone database knows a number only, which alone is no name."""
    name = value.tzname() or ""
    if name.isalpha():
        return name
    offset = f"{value:%z}"
    # A minus sign, where a hyphen would let the line break.
    return f"UTC{offset[:3]}:{offset[3:5]}".replace("-", "\N{MINUS SIGN}")


def _date_and_time(language: str, value: datetime) -> str:
    return gettext(", ").join((_date(language, value.date()), _clock(language, value.hour, value.minute)))


@lru_cache(maxsize=4096)
def _date(language: str, value: date) -> str:
    return _formatted(language, value, "yMMMd")


@lru_cache(maxsize=4096)
def _clock(language: str, hour: int, minute: int) -> str:
    return _formatted(language, time(hour, minute), "Hm")


def _formatted(language: str, value: date | time, skeleton: str) -> str:
    locale = Locale.parse(language, sep="-")
    text: str = locale.datetime_skeletons[skeleton].apply(value, locale)
    return text
