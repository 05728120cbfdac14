"""Small bar charts as numbers for an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext, ngettext

WIDTH, HEIGHT = 480, 96


class Bar(NamedTuple):
    """One bar: where it stands, how high its whole and its failed part are (in the SVG's units), and its words."""

    x: float
    width: float
    y: float
    height: float
    failed_y: float
    failed_height: float
    words: str
    label: str


def bars(hours: Sequence[tuple[str, int, int]]) -> tuple[Bar, ...]:
    """Bars for (label, number, how many of them failed), scaled to the highest."""
    highest = max((number for _, number, _ in hours), default=0) or 1
    step = WIDTH / max(len(hours), 1)
    return tuple(
        _bar(index * step, step * 0.8, hour, highest, is_labelled=index % 6 == 0)
        for index, hour in enumerate(hours)
    )


def _bar(x: float, width: float, hour: tuple[str, int, int], highest: int, *, is_labelled: bool) -> Bar:
    label, number, failed = hour
    height, failed_height = HEIGHT * number / highest, HEIGHT * failed / highest
    words = ngettext("%(number)d look-up", "%(number)d look-ups", number) % {"number": number}
    if failed:
        words += ", " + gettext("%(failed)d failed") % {"failed": failed}
    return Bar(
        round(x, 1),
        round(width, 1),
        round(HEIGHT - height, 1),
        round(height, 1),
        round(HEIGHT - failed_height, 1),
        round(failed_height, 1),
        f"{label}: {words}",
        label if is_labelled else "",
    )
