"""The look-up: lists an order's items for a viewer, and records the access."""

from __future__ import annotations

import time
from functools import partial
from typing import NamedTuple

from django.conf import settings

from orders.audit import access_log
from orders.audit.access_log import Access, Viewer
from orders.erc import CallContext
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError
from orders.erc.paths import EndpointName
from orders.erc.query import ItemsQuery
from orders.lookup.attention import rules
from orders.lookup.beside_pages import ask_ahead, read_ahead
from orders.lookup.cached_pages import CachedPages, Freshness, cached_pages
from orders.lookup.gathering import gather, source_of
from orders.lookup.listing import Listing, continue_list, merge_pages
from orders.lookup.order_header import Header, HeaderCalls, header_queries
from orders.lookup.paging import page_number


class Lookup(NamedTuple):
    """The result of a look-up: a listing with the order's head, which later pages do not have, or an error.

    `lacking` are the endpoints that the account lacks, as far as is known now.
    """

    listing: Listing | None = None
    error: ErcError | None = None
    header: Header | None = None
    lacking: frozenset[EndpointName] = frozenset()


def look_up(
    query: ItemsQuery,
    viewer: Viewer,
    correlation_id: str,
    *,
    state: str,
    freshness: Freshness = Freshness.CACHED,
    is_quiet: bool = False,
    pages: int = 1,
    has_header: bool = True,
) -> Lookup:
    """List an order's items and record the access. Raises NotRecorded where that fails: then show nothing.

    The first page comes with the order's head if it `has_header`, whose failure is no failure of the look-up. A
    page that asks by itself (`is_quiet`) wants to know of deliveries; for their sake alone no head is asked for
    anew.
    """
    context = CallContext(Deadline(settings.ERC_DEADLINE_SECONDS), correlation_id)
    started = time.monotonic()
    of_header = Freshness.CACHED if is_quiet else freshness
    calls = HeaderCalls(query, context, of_header) if has_header and query.cursor is None else None
    cached = calls.pages if calls else read_ahead((query,), ())
    try:
        listing = list_order_items(query, context, cached, state=state, freshness=freshness, pages=pages)
        lookup = Lookup(listing, header=calls.collect() if calls else None)
    except ErcError as error:
        lookup = Lookup(error=error)
    access = Access(
        customer_id=query.customer_id,
        order_id=query.order_id,
        page=page_number(query, state),
        outcome=lookup.error.kind if lookup.error else "ok",
        items=len(lookup.listing.items) if lookup.listing else None,
        source=source_of(lookup.listing, freshness),
        duration_ms=(time.monotonic() - started) * 1000,
    )
    access_log.record(viewer, access, correlation_id)
    return lookup._replace(lacking=cached.missing.names())


def look_up_ahead(query: ItemsQuery, correlation_id: str) -> None:
    """Start the calls of a look-up that comes in a moment. Nothing is shown, so no access is recorded."""
    ask_ahead((query, *header_queries(query)), correlation_id)


def list_order_items(
    query: ItemsQuery,
    context: CallContext,
    cached: CachedPages | None = None,
    *,
    state: str,
    freshness: Freshness = Freshness.CACHED,
    pages: int = 1,
) -> Listing:
    """List `pages` pages of an order's items; `state` is the token of the list so far, empty for the first page.

    Raises the errors of `orders.erc.errors`.
    """
    continue_by = partial(continue_list, rules=rules())
    listings, is_cut_short = gather(
        query, context, cached or cached_pages(), continue_by, state=state, freshness=freshness, pages=pages
    )
    return merge_pages(listings, is_cut_short=is_cut_short)
