"""Gets pages of an order's items: from the cache while they are fresh, else from the API.

The cache stores a page for longer than it is fresh, to replace one where the API fails. Agents who want the same
page at the same time share one request.
"""

from __future__ import annotations

import enum
import functools
import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec
from django.conf import settings
from django.core.cache import cache

from orders.audit.redaction import redact
from orders.erc import CallContext, ErcClient
from orders.erc.deadline import Deadline
from orders.erc.decode import decode_items_page
from orders.erc.errors import ErcError, InvalidResponse, NotFound, RateLimited, TimedOut, Unavailable
from orders.erc.query import ItemsQuery
from orders.erc.schema import FetchedPage
from orders.erc.single_flight import SingleFlight
from orders.erc.store import Store
from orders.lookup.bulkhead import bulkhead
from orders.lookup.connection import erc_client

logger = logging.getLogger(__name__)

# A few hundred larger responses, which are rare, would fill the shared cache.
_MAX_CACHED_BYTES = 1_000_000
_MAX_CLOCK_DIFFERENCE = timedelta(seconds=5)
_MAX_CODE = 200


class Freshness(enum.Enum):
    """What a look-up accepts: a fresh cached page, a new page or else a cached one, or a new page alone."""

    CACHED = "cached"
    NEW = "new"
    LIVE = "live"


class _CachedBody(NamedTuple):
    body: bytes
    as_of: datetime

    def is_younger_than(self, seconds: float) -> bool:
        """Whether the API sent it within the last `seconds`.

        False for a time far in the future: a clock has been set back since, so the age is unknown.
        """
        age = datetime.now(UTC) - self.as_of
        return -_MAX_CLOCK_DIFFERENCE < age < timedelta(seconds=seconds)


class ItemPages:
    """The pages of one client; `connection` names everything that they depend on besides the query."""

    def __init__(self, client: ErcClient, store: Store, *, connection: Sequence[str]) -> None:
        self._client = client
        self._store = store
        self._connection = list(connection)
        # An agent who reloads a hanging order then holds three threads of a process, not all.
        self._flights: SingleFlight[FetchedPage] = SingleFlight(patience=1.0, places=2)

    def get(
        self, query: ItemsQuery, context: CallContext, *, freshness: Freshness = Freshness.CACHED
    ) -> FetchedPage:
        """Get a page, or an older one where the API fails. Raises the errors of `orders.erc.errors`."""
        key, deadline = self.key(query), context.deadline
        cached = self._read(key) if settings.PAGE_CACHE and freshness is not Freshness.LIVE else None
        if freshness is Freshness.CACHED and (
            found := _decode(cached, settings.PAGE_CACHE_FRESH_SECONDS, deadline)
        ):
            return found
        try:
            with _place(context):
                if freshness is Freshness.LIVE:
                    return self._fetch(query, key, context)
                fetch = functools.partial(self._fetch, query, key, context)
                return self._flights.run(key, fetch, deadline.remaining())
        except ErcError as error:
            _log_failure(error, context)
            if cached and isinstance(error, NotFound):
                self._store.delete(key)
            if isinstance(error, Unavailable | InvalidResponse | RateLimited) and (
                found := _decode(cached, settings.PAGE_CACHE_STALE_SECONDS, deadline)
            ):
                return found._replace(stale_because=error)
            raise

    def key(self, query: ItemsQuery) -> str:
        """Digest a query into its page's cache key, which reveals no ids."""
        parts = [*self._connection, query.customer_id, query.order_id, query.parameters()]
        return "items:" + hashlib.sha256(msgspec.json.encode(parts)).hexdigest()

    def _fetch(self, query: ItemsQuery, key: str, context: CallContext) -> FetchedPage:
        fetched = self._client.list_order_items(query, context)
        if settings.PAGE_CACHE and len(fetched.body) <= _MAX_CACHED_BYTES:
            seconds = max(settings.PAGE_CACHE_FRESH_SECONDS, settings.PAGE_CACHE_STALE_SECONDS)
            self._store.set(key, (fetched.as_of.timestamp(), fetched.body), seconds)
        return fetched

    def _read(self, key: str) -> _CachedBody | None:
        """Read the cached body, however old; None where there is none, or garbage."""
        try:
            as_of, body = self._store.get(key)
            return _CachedBody(bytes(memoryview(body)), datetime.fromtimestamp(as_of, UTC))
        except (TypeError, ValueError, OverflowError, OSError):
            return None


@functools.cache
def item_pages() -> ItemPages:
    """Give the process's pages, made from the settings."""
    connection = (settings.ERC_API_BASE_URL, settings.ERC_ITEMS_PATH, settings.ERC_CLIENT_ID)
    return ItemPages(erc_client(), cache, connection=connection)


@contextmanager
def _place(context: CallContext) -> Iterator[None]:
    """Hold a place of the bulkhead, also to wait for another agent's request: that holds a thread, too."""
    with bulkhead().place(context.correlation_id):
        try:
            yield
        except TimeoutError as error:
            raise TimedOut(
                "no answer in time to a request shared with others", correlation_id=context.correlation_id
            ) from error


def _decode(cached: _CachedBody | None, seconds: float, deadline: Deadline) -> FetchedPage | None:
    """Decode the cached page if it is young enough; None otherwise, and where it is unreadable."""
    if cached is None or not cached.is_younger_than(seconds):
        return None
    try:
        page = decode_items_page(cached.body, is_checked=True, deadline=deadline)
    except InvalidResponse:
        return None
    return FetchedPage(page, cached.body, cached.as_of, is_cached=True)


def _log_failure(error: ErcError, context: CallContext) -> None:
    logger.warning(
        "look-up failed",
        extra={
            "kind": error.kind,
            "reason": str(error),
            "status": error.status,
            "upstream_code": redact(error.code)[:_MAX_CODE],
            "correlation_id": context.correlation_id,
            # Another look-up's id when single-flight shared its request.
            "upstream_correlation_id": error.correlation_id,
        },
    )
