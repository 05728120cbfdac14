"""Tracking numbers as a page shows them: each by itself, with the carrier's page where there is one for it."""

from __future__ import annotations

from typing import NamedTuple

from orders.erc.schema import Delivery
from orders.lookup.shipments import tracking_numbers
from orders.presenters.links import outside_link
from orders.presenters.text import clean


class TrackingView(NamedTuple):
    """A tracking number and its page; the number is empty where there is a page alone, and so may be the page."""

    number: str
    link: str


def shown_numbers(delivery: Delivery) -> tuple[str, ...]:
    """The tracking numbers of a delivery."""
    numbers = tracking_numbers(delivery.tracking_info.tracking_number) if delivery.tracking_info else ()
    return tuple(filter(None, map(clean, numbers)))


def tracking_views(delivery: Delivery) -> tuple[TrackingView, ...]:
    """Each number with its page. A page that names some of the numbers is theirs, and not that of the others."""
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
