"""Small bar charts of the last day as numbers for an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext, ngettext

if TYPE_CHECKING:
    from orders.admin.dashboard.figures import Hour, Times

WIDTH, HEIGHT = 360, 72


class Bar(NamedTuple):
    """One bar: its position, the heights of its whole and its part (in the SVG's units), and its words."""

    x: float
    width: float
    y: float
    height: float
    part_y: float
    part_height: float
    words: str
    label: str


class Chart(NamedTuple):
    """Bars and their title; `highest` is the value of the highest bar, and `kind` names the style."""

    kind: str
    title: str
    highest: str
    bars: tuple[Bar, ...]


class _Value(NamedTuple):
    """The values of a bar: a whole, a part of it, and the words for both."""

    whole: int
    part: int
    words: str


def charts(hours: Sequence[Hour]) -> tuple[Chart, ...]:
    """Make a chart for each figure of the day, hour by hour."""
    milliseconds = gettext("ms")
    return (
        _chart("failures", gettext("Look-ups; failed ones dark red"), hours, [_look_ups(one) for one in hours]),
        _chart("", gettext("Shown; from the cache darker"), hours, [_cached_share(one) for one in hours]),
        _chart(
            "",
            gettext("Look-up time p95; p50 darker"),
            hours,
            [_times(one.pages) for one in hours],
            unit=milliseconds,
        ),
        _chart(
            "",
            gettext("API time p95; p50 darker"),
            hours,
            [_times(one.upstream) for one in hours],
            unit=milliseconds,
        ),
        _chart("", gettext("Token fetches"), hours, [_fetches(one.token_fetches) for one in hours]),
    )


def _look_ups(hour: Hour) -> _Value:
    words = ngettext("%(number)d look-up", "%(number)d look-ups", hour.look_ups) % {"number": hour.look_ups}
    if hour.failed:
        words += ", " + gettext("%(failed)d failed") % {"failed": hour.failed}
    return _Value(hour.look_ups, hour.failed, words)


def _cached_share(hour: Hour) -> _Value:
    shown = hour.look_ups - hour.failed
    words = gettext("%(cached)d of %(shown)d from the cache") % {"cached": hour.cached, "shown": shown}
    return _Value(shown, hour.cached, words)


def _times(times: Times) -> _Value:
    if times.p50 is None or times.p95 is None:
        return _Value(0, 0, gettext("nothing measured"))
    return _Value(times.p95, times.p50, gettext("p50 %(p50)d ms, p95 %(p95)d ms") % times._asdict())


def _fetches(number: int) -> _Value:
    return _Value(
        number, 0, ngettext("%(number)d token fetch", "%(number)d token fetches", number) % {"number": number}
    )


def _chart(kind: str, title: str, hours: Sequence[Hour], values: Sequence[_Value], *, unit: str = "") -> Chart:
    highest = max((value.whole for value in values), default=0)
    step = WIDTH / max(len(values), 1)
    bars = tuple(
        _bar(index * step, step * 0.8, value, highest or 1, hour.label, is_labelled=index % 6 == 0)
        for index, (hour, value) in enumerate(zip(hours, values, strict=True))
    )
    return Chart(kind, title, f"{highest} {unit}".strip(), bars)


def _bar(x: float, width: float, value: _Value, highest: int, label: str, *, is_labelled: bool) -> Bar:
    height, part_height = HEIGHT * value.whole / highest, HEIGHT * value.part / highest
    return Bar(
        round(x, 1),
        round(width, 1),
        round(HEIGHT - height, 1),
        round(height, 1),
        round(HEIGHT - part_height, 1),
        round(part_height, 1),
        f"{label}: {value.words}",
        label if is_labelled else "",
    )
