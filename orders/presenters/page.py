"""A page of a list: its cards, the order, the totals, and the links to other pages."""

from __future__ import annotations

from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from orders.core.localization import gettext, ngettext, use_display
from orders.erc.query import FILTER_NAMES
from orders.lookup.attention import reasons, rules
from orders.lookup.forms import AS_RECEIVED
from orders.lookup.listing import Listing
from orders.lookup.paging import End
from orders.presenters.after_sales import SectionView, after_sales
from orders.presenters.beyond import Unreadable, beyond_words, unreadable_words
from orders.presenters.chips import Chip, chips
from orders.presenters.dates import DateText, when_exactly
from orders.presenters.errors import stale_words
from orders.presenters.facts import Fact, facts
from orders.presenters.freshness import AsOf, as_of
from orders.presenters.groups import GroupView, groups
from orders.presenters.items import CardView, card
from orders.presenters.links import customer_link, items_link, pages_again, with_parameters
from orders.presenters.message_form import MessageFormView, message_form
from orders.presenters.order_answer import AnswerLine, order_answer
from orders.presenters.standings import extent_of
from orders.presenters.text import clean
from orders.presenters.toolbar import Choice, FilterField, choices, filter_fields, filters, has_toolbar, within

MAX_CARDS = 3
"""So many items stand as cards; more are rows."""


class PageView(NamedTuple):
    """The content of the items page and its fragments; the raw ids are for the clipboard.

    `answer` begins the answer block, `answer_more` is said below it in smaller letters, and `answer_lines` tell of
    single items; `answer_tone` is the worst tone of what they tell.
    """

    customer_id: str
    order_id: str
    raw_customer_id: str
    raw_order_id: str
    orders_link: str
    cards: tuple[CardView, ...]
    is_in_rows: bool
    groups: tuple[GroupView, ...]
    shown: str
    is_empty: bool
    empty: str
    is_continued: bool
    first_link: str
    refresh_link: str
    as_of: AsOf
    has_toolbar: bool
    chips: tuple[Chip, ...]
    choices: tuple[Choice, ...]
    filters: tuple[Fact, ...]
    unfiltered_link: str
    facts: tuple[Fact, ...]
    after_sales: tuple[SectionView, ...]
    unreadable: Unreadable | None
    notices: tuple[str, ...]
    stale: str
    next_link: str
    end: str
    answer: str
    answer_more: str
    answer_lines: tuple[AnswerLine, ...]
    answer_tone: str
    message: MessageFormView | None
    address: str
    within: str
    filter_fields: tuple[FilterField, ...]
    quiet_link: str
    quiet_seconds: int
    customer_clock: DateText | None


def items_page(
    listing: Listing,
    address: str,
    customer_zone: ZoneInfo | None = None,
    *,
    orders_address: str = "",
    message_address: str = "",
    customer_language: str = "",
    as_received: bool = False,
) -> PageView:
    """Make the page of a listing; its links lead to the surface's `address`.

    With an `orders_address`, one leads to the customer's other orders there. With a `message_address`, messages
    for the customer are made there, at first in `customer_language`. `as_received`, the items are not grouped.
    """
    with use_display():
        return _items_page(
            listing,
            address,
            customer_zone,
            orders_address,
            message_address,
            customer_language,
            as_received=as_received,
        )


def _items_page(
    listing: Listing,
    surface: str,
    customer_zone: ZoneInfo | None,
    orders_address: str,
    message_address: str,
    customer_language: str,
    *,
    as_received: bool,
) -> PageView:
    query = listing.query
    address = with_parameters(surface, AS_RECEIVED) if as_received else surface
    at = rules()
    told = after_sales(listing.page.refunds, listing.page.returns, listing.items, at)
    # The minute may have changed since the look-up.
    because = listing.because if listing.rules == at else [reasons(item, at) for item in listing.items]
    cards = tuple(
        card(item, at, place, told.lines.get(item.id, ()), why)
        for item, place, why in zip(listing.items, listing.places, because, strict=True)
    )
    answer = order_answer(listing, at, because)
    is_in_rows = len(cards) > MAX_CARDS or listing.end is End.MORE or query.cursor is not None
    return PageView(
        customer_id=clean(query.customer_id),
        order_id=clean(query.order_id),
        raw_customer_id=query.customer_id,
        raw_order_id=query.order_id,
        orders_link=customer_link(orders_address, query.customer_id) if orders_address else "",
        cards=cards,
        is_in_rows=is_in_rows,
        groups=groups(cards) if is_in_rows and not (query.order_by or as_received) else (),
        shown=_shown_text(listing),
        is_empty=listing.is_empty,
        empty=_empty_text(listing),
        is_continued=query.cursor is not None,
        first_link=items_link(address, query, {"cursor": None}),
        refresh_link=items_link(address, query, {"cursor": None, "refresh": "1", "pages": pages_again(listing)}),
        as_of=as_of(listing.as_of),
        has_toolbar=has_toolbar(listing),
        chips=chips(listing.items, sum(bool(one.flags) for one in cards)),
        choices=choices(surface, query, as_received=as_received),
        filters=filters(query),
        unfiltered_link=items_link(address, query, {**dict.fromkeys(FILTER_NAMES), "cursor": None}),
        facts=facts(listing.page.custom_fields),
        after_sales=told.sections,
        unreadable=unreadable_words(len(listing.page.unreadable)),
        notices=_notices(listing),
        stale=stale_words(listing.stale_because) if listing.stale_because else "",
        next_link=items_link(address, query, {"cursor": listing.page.next_cursor}, listing.next_state)
        if listing.end is End.MORE
        else "",
        end=_end(listing) if is_in_rows or listing.end is not End.COMPLETE else "",
        answer=answer.words,
        answer_more=answer.more,
        answer_lines=answer.lines,
        answer_tone=answer.tone,
        message=message_form(listing, message_address, customer_language) if message_address else None,
        address=address.partition("?")[0],
        within=within(address, query),
        filter_fields=filter_fields(query),
        quiet_link=_quiet_link(listing, address),
        quiet_seconds=settings.QUIET_REFRESH_SECONDS,
        customer_clock=_clock(customer_zone),
    )


def _shown_text(listing: Listing) -> str:
    """Count what is shown, and say what the rest of the list is waiting for or has come to."""
    count, extent = listing.after.shown, extent_of(listing)
    if extent.goes_on:
        words = ngettext("%(count)d item so far, more to load", "%(count)d items so far, more to load", count)
    elif extent.breaks_off:
        words = ngettext(
            "%(count)d item, the rest could not be loaded", "%(count)d items, the rest could not be loaded", count
        )
    elif extent.unreadable:
        words = ngettext(
            "%(count)d item, others could not be read", "%(count)d items, others could not be read", count
        )
    elif extent.is_complete and not count:
        return gettext("No items shown") if extent.is_narrowed else gettext("No items")
    elif extent.is_whole:
        words = ngettext("%(count)d item", "%(count)d items", count)
    else:
        words = ngettext("%(count)d item shown", "%(count)d items shown", count)
    return words % {"count": count}


def _empty_text(listing: Listing) -> str:
    """Explain below the answer how a list can have no items; empty for others."""
    if not listing.is_empty:
        return ""
    if extent_of(listing).is_narrowed:
        return gettext("The order may have items that do not match.")
    return gettext(
        "The order exists, but the order system lists no items for it."
        " It may have been cancelled, or only just been placed."
    )


def _quiet_link(listing: Listing, address: str) -> str:
    """Link for automatic refreshes while something is out for delivery; empty without them."""
    if not settings.QUIET_REFRESH_SECONDS or "OUT_FOR_DELIVERY" not in listing.after.statuses:
        return ""
    changes = {"cursor": None, "refresh": "1", "pages": pages_again(listing), "quiet": "1"}
    return items_link(address, listing.query, changes)


def _clock(zone: ZoneInfo | None) -> DateText | None:
    if zone is None:
        return None
    with timezone.override(zone), use_display():
        return when_exactly(timezone.now())


def _notices(listing: Listing) -> tuple[str, ...]:
    found = beyond_words(listing)
    if listing.is_cut_short:
        found.append(gettext("Not all items could be loaded. Select “Load more items” to continue."))
    if listing.page.defaulted:
        found.append(
            gettext("Some details of this order could not be read and are left out.")
            if listing.is_empty
            else gettext("Some details of these items could not be read and are left out.")
        )
    if listing.repeated and listing.items:
        found.append(
            ngettext(
                "%(count)d duplicate item was left out.",
                "%(count)d duplicate items were left out.",
                listing.repeated,
            )
            % {"count": listing.repeated}
        )
    return tuple(found)


def _end(listing: Listing) -> str:
    return {
        End.MORE: "",
        # Of one item or none anybody sees the end.
        End.COMPLETE: gettext("End of the list.") if listing.after.shown > 1 else "",
        End.REPEATS: gettext("The order system keeps sending the same items, so the list ends here."),
        End.CUT_OFF: gettext("There are more items, but they can’t be loaded."),
    }[listing.end]
