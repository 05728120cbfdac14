"""What a date of the API says: a day, a point in time, or nothing."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple

from orders.erc.timestamps import Timestamp
from orders.lookup.conventions import END_OF_DAY, USUAL_YEARS, is_no_date

Value = datetime | date

# Where days begin first. A moment without an offset is there at the earliest.
_EARLIEST = timezone(timedelta(hours=14))
# Clocks differ a little; what they differ by is not the future.
_CLOCK_SKEW = timedelta(minutes=5)


class Window(NamedTuple):
    """A span of time; an end that is not known is None."""

    start: Value | None
    end: Value | None


def value_of(moment: Timestamp | None) -> Value | None:
    """What a timestamp says; None where it cannot be read, or stands for “never”."""
    if moment is None:
        return None
    value = moment.value
    # Nearly all are usual, and this is asked for often.
    return value if value is None or value.year in USUAL_YEARS or not is_no_date(value) else None


def day_or_time(moment: Timestamp | None) -> Value | None:
    """What a timestamp says; at midnight it is a day that was written as a timestamp."""
    value = value_of(moment)
    return value.date() if isinstance(value, datetime) and _is_midnight(value) else value


def window_of(start: Timestamp | None, end: Timestamp | None) -> Window:
    """A span of days or of times. Timestamps at midnight are days, unless the other end is a time."""
    begins, ends = value_of(start), value_of(end)
    if not (isinstance(begins, datetime) or isinstance(ends, datetime)):
        return Window(begins, ends)
    is_of_days = _is_day(begins, is_end=False) and _is_day(ends, is_end=True)
    return Window(_day(begins), _day(ends)) if is_of_days else Window(begins, ends)


def day_of(value: Value, zone: tzinfo) -> date:
    """The day to say where only a day is said.

    The given offset decides, because it is that of the place where the parcel was. UTC tells no place, because
    programs convert to it, so the `zone` of the reader decides there.
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
    """Whether a moment is still to come, wherever it is meant."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if value.tzinfo is None:
        value = value.replace(tzinfo=_EARLIEST)
    return value - now > _CLOCK_SKEW


def _is_midnight(value: datetime) -> bool:
    return value.time() == time()


def _is_day(value: Value | None, *, is_end: bool) -> bool:
    if not isinstance(value, datetime):
        return True
    return _is_midnight(value) or (is_end and (value.hour, value.minute) == END_OF_DAY)


def _day(value: Value | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value
