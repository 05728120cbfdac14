"""Interprets a date of the API: a day, a time, or nothing."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple

from orders.erc.timestamps import Timestamp
from orders.lookup.conventions import END_OF_DAY, USUAL_YEARS, is_no_date

Value = datetime | date

# Days begin first here, so a time without an offset is at the earliest in this zone.
_EARLIEST = timezone(timedelta(hours=14))
# Clocks differ a little; times within the difference are not in the future.
_CLOCK_SKEW = timedelta(minutes=5)
# No two zones are so far apart that it may still be a later day in one of them.
_LONG_AGO = timedelta(days=-3)


class Window(NamedTuple):
    """A span of time; an unknown end is None."""

    start: Value | None
    end: Value | None


def value_of(timestamp: Timestamp | None) -> Value | None:
    """Give a timestamp's value; None where it is unreadable or stands for “never”."""
    if timestamp is None:
        return None
    value = timestamp.value
    # Years first, which is quick and nearly always decides.
    return value if value is None or value.year in USUAL_YEARS or not is_no_date(value) else None


def day_or_time(timestamp: Timestamp | None) -> Value | None:
    """Give a timestamp's value; at midnight it is a day that was written as a timestamp."""
    value = value_of(timestamp)
    return value.date() if isinstance(value, datetime) and _is_midnight(value) else value


def window_of(start: Timestamp | None, end: Timestamp | None) -> Window:
    """Give a span of days or of times. Timestamps at midnight are days, unless the other end is a time.

    A beginning behind the end contradicts it, so only the end is given, by which something is promised.
    """
    begins, ends = value_of(start), value_of(end)
    if begins is not None and ends is not None and _is_behind(begins, ends):
        begins = None
    if not (isinstance(begins, datetime) or isinstance(ends, datetime)):
        return Window(begins, ends)
    is_of_days = _is_day(begins, is_end=False) and _is_day(ends, is_end=True)
    return Window(_day(begins), _day(ends)) if is_of_days else Window(begins, ends)


def day_of(value: Value, zone: tzinfo) -> date:
    """Give the day of a value.

    Its offset decides, because that is the parcel's local time. Programs convert to UTC from anywhere, so there
    the reader's `zone` decides.
    """
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None or value.utcoffset():
        return value.date()
    try:
        return value.astimezone(zone).date()
    except (OverflowError, ValueError):
        return value.date()


def is_ahead(value: Value, now: datetime) -> bool:
    """Whether a value lies in the future, in every zone that it may be meant for."""
    return _time_until(value, now) > _CLOCK_SKEW


def is_later_day(value: Value, now: datetime, zone: tzinfo) -> bool:
    """Whether a value lies in the future, or its day is behind that of `now`, maybe not where the parcel is."""
    until = _time_until(value, now)
    return until > _CLOCK_SKEW or (until > _LONG_AGO and day_of(value, zone) > now.date())


def _time_until(value: Value, now: datetime) -> timedelta:
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if value.tzinfo is None:
        value = value.replace(tzinfo=_EARLIEST)
    return value - now


def _is_behind(begins: Value, ends: Value) -> bool:
    if isinstance(begins, datetime) and isinstance(ends, datetime) and (begins.tzinfo and ends.tzinfo):
        return begins > ends
    return date(begins.year, begins.month, begins.day) > date(ends.year, ends.month, ends.day)


def _is_midnight(value: datetime) -> bool:
    return value.time() == time()


def _is_day(value: Value | None, *, is_end: bool) -> bool:
    if not isinstance(value, datetime):
        return True
    return _is_midnight(value) or (is_end and (value.hour, value.minute) == END_OF_DAY)


def _day(value: Value | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value
