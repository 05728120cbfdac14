"""Gets one or several pages of a list, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

import msgspec

from orders.erc import CallContext
from orders.erc.errors import ErcError
from orders.erc.query import Query
from orders.lookup.cached_pages import CachedPages, Freshness
from orders.lookup.paging import Continuation, End, ListPage
from orders.models import Source

MAX_AT_ONCE = 500
"""Several pages at once end after this many entries."""

# After so many empty pages in a row, the agent has to ask for more.
_MAX_EMPTY_PAGES = 10


class _Listing(Protocol):
    """What the listings of all lists have."""

    @property
    def page(self) -> ListPage: ...

    @property
    def end(self) -> End: ...

    @property
    def next_state(self) -> str: ...

    @property
    def count(self) -> int: ...

    @property
    def brings_nothing(self) -> bool: ...


AnyQuery = TypeVar("AnyQuery", bound=Query[Any])
AnyListing = TypeVar("AnyListing", bound=_Listing)


def gather(
    query: AnyQuery,
    context: CallContext,
    cached: CachedPages,
    continue_by: Callable[..., AnyListing],
    *,
    state: str,
    freshness: Freshness = Freshness.CACHED,
    pages: int = 1,
) -> tuple[list[AnyListing], bool]:
    """Get `pages` pages of a list through `cached`; `state` is the token of the list so far, empty for the first.

    `continue_by(query, fetched, state=…)` continues the list by a page. Empty pages are skipped, unless the cache
    is bypassed: then it gives one page as it is. Later pages that fail or take too long are left for “load more”;
    the second result says that there are such. Raises the errors of `orders.erc.errors`.
    """
    listings: list[AnyListing] = []
    while True:
        try:
            fetched = cached.get(query, context, freshness=freshness)
        except ErcError:
            if not listings:
                raise
            return listings, True
        listing = continue_by(query, fetched, state=state)
        listings.append(listing)
        if freshness is Freshness.LIVE or not _goes_on(listings, pages):
            return listings, False
        if context.deadline.has_passed:
            return listings, True
        query, state = msgspec.structs.replace(query, cursor=listing.page.next_cursor), listing.next_state


def source_of(listing: Continuation | None, freshness: Freshness) -> str:
    """Say for the access log where a listing came from; empty without one."""
    if freshness is Freshness.LIVE:
        return Source.LIVE
    if listing is None:
        return ""
    if listing.stale_because:
        return Source.STALE
    return Source.CACHED if listing.is_cached else Source.LIVE


def _goes_on(gathered: Sequence[_Listing], pages: int) -> bool:
    """Whether to fetch one more page: up to the requested number, and past empty ones."""
    if gathered[-1].end is not End.MORE:
        return False
    if all(listing.brings_nothing for listing in gathered):
        return len(gathered) < max(pages, _MAX_EMPTY_PAGES)
    return len(gathered) < pages and sum(listing.count for listing in gathered) < MAX_AT_ONCE
