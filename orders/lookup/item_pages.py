"""Pages of an order's items: from the cache while they are fresh, else from the API.

A page stays in the cache for longer than it is fresh, to stand in where the API fails. Agents who ask for the same
page at the same moment share one request.
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

# Larger responses are rare, and a few hundred of them would fill the memory that all agents share.
_MAX_CACHED_BYTES = 1_000_000
_MAX_CLOCK_DIFFERENCE = timedelta(seconds=5)
_MAX_CODE = 200


class Freshness(enum.Enum):
    """What a look-up wants: a fresh cached page, a new one with a cached one to fall back on, or the API alone."""

    CACHED = "cached"
    NEW = "new"
    LIVE = "live"


class _CachedBody(NamedTuple):
    body: bytes
    as_of: datetime

    def is_younger_than(self, seconds: float) -> bool:
        """Whether the API sent it within the last `seconds`.

        It did not where the time is yet to come: a clock was put back since, and nobody knows how old the body
        is. Machines whose clocks differ a little do not count as that.
        """
        age = datetime.now(UTC) - self.as_of
        return -_MAX_CLOCK_DIFFERENCE < age < timedelta(seconds=seconds)


class ItemPages:
    """The pages that one client fetches; `connection` names whatever they depend on beside the query."""

    def __init__(self, client: ErcClient, store: Store, *, connection: Sequence[str]) -> None:
        self._client = client
        self._store = store
        self._connection = list(connection)
        # An order that hangs, reloaded by one agent, holds three threads of a process and not all of them.
        self._flights: SingleFlight[FetchedPage] = SingleFlight(patience=1.0, places=2)

    def get(
        self, query: ItemsQuery, context: CallContext, *, freshness: Freshness = Freshness.CACHED
    ) -> FetchedPage:
        """A page; an older one where the API fails and the cache has one. Raises the errors of `erc.errors`."""
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
        """The key of a query's page in the cache; it tells nothing of the ids in it."""
        parts = [*self._connection, query.customer_id, query.order_id, query.parameters()]
        return "items:" + hashlib.sha256(msgspec.json.encode(parts)).hexdigest()

    def _fetch(self, query: ItemsQuery, key: str, context: CallContext) -> FetchedPage:
        fetched = self._client.list_order_items(query, context)
        if settings.PAGE_CACHE and len(fetched.body) <= _MAX_CACHED_BYTES:
            seconds = max(settings.PAGE_CACHE_FRESH_SECONDS, settings.PAGE_CACHE_STALE_SECONDS)
            self._store.set(key, (fetched.as_of.timestamp(), fetched.body), seconds)
        return fetched

    def _read(self, key: str) -> _CachedBody | None:
        """What is cached, however old; None where nothing is, or something else in its place."""
        try:
            as_of, body = self._store.get(key)
            return _CachedBody(bytes(memoryview(body)), datetime.fromtimestamp(as_of, UTC))
        except (TypeError, ValueError, OverflowError, OSError):
            return None


@functools.cache
def item_pages() -> ItemPages:
    """The process's, from the settings."""
    connection = (settings.ERC_API_BASE_URL, settings.ERC_ITEMS_PATH, settings.ERC_CLIENT_ID)
    return ItemPages(erc_client(), cache, connection=connection)


@contextmanager
def _place(context: CallContext) -> Iterator[None]:
    """A place to wait for the API from; also while another's request is waited for: that holds a thread, too."""
    with bulkhead().place(context.correlation_id):
        try:
            yield
        except TimeoutError as error:
            raise TimedOut(
                "no answer in time to a request shared with others", correlation_id=context.correlation_id
            ) from error


def _decode(cached: _CachedBody | None, seconds: float, deadline: Deadline) -> FetchedPage | None:
    """The cached page, if it is no older than this; None as well where it can no longer be read."""
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
            # Not ours when single-flight shared another look-up's request.
            "upstream_correlation_id": error.correlation_id,
        },
    )
