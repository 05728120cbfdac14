"""Dates and times as text, in the display's time zone, which is always named."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from babel import Locale
from django.utils import timezone

from orders.core.localization import display, gettext
from orders.erc.timestamps import Timestamp
from orders.lookup.dates import Value, day_of, day_or_time, value_of, window_of
from orders.presenters.text import clean


class DateText(NamedTuple):
    """A date or time for a page: its words, and the machine-readable form (empty for unreadable text)."""

    text: str
    iso: str = ""


def when(timestamp: Timestamp | None) -> DateText | None:
    """Say a timestamp; unreadable text stays as it came, and a placeholder gives None."""
    return _say(timestamp, value_of(timestamp))


def when_shipped(timestamp: Timestamp | None) -> DateText | None:
    """Say the day or the time of shipping."""
    return _say(timestamp, day_or_time(timestamp))


def day(value: Value | None) -> str:
    """Say the day of a date or a time; empty without one."""
    if value is None:
        return ""
    shown = display()
    return _date(shown.language, day_of(value, shown.zone))


def window(start: Timestamp | None, end: Timestamp | None) -> tuple[DateText | None, DateText | None]:
    """Say the known ends of a span; say the day and the zone once where the ends share them."""
    span = window_of(start, end)
    first, last = _say(start, span.start), _say(end, span.end)
    if first is None or last is None or first == last:
        return first, last
    begins, ends = _local(span.start), _local(span.end)
    if begins and ends and begins.date() == ends.date() and begins.tzname() == ends.tzname():
        language = display().language
        return (
            first._replace(text=_date_and_time(language, begins)),
            last._replace(text=f"{_clock(language, ends.hour, ends.minute)} {_zone_name(ends)}"),
        )
    return first, last


def when_exactly(value: datetime) -> DateText:
    """Say a time in the display's zone; one without an offset stays as it is, with a remark."""
    shown = display()
    return _exactly(value, shown.language, shown.zone)


def _say(timestamp: Timestamp | None, value: Value | None) -> DateText | None:
    if value is None:
        shown = clean(timestamp.text) if timestamp and timestamp.value is None else ""
        return DateText(shown) if shown else None
    shown_to = display()
    if isinstance(value, datetime):
        # With its offset, because equal times can differ in it.
        return _cached_exactly(value, value.utcoffset(), shown_to.language, shown_to.zone)
    return DateText(_date(shown_to.language, value), value.isoformat())


def _local(value: Value | None) -> datetime | None:
    if not isinstance(value, datetime) or timezone.is_naive(value):
        return None
    try:
        return value.astimezone(display().zone)
    except (OverflowError, ValueError):
        return None


# Times repeat on a page: a status is the latest update, and parcels leave together.
@lru_cache(maxsize=4096)
def _cached_exactly(value: datetime, _offset: timedelta | None, language: str, zone: tzinfo) -> DateText:
    return _exactly(value, language, zone)


def _exactly(value: datetime, language: str, zone: tzinfo) -> DateText:
    if timezone.is_naive(value):
        said = gettext("%(time)s (time zone not given)") % {"time": _date_and_time(language, value)}
        return DateText(said, value.isoformat(timespec="seconds"))
    try:
        local = value.astimezone(zone)
    except (OverflowError, ValueError):
        return DateText(value.isoformat(), value.isoformat())
    return DateText(f"{_date_and_time(language, local)} {_zone_name(local)}", value.isoformat(timespec="seconds"))


def _zone_name(value: datetime) -> str:
    """Name the zone, such as CET, or UTC−03:00 where the zone database has only an offset."""
    name = value.tzname() or ""
    if name.isalpha():
        return name
    offset = f"{value:%z}"
    # A minus sign, because a line may break at a hyphen.
    return f"UTC{offset[:3]}:{offset[3:5]}".replace("-", "\N{MINUS SIGN}")


def _date_and_time(language: str, value: datetime) -> str:
    return gettext(", ").join((_date(language, value.date()), _clock(language, value.hour, value.minute)))


@lru_cache(maxsize=4096)
def _date(language: str, value: date) -> str:
    return _format(language, value, "yMMMd")


@lru_cache(maxsize=4096)
def _clock(language: str, hour: int, minute: int) -> str:
    return _format(language, time(hour, minute), "Hm")


def _format(language: str, value: date | time, skeleton: str) -> str:
    locale = Locale.parse(language, sep="-")
    text: str = locale.datetime_skeletons[skeleton].apply(value, locale)
    return text
