"""Dates and times as text, in the display's time zone, which is always named."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from babel import Locale
from babel.dates import format_timedelta
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from orders.core.localization import display, gettext
from orders.erc.timestamps import Timestamp
from orders.lookup.dates import Value, day_of, day_or_time, value_of, window_of
from orders.presenters.text import clean

_UNIT_FROM = 2
# The first of a month, where it is an ordinal number unlike all other days. The day stands before the year.
_FIRST_DAYS = {"fr": "1er", "pt": "1º"}
_ONE = re.compile(r"\b1\b")
# By the number of days; the last is that of -1.
_NEAR = (_("today"), _("tomorrow"), _("yesterday"))


class DateText(NamedTuple):
    """A date or time for a page: its words, and the machine-readable form (empty for unreadable text)."""

    text: str
    iso: str = ""


class Moment(NamedTuple):
    """A date or time, and how long ago that is (empty for what is to come)."""

    when: DateText
    age: str


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


def day_with_weekday(value: Value, now: datetime) -> str:
    """Say the weekday and the day of a date or a time, without the year where it is that of `now`."""
    shown = display()
    date_of_it = day_of(value, shown.zone)
    return weekday_and_date(shown.language, date_of_it, now.year)


def when_with_weekday(timestamp: Timestamp | None, now: datetime) -> DateText | None:
    """Say a timestamp with its weekday, if its zone is known; without the year where it is that of `now`."""
    value = value_of(timestamp)
    if value is not None and not isinstance(value, datetime):
        return DateText(day_with_weekday(value, now), value.isoformat())
    local = local_time(value)
    if local is None:
        return _say(timestamp, value)
    language = display().language
    day = weekday_and_date(language, local.date(), now.year)
    clock = f"{clock_text(language, local.hour, local.minute)} {zone_name(local)}"
    return DateText(gettext(", ").join((day, clock)), local.isoformat(timespec="seconds"))


def moment(timestamp: Timestamp | None, now: datetime) -> Moment | None:
    """Say a timestamp with its weekday and its age, without its zone, because the page names that once."""
    value = value_of(timestamp)
    said = _in_short(timestamp, value, now)
    if said is None:
        return None
    local = local_time(value)
    # Of the day that is said, which may be another one where the parcel is.
    return Moment(said, age(local.date() if local else value, now) if value is not None else "")


def updated(timestamp: Timestamp | None, now: datetime) -> DateText | None:
    """Say the time of an update with its weekday."""
    return _in_short(timestamp, value_of(timestamp), now)


def shipped(timestamp: Timestamp | None, now: datetime) -> DateText | None:
    """Say the day or the time of shipping with its weekday."""
    return _in_short(timestamp, day_or_time(timestamp), now)


def short_window(
    start: Timestamp | None, end: Timestamp | None, now: datetime
) -> tuple[DateText | None, DateText | None]:
    """Say the known ends of a span with their weekdays; say the day once where the ends share it."""
    if start is None and end is None:
        return None, None
    span = window_of(start, end)
    first, last = _in_short(start, span.start, now), _in_short(end, span.end, now)
    begins, ends = local_time(span.start), local_time(span.end)
    if first and last and first != last and begins and ends and begins.date() == ends.date():
        return first, last._replace(text=clock_text(display().language, ends.hour, ends.minute))
    return first, last


def short_window_end(start: Timestamp | None, end: Timestamp | None, now: datetime) -> DateText | None:
    """Say the end of a span by itself, with its weekday and its day."""
    return _in_short(end, window_of(start, end).end, now)


def _in_short(timestamp: Timestamp | None, value: Value | None, now: datetime) -> DateText | None:
    if timestamp is None:
        return None
    if not isinstance(value, datetime):
        return DateText(day_with_weekday(value, now), value.isoformat()) if value else _say(timestamp, value)
    shown = display()
    return _cached_in_short(value, value.utcoffset(), shown.language, shown.zone, now.year)


@lru_cache(maxsize=4096)
def _cached_in_short(
    value: datetime, offset: timedelta | None, language: str, zone: tzinfo, year: int
) -> DateText:
    local = local_time(value)
    if local is None:
        return _cached_exactly(value, offset, language, zone)
    on = weekday_and_date(language, local.date(), year)
    said = gettext(", ").join((on, clock_text(language, local.hour, local.minute)))
    return DateText(said, value.isoformat(timespec="seconds"))


def age(value: Value, now: datetime) -> str:
    """Say how many days, weeks, months or years ago a day was; empty for one that is still to come."""
    days = _days_ahead(value, now)
    return days_away(days) if days <= 0 else ""


def nearness(value: Value, now: datetime) -> str:
    """Say how far a day is away, such as “yesterday” or “in 3 days”."""
    return days_away(_days_ahead(value, now))


def days_since(value: Value, now: datetime) -> int:
    """Count the days from a value to `now`, in the page's zone."""
    local = local_time(value)
    return -_days_ahead(local.date() if local else value, now)


def _days_ahead(value: Value, now: datetime) -> int:
    zone = display().zone
    return (day_of(value, zone) - day_of_now(now, zone)).days


# Every day of a page is compared with the same one.
@lru_cache(maxsize=64)
def day_of_now(now: datetime, zone: tzinfo) -> date:
    """Give the day that it is in a zone."""
    return now.astimezone(zone).date()


def days_away(days: int) -> str:
    """Say a number of days from today on, such as “yesterday” or “in 3 days”."""
    if -1 <= days <= 1:
        return gettext(_NEAR[days])
    return _days_away(display().language, days)


def window(start: Timestamp | None, end: Timestamp | None) -> tuple[DateText | None, DateText | None]:
    """Say the known ends of a span; say the day and the zone once where the ends share them."""
    span = window_of(start, end)
    first, last = _say(start, span.start), _say(end, span.end)
    if first is None or last is None or first == last:
        return first, last
    begins, ends = local_time(span.start), local_time(span.end)
    if begins and ends and begins.date() == ends.date() and begins.tzname() == ends.tzname():
        language = display().language
        return (
            first._replace(text=_date_and_time(language, begins)),
            last._replace(text=f"{clock_text(language, ends.hour, ends.minute)} {zone_name(ends)}"),
        )
    return first, last


def window_end(start: Timestamp | None, end: Timestamp | None) -> DateText | None:
    """Say the end of a span by itself, with its day and its zone."""
    return _say(end, window_of(start, end).end)


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


def local_time(value: Value | None) -> datetime | None:
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
    return DateText(f"{_date_and_time(language, local)} {zone_name(local)}", value.isoformat(timespec="seconds"))


def zone_name(value: datetime) -> str:
    """Name the zone, such as CET, or UTC−03:00 where the zone database has only an offset."""
    name = value.tzname() or ""
    if name.isalpha():
        return name
    offset = f"{value:%z}"
    # A minus sign, because a line may break at a hyphen.
    return f"UTC{offset[:3]}:{offset[3:5]}".replace("-", "\N{MINUS SIGN}")


def _date_and_time(language: str, value: datetime) -> str:
    return gettext(", ").join((_date(language, value.date()), clock_text(language, value.hour, value.minute)))


@lru_cache(maxsize=4096)
def _date(language: str, value: date) -> str:
    return _format(language, value, "yMMMd")


@lru_cache(maxsize=1024)
def weekday_and_date(language: str, value: date, year: int) -> str:
    """Say a day with its weekday, and with its year unless it is the given one."""
    return _format(language, value, "MMMEd" if value.year == year else "yMMMEd")


@lru_cache(maxsize=4096)
def _days_away(language: str, days: int) -> str:
    locale = Locale.parse(language, sep="-")
    # A unit from two of it on, because “1 week ago” says less than “12 days ago”.
    away = format_timedelta(timedelta(days=days), "day", threshold=_UNIT_FROM, add_direction=True, locale=locale)
    return str(away)


@lru_cache(maxsize=4096)
def clock_text(language: str, hour: int, minute: int) -> str:
    return _format(language, time(hour, minute), "Hm")


def _format(language: str, value: date | time, skeleton: str) -> str:
    locale = Locale.parse(language, sep="-")
    text: str = locale.datetime_skeletons[skeleton].apply(value, locale)
    first = _FIRST_DAYS.get(locale.language)
    return _ONE.sub(first, text, count=1) if first and isinstance(value, date) and value.day == 1 else text
