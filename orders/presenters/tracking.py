"""Tracking numbers for a page, each with the carrier's page if there is one."""

from __future__ import annotations

from typing import NamedTuple

from orders.lookup.shipments import tracking_numbers
from orders.presenters.links import outside_link
from orders.presenters.text import clean


class TrackingView(NamedTuple):
    """A tracking number and the carrier's page for it; either may be empty."""

    number: str
    link: str


def tracking_views(given: str | None, address: str | None) -> tuple[TrackingView, ...]:
    """Give each number with its page; a page that names some of the numbers belongs only to these."""
    numbers = list(filter(None, map(clean, tracking_numbers(given))))
    if not numbers:
        link = outside_link(address)
        return (TrackingView("", link),) if link else ()
    if len(numbers) == 1:
        return (TrackingView(numbers[0], outside_link(address, numbers[0])),)
    named = {number for number in numbers if number in (address or "")}
    return tuple(
        TrackingView(number, outside_link(address, number) if number in named or not named else "")
        for number in numbers
    )
