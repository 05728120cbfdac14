"""Words for entries that came but are not shown."""

from __future__ import annotations

from orders.core.localization import ngettext
from orders.lookup.listing import Listing


def beyond_words(listing: Listing) -> list[str]:
    """Count the omitted entries in one sentence, and the omitted deliveries of shown items in another."""
    items = listing.page.items_beyond
    deliveries = sum(item.deliveries_beyond for item in listing.items)
    given = (
        (
            items,
            ngettext(
                "%(count)d more entry came than a page can show.",
                "%(count)d more entries came than a page can show.",
                items,
            ),
        ),
        (
            deliveries,
            ngettext(
                "%(count)d more delivery of these items came than a page can show.",
                "%(count)d more deliveries of these items came than a page can show.",
                deliveries,
            ),
        ),
    )
    return [words % {"count": count} for count, words in given if count]
