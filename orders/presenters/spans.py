"""Days and spans as they are spoken of: near to today on the screen, in full in what is read later."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from typing import NamedTuple

from orders.core.localization import display, gettext
from orders.erc.timestamps import Timestamp
from orders.lookup.dates import Value, day_of, window_of
from orders.presenters.dates import (
    clock_text,
    day_of_now,
    day_with_weekday,
    days_away,
    local_time,
    nearness,
    weekday_and_date,
    window,
    window_end,
)


class SpanText(NamedTuple):
    """A span of time in words: its ends, of which either may be empty, and `whole` where it has both."""

    start: str = ""
    end: str = ""
    whole: str = ""


def near_day(value: Value, now: datetime) -> str:
    """Say a day as it is spoken of at `now`: “Fri, Sep 4 (6 days ago)”, and with its time around today."""
    shown, local = display(), local_time(value)
    today = day_of_now(now, shown.zone)
    if local is not None and abs((local.date() - today).days) <= 1 and local.time() != time():
        return _near_moment(value, local, now)
    # The day of the page's zone, as beside the status.
    day = local.date() if local is not None else day_of(value, shown.zone)
    return _near_day(shown.language, day, today, now.year)


# The deliveries of a page share few days.
@lru_cache(maxsize=1024)
def _near_day(language: str, day: date, today: date, year: int) -> str:
    return _joined(weekday_and_date(language, day, year), days_away((day - today).days))


def near_span(start: Timestamp | None, end: Timestamp | None, now: datetime) -> SpanText:
    """Say a span with weekdays and without the zone, which stands once on a page."""
    span = window_of(start, end)
    begins, ends = local_time(span.start), local_time(span.end)
    if (begins is None and isinstance(span.start, datetime)) or (ends is None and isinstance(span.end, datetime)):
        return full_span(start, end)
    first = _near_moment(span.start, begins, now)
    last = _near_moment(span.end, ends, now)
    if span.start is None or span.end is None:
        return SpanText(first, last)
    if begins and ends and begins.date() == ends.date():
        language = display().language
        clocks = _between(
            clock_text(language, begins.hour, begins.minute), clock_text(language, ends.hour, ends.minute), gap=""
        )
        day = _with_nearness(day_with_weekday(begins.date(), now), begins.date(), now)
        return SpanText(first, last, gettext(", ").join((day, clocks)))
    if first == last:
        return SpanText(first, last, first)
    return SpanText(first, last, _between(first, _plain_moment(span.end, ends, now)))


def full_span(start: Timestamp | None, end: Timestamp | None) -> SpanText:
    """Say a span with years and its zone, for a text that is read later and elsewhere."""
    span = window_of(start, end)
    first, last = window(start, end)
    # Beside the beginning the end may be an hour alone; by itself it needs its day.
    alone = window_end(start, end)
    whole = _between(first.text, last.text) if span.start and span.end and first and last else ""
    return SpanText(
        first.text if first and span.start else "",
        alone.text if alone and span.end else "",
        first.text if first and whole and first == last else whole,
    )


def _near_moment(value: Value | None, local: datetime | None, now: datetime) -> str:
    if value is None:
        return ""
    return _with_nearness(_plain_moment(value, local, now), local.date() if local else value, now)


def _plain_moment(value: Value, local: datetime | None, now: datetime) -> str:
    if local is None:
        return day_with_weekday(value, now)
    clock = clock_text(display().language, local.hour, local.minute)
    return gettext(", ").join((day_with_weekday(local.date(), now), clock))


def _with_nearness(text: str, value: Value, now: datetime) -> str:
    return _joined(text, nearness(value, now))


def _joined(day: str, nearness: str) -> str:
    return gettext("%(day)s (%(nearness)s)") % {"day": day, "nearness": nearness}


def _between(first: str, last: str, gap: str = " ") -> str:
    return f"{first}{gap}\N{EN DASH}{gap}{last}"
