"""Words for entries that came but are not shown."""

from __future__ import annotations

from typing import NamedTuple

from orders.core.localization import ngettext
from orders.lookup.listing import Listing


class Unreadable(NamedTuple):
    """The number of unreadable entries, and the words for it."""

    number: int
    words: str


def unreadable_words(count: int) -> Unreadable | None:
    """Count the entries that could not be read; None where all could."""
    if not count:
        return None
    words = ngettext(
        "%(count)d entry could not be read and is not shown.",
        "%(count)d entries could not be read and are not shown.",
        count,
    )
    return Unreadable(count, words % {"count": count})


def entries_beyond(count: int) -> list[str]:
    """Count the omitted entries in one sentence, if there are any."""
    if not count:
        return []
    words = ngettext(
        "%(count)d entry does not fit on the page and is not shown.",
        "%(count)d entries do not fit on the page and are not shown.",
        count,
    )
    return [words % {"count": count}]


def beyond_words(listing: Listing) -> list[str]:
    """Count the omitted entries in one sentence, and the omitted deliveries of shown items in another."""
    found = entries_beyond(listing.page.items_beyond)
    if deliveries := sum(item.deliveries_beyond for item in listing.items):
        words = ngettext(
            "%(count)d shipment of these items does not fit on the page and is not shown.",
            "%(count)d shipments of these items do not fit on the page and are not shown.",
            deliveries,
        )
        found.append(words % {"count": deliveries})
    return found
