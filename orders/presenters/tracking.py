"""Tracking numbers for a page, each with the carrier's page if there is one."""

from __future__ import annotations

from typing import NamedTuple

from orders.erc.schema import Delivery
from orders.lookup.shipments import tracking_numbers
from orders.presenters.links import outside_link
from orders.presenters.text import clean


class TrackingView(NamedTuple):
    """A tracking number and the carrier's page for it; either may be empty."""

    number: str
    link: str


def shown_numbers(delivery: Delivery) -> tuple[str, ...]:
    numbers = tracking_numbers(delivery.tracking_info.tracking_number) if delivery.tracking_info else ()
    return tuple(filter(None, map(clean, numbers)))


def tracking_views(delivery: Delivery) -> tuple[TrackingView, ...]:
    """Give each number with its page; a page that names some of the numbers belongs only to these."""
    address = delivery.tracking_info.external_url if delivery.tracking_info else None
    numbers = shown_numbers(delivery)
    if not numbers:
        link = outside_link(address)
        return (TrackingView("", link),) if link else ()
    named = {number for number in numbers if len(numbers) > 1 and number in (address or "")}
    return tuple(
        TrackingView(number, outside_link(address, number) if number in named or not named else "")
        for number in numbers
    )
