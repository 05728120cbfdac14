"""A page of a list: its cards, the order, the totals, and the links to other pages."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from orders.core.localization import gettext, ngettext, use_display
from orders.erc.query import FILTER_NAMES, ItemsQuery
from orders.lookup.attention import rules
from orders.lookup.listing import End, Listing
from orders.presenters.answers import Extent, order_answer
from orders.presenters.attention import Jump, jump, summary_words
from orders.presenters.beyond import beyond_words
from orders.presenters.dates import DateText, when_exactly
from orders.presenters.errors import stale_words
from orders.presenters.facts import Fact, facts, records
from orders.presenters.items import CardView, card
from orders.presenters.links import items_link
from orders.presenters.statuses import StatusCount, summary
from orders.presenters.text import Prose, clean


class Choice(NamedTuple):
    """One sort order: its words, its link, and whether it is the current one."""

    words: str
    link: str
    is_current: bool


class Unreadable(NamedTuple):
    """The number of unreadable entries, and the words for it."""

    number: int
    words: str


class FilterField(NamedTuple):
    """A field of the form for one of the API's filters."""

    name: str
    label: str
    value: str
    kind: str


class PageView(NamedTuple):
    """The content of the items page and its fragments; the raw ids are for the clipboard."""

    customer_id: str
    order_id: str
    raw_customer_id: str
    raw_order_id: str
    cards: tuple[CardView, ...]
    shown: str
    is_empty: bool
    is_continued: bool
    first_link: str
    refresh_link: str
    as_of: DateText
    statuses: tuple[StatusCount, ...]
    choices: tuple[Choice, ...]
    filters: tuple[Fact, ...]
    unfiltered_link: str
    facts: tuple[Fact, ...]
    records: tuple[tuple[str, tuple[tuple[Fact, ...], ...]], ...]
    unreadable: Unreadable | None
    notices: tuple[str, ...]
    stale: str
    next_link: str
    end: str
    answer: str
    attention: str
    jumps: tuple[Jump, ...]
    address: str
    within: str
    filter_fields: tuple[FilterField, ...]
    quiet_link: str
    quiet_seconds: int
    customer_clock: DateText | None


def items_page(listing: Listing, address: str, customer_zone: ZoneInfo | None = None) -> PageView:
    """Make the page of a listing; its links lead to the surface's `address`."""
    with use_display():
        return _items_page(listing, address, customer_zone)


def _items_page(listing: Listing, address: str, customer_zone: ZoneInfo | None) -> PageView:
    query = listing.query
    at = rules()
    placed = tuple(zip(listing.items, listing.places, strict=True))
    cards = tuple(card(item, at, place) for item, place in placed)
    flagged = [
        (item, shown.flags, place) for (item, place), shown in zip(placed, cards, strict=True) if shown.flags
    ]
    return PageView(
        customer_id=clean(query.customer_id),
        order_id=clean(query.order_id),
        raw_customer_id=query.customer_id,
        raw_order_id=query.order_id,
        cards=cards,
        shown=_shown_text(listing),
        is_empty=_is_empty(listing),
        is_continued=query.cursor is not None,
        first_link=items_link(address, query, {"cursor": None}),
        refresh_link=items_link(address, query, {"cursor": None, "refresh": "1", "pages": _pages(listing)}),
        as_of=when_exactly(listing.as_of),
        statuses=summary(listing.after.statuses),
        choices=_choices(address, query),
        filters=_filters(query),
        unfiltered_link=items_link(address, query, {**dict.fromkeys(FILTER_NAMES), "cursor": None}),
        facts=facts(listing.page.custom_fields),
        records=_records(listing),
        unreadable=_unreadable(len(listing.page.unreadable)),
        notices=_notices(listing),
        stale=stale_words(listing.stale_because) if listing.stale_because else "",
        next_link=items_link(address, query, {"cursor": listing.page.next_cursor}, listing.next_state)
        if listing.end is End.MORE
        else "",
        end=_end(listing),
        answer=order_answer(
            query.order_id, listing.after.statuses, _extent(listing), waiting=listing.after.waiting
        ),
        attention=summary_words(listing.after.flagged) if listing.after.flagged else "",
        jumps=tuple(jump(*one) for one in flagged),
        address=address.partition("?")[0],
        within=_within(address, query),
        filter_fields=_filter_fields(query),
        quiet_link=_quiet_link(listing, address),
        quiet_seconds=settings.QUIET_REFRESH_SECONDS,
        customer_clock=_clock(customer_zone),
    )


def _pages(listing: Listing) -> str | None:
    """Count the viewer's pages, which a refresh requests again; None for one."""
    followed = listing.after.pages_followed
    return str(followed + 1) if followed else None


def _is_empty(listing: Listing) -> bool:
    """Whether the order has no items; a page in the middle, or with more behind it, cannot tell."""
    page = listing.page
    nothing = not (page.items or page.unreadable or page.items_beyond)
    return nothing and listing.query.cursor is None and listing.end is End.COMPLETE


def _extent(listing: Listing) -> Extent:
    """Measure the shown part of the list; a later page without state begins in the middle."""
    after = listing.after
    return Extent(
        items=after.shown,
        goes_on=listing.end is End.MORE,
        unreadable=after.unreadable,
        beyond=after.beyond,
        breaks_off=listing.end in (End.REPEATS, End.CUT_OFF),
        begins_later=listing.query.cursor is not None and not listing.before.shown,
    )


def _is_whole(listing: Listing) -> bool:
    return _extent(listing) == Extent(listing.after.shown)


def _shown_text(listing: Listing) -> str:
    count = listing.after.shown
    if listing.end is End.MORE:
        return ngettext("%(count)d item shown, more available", "%(count)d items shown, more available", count) % {
            "count": count
        }
    if _is_whole(listing):
        if count == 0:
            return gettext("No items")
        return ngettext("%(count)d item", "All %(count)d items", count) % {"count": count}
    return ngettext("%(count)d item shown", "%(count)d items shown", count) % {"count": count}


def _choices(address: str, query: ItemsQuery) -> tuple[Choice, ...]:
    sorts = (
        (gettext("As received"), None),
        (gettext("Price: low to high"), "price:asc"),
        (gettext("Price: high to low"), "price:desc"),
    )
    return tuple(
        Choice(words, items_link(address, query, {"order_by": order, "cursor": None}), query.order_by == order)
        for words, order in sorts
    )


def _filter_labels() -> dict[str, str]:
    return {
        "brand": gettext("Brand"),
        "carrier": gettext("Carrier"),
        "delivery_type": gettext("Delivery type"),
        "delivery_date_start": gettext("Delivery from"),
        "delivery_date_end": gettext("Delivery until"),
        "shipping_date": gettext("Shipped on"),
        "description": gettext("Description"),
    }


def _filters(query: ItemsQuery) -> tuple[Fact, ...]:
    given = query.parameters()
    names = [name for name in FILTER_NAMES if name in given]
    if not names:
        return ()
    labels = _filter_labels()
    return tuple(Fact(labels[name], Prose(clean(given[name]))) for name in names)


def _filter_fields(query: ItemsQuery) -> tuple[FilterField, ...]:
    if not settings.ERC_FILTERS:
        return ()
    given, labels = query.parameters(), _filter_labels()
    return tuple(
        FilterField(name, labels[name], given.get(name, ""), "date" if "date" in name else "text")
        for name in FILTER_NAMES
        if name in settings.ERC_FILTERS
    )


def _within(address: str, query: ItemsQuery) -> str:
    """Encode the list that a form narrows as one field."""
    dropped = {"cursor", *settings.ERC_FILTERS}
    kept = {name: value for name, value in query.parameters().items() if name not in dropped}
    given = {"customer_id": query.customer_id, "order_id": query.order_id, **kept}
    return "&".join(filter(None, (address.partition("?")[2], urlencode(given))))


def _quiet_link(listing: Listing, address: str) -> str:
    """Link for automatic refreshes while something is out for delivery; empty without them."""
    if not settings.QUIET_REFRESH_SECONDS or "OUT_FOR_DELIVERY" not in listing.after.statuses:
        return ""
    changes = {"cursor": None, "refresh": "1", "pages": _pages(listing), "quiet": "1"}
    return items_link(address, listing.query, changes)


def _clock(zone: ZoneInfo | None) -> DateText | None:
    if zone is None:
        return None
    with timezone.override(zone), use_display():
        return when_exactly(timezone.now())


def _records(listing: Listing) -> tuple[tuple[str, tuple[tuple[Fact, ...], ...]], ...]:
    given = ((gettext("Refunds"), listing.page.refunds), (gettext("Returns"), listing.page.returns))
    return tuple(
        (title, lines) for title, entries in given if (lines := records(tuple(entry.fields for entry in entries)))
    )


def _unreadable(count: int) -> Unreadable | None:
    if not count:
        return None
    words = ngettext(
        "%(count)d entry could not be read and is not shown.",
        "%(count)d entries could not be read and are not shown.",
        count,
    )
    return Unreadable(count, words % {"count": count})


def _notices(listing: Listing) -> tuple[str, ...]:
    found = beyond_words(listing)
    if listing.is_cut_short:
        found.append(gettext("Not all of the items could be loaded. “Load more items” goes on with the rest."))
    if listing.page.defaulted:
        found.append(
            gettext("Some details of this order could not be read and are left out.")
            if _is_empty(listing)
            else gettext("Some details of these items could not be read and are left out.")
        )
    if listing.repeated and listing.items:
        found.append(
            ngettext(
                "%(count)d item came again and is not shown twice.",
                "%(count)d items came again and are not shown twice.",
                listing.repeated,
            )
            % {"count": listing.repeated}
        )
    return tuple(found)


def _end(listing: Listing) -> str:
    return {
        End.MORE: "",
        End.COMPLETE: gettext("End of the list."),
        End.REPEATS: gettext("The order system keeps sending the same items, so the list ends here."),
        End.CUT_OFF: gettext("There are more items, but the order system did not say how to get them."),
    }[listing.end]
