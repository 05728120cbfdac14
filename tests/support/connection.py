"""The portal's connection to the API, as tests need it."""

from __future__ import annotations

from django.conf import settings

from orders.erc import CallContext
from orders.erc.deadline import Deadline
from orders.erc.query import ItemsQuery
from orders.lookup import service
from orders.lookup.cached_pages import Freshness, cached_pages
from orders.lookup.connection import erc_client
from orders.lookup.listing import Listing


def forget_connection() -> None:
    """Go on like a process that has just started: what it knew of the API by itself is gone."""
    erc_client.cache_clear()
    cached_pages.cache_clear()


def list_items(
    query: ItemsQuery,
    *,
    state: str = "",
    correlation_id: str = "correlation-1",
    freshness: Freshness = Freshness.CACHED,
    pages: int = 1,
) -> Listing:
    """A listing as a look-up makes it, without a viewer."""
    context = CallContext(Deadline(settings.ERC_DEADLINE_SECONDS), correlation_id)
    return service.list_order_items(query, context, state=state, freshness=freshness, pages=pages)
