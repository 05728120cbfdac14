"""Says where the items of an order stand, by counting them, and for which part of the order that holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from orders.core.localization import display, gettext, ngettext
from orders.erc.query import FILTER_NAMES
from orders.lookup.listing import Listing
from orders.lookup.paging import End
from orders.lookup.standing import Standing

# Told after what has arrived or moves.
_ASIDE = (Standing.NOT_SENT, Standing.OTHER, Standing.UNKNOWN, Standing.NOTHING)
# They do not tell whether an item has arrived.
_UNCLEAR = (Standing.OTHER, Standing.UNKNOWN, Standing.COLLECTED)


class Extent(NamedTuple):
    """The part of an order that an answer covers: so many `items`, and what is missing from the whole.

    `is_narrowed` says that the order system was asked for only those items that match filters.
    """

    items: int
    goes_on: bool = False
    unreadable: int = 0
    beyond: int = 0
    breaks_off: bool = False
    begins_later: bool = False
    is_narrowed: bool = False

    @property
    def is_whole(self) -> bool:
        return self == Extent(self.items)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing of what was asked for."""
        return self._replace(is_narrowed=False).is_whole

    @property
    def is_beginning(self) -> bool:
        """Whether it is the first part of the order, of which nothing is left out."""
        return not (self.begins_later or self.unreadable or self.is_narrowed)


def extent_of(listing: Listing) -> Extent:
    """Measure the shown part of the list; a later page without state begins in the middle."""
    after = listing.after
    return Extent(
        items=after.shown,
        goes_on=listing.end is End.MORE,
        unreadable=after.unreadable,
        beyond=after.beyond,
        breaks_off=listing.end in (End.REPEATS, End.CUT_OFF),
        begins_later=listing.query.cursor is not None and not listing.before.shown,
        is_narrowed=any(name in listing.query.parameters() for name in FILTER_NAMES),
    )


def standing_sentences(standings: Mapping[str, int], extent: Extent) -> tuple[str, ...]:
    """Say where the items stand: what moves in the first sentences, and the rest in one more."""
    counts = {one: standings.get(one.value, 0) for one in Standing}
    moving = [one for one in Standing if counts[one] and one not in (*_ASIDE, Standing.DELIVERED)]
    aside = [one for one in _ASIDE if counts[one]]
    if not extent.items:
        return (no_items(extent),) if extent.is_complete else ()
    is_known = not any(counts[one] for one in _UNCLEAR)
    lead = _lead(counts[Standing.DELIVERED], extent, is_known=is_known)
    if not moving:
        return (" ".join(filter(None, (lead, _listed(aside, counts)))),)
    return tuple(filter(None, (f"{lead} {_listed(moving, counts)}", _listed(aside, counts))))


def no_items(extent: Extent) -> str:
    """Say of a list that is complete and has no items what that means."""
    return gettext("No item matches the filters.") if extent.is_narrowed else gettext("This order has no items.")


def _listed(which: Sequence[Standing], counts: Mapping[Standing, int]) -> str:
    language = display().language
    words = gettext(", ").join(_standing_words(language, one, counts[one]) for one in which)
    return f"{words}." if words else ""


def _lead(delivered: int, extent: Extent, *, is_known: bool) -> str:
    """Say how many items are delivered, of how many."""
    total = {"count": delivered or extent.items, "total": extent.items}
    if not delivered:
        return (_nothing_delivered(extent) if is_known else _only_counted(extent)) % total
    if extent.is_whole:
        if delivered == extent.items:
            return (
                ngettext("%(count)d item is delivered.", "All %(count)d items are delivered.", delivered) % total
            )
        return (
            ngettext(
                "%(count)d of %(total)d items is delivered.",
                "%(count)d of %(total)d items are delivered.",
                delivered,
            )
            % total
        )
    if extent.is_beginning:
        return (
            ngettext(
                "%(count)d of the first %(total)d items is delivered.",
                "%(count)d of the first %(total)d items are delivered.",
                delivered,
            )
            % total
        )
    return (
        ngettext(
            "%(count)d of these %(total)d items is delivered.",
            "%(count)d of these %(total)d items are delivered.",
            delivered,
        )
        % total
    )


def _nothing_delivered(extent: Extent) -> str:
    if extent.is_whole:
        return ngettext(
            "The item is not delivered yet.", "None of the %(count)d items is delivered yet.", extent.items
        )
    if extent.is_beginning:
        return ngettext(
            "The first item is not delivered yet.",
            "None of the first %(count)d items is delivered yet.",
            extent.items,
        )
    return ngettext(
        "This item is not delivered yet.", "None of these %(count)d items is delivered yet.", extent.items
    )


def _only_counted(extent: Extent) -> str:
    return ngettext("%(count)d item:", "%(count)d items:", extent.items)


# Most orders have few items at each place.
@lru_cache(maxsize=512)
def _standing_words(_language: str, standing: Standing, count: int) -> str:
    """Say how many items stand at one place."""
    words = {
        # Translators: parts of a list such as “5 are out for delivery, 6 are on the way”; the numbers count items.
        Standing.COLLECTED: ngettext("%(count)d is collected", "%(count)d are collected", count),
        Standing.PARTLY: ngettext("%(count)d is partly delivered", "%(count)d are partly delivered", count),
        Standing.OUT: ngettext("%(count)d is out for delivery", "%(count)d are out for delivery", count),
        Standing.MOVING: ngettext("%(count)d is on the way", "%(count)d are on the way", count),
        Standing.PICKUP: ngettext("%(count)d waits for pickup", "%(count)d wait for pickup", count),
        Standing.ATTEMPTED: ngettext(
            "%(count)d had an unsuccessful delivery attempt",
            "%(count)d had an unsuccessful delivery attempt",
            count,
        ),
        Standing.FAILED: ngettext("%(count)d could not be delivered", "%(count)d could not be delivered", count),
        Standing.DIVIDED: ngettext(
            "%(count)d is in several shipments", "%(count)d are in several shipments", count
        ),
        # Translators: a part of the item's units is in a shipment, the others are not sent.
        Standing.BEGUN: ngettext("%(count)d is not fully sent yet", "%(count)d are not fully sent yet", count),
        Standing.NOT_SENT: ngettext("%(count)d is not sent yet", "%(count)d are not sent yet", count),
        # Translators: one that is none of the usual statuses, such as “held at customs”.
        Standing.OTHER: ngettext("%(count)d has another status", "%(count)d have another status", count),
        Standing.UNKNOWN: ngettext("%(count)d has an unknown status", "%(count)d have an unknown status", count),
        Standing.NOTHING: ngettext("%(count)d needs no delivery", "%(count)d need no delivery", count),
    }
    return words[standing] % {"count": count}
