"""The look-up: lists an order's items for a viewer, and records the access."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from django.conf import settings

from orders.audit import access_log
from orders.audit.access_log import Access, Viewer
from orders.erc import CallContext
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError
from orders.erc.query import ItemsQuery
from orders.lookup.attention import concerns, rules
from orders.lookup.item_pages import Freshness, item_pages
from orders.lookup.listing import End, Listing, continue_list, merge_pages, page_number
from orders.models import Source

MAX_AT_ONCE = 500
"""A look-up of several pages stops after this many items."""

# After so many empty pages in a row, the agent has to ask for more.
_MAX_EMPTY_PAGES = 10


class Lookup(NamedTuple):
    """The result of a look-up: a listing or an error."""

    listing: Listing | None = None
    error: ErcError | None = None


def look_up(
    query: ItemsQuery,
    viewer: Viewer,
    correlation_id: str,
    *,
    state: str,
    freshness: Freshness = Freshness.CACHED,
    pages: int = 1,
) -> Lookup:
    """List an order's items and record the access. Raises NotRecorded where that fails: then show nothing."""
    context = CallContext(Deadline(settings.ERC_DEADLINE_SECONDS), correlation_id)
    started = time.monotonic()
    try:
        lookup = Lookup(list_order_items(query, context, state=state, freshness=freshness, pages=pages))
    except ErcError as error:
        lookup = Lookup(error=error)
    listing = lookup.listing
    access = Access(
        customer_id=query.customer_id,
        order_id=query.order_id,
        page=page_number(query, state),
        outcome=lookup.error.kind if lookup.error else "ok",
        items=len(listing.items) if listing else None,
        source=_source(listing, freshness),
        duration_ms=(time.monotonic() - started) * 1000,
    )
    access_log.record(viewer, access, correlation_id)
    return lookup


def list_order_items(
    query: ItemsQuery,
    context: CallContext,
    *,
    state: str,
    freshness: Freshness = Freshness.CACHED,
    pages: int = 1,
) -> Listing:
    """List `pages` pages of an order's items; `state` is the token of the list so far, empty for the first page.

    It skips empty pages, unless the cache is bypassed: then it gives one page as it is. Later pages that fail or
    take too long are left for “load more”. Raises the errors of `orders.erc.errors`.
    """
    now = rules()
    listings: list[Listing] = []
    while True:
        try:
            fetched = item_pages().get(query, context, freshness=freshness)
        except ErcError:
            if not listings:
                raise
            return merge_pages(listings, is_cut_short=True)
        listing = continue_list(
            query, fetched, state=state, needs_attention=lambda item: bool(concerns(item, now))
        )
        listings.append(listing)
        if freshness is Freshness.LIVE or not _goes_on(listings, pages):
            return merge_pages(listings)
        if context.deadline.has_passed:
            return merge_pages(listings, is_cut_short=True)
        query, state = msgspec.structs.replace(query, cursor=listing.page.next_cursor), listing.next_state


def _goes_on(gathered: Sequence[Listing], pages: int) -> bool:
    """Whether to fetch one more page: up to the requested number, and past empty ones."""
    if gathered[-1].end is not End.MORE:
        return False
    if all(listing.brings_nothing for listing in gathered):
        return len(gathered) < max(pages, _MAX_EMPTY_PAGES)
    return len(gathered) < pages and sum(len(listing.items) for listing in gathered) < MAX_AT_ONCE


def _source(listing: Listing | None, freshness: Freshness) -> str:
    if freshness is Freshness.LIVE:
        return Source.LIVE
    if listing is None:
        return ""
    if listing.stale_because:
        return Source.STALE
    return Source.CACHED if listing.is_cached else Source.LIVE
