"""Gets pages: from the cache while they are fresh, else from the API.

The cache stores a page for longer than it is fresh, to replace one where the API fails. Agents who want the same
page at the same time share one request.
"""

from __future__ import annotations

import enum
import functools
import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

import msgspec
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from orders.audit.redaction import redact
from orders.erc import CallContext, ErcClient
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, InvalidResponse, NotFound, RateLimited, TimedOut, Unavailable
from orders.erc.fetched import Fetched
from orders.erc.query import Query
from orders.erc.single_flight import SingleFlight
from orders.erc.store import Store, is_ahead
from orders.lookup.bulkhead import Bulkhead, bulkhead
from orders.lookup.connection import erc_client
from orders.lookup.features import MissingFeatures
from orders.lookup.read_ahead import ReadAhead

logger = logging.getLogger(__name__)

Page = TypeVar("Page")

# A few hundred larger responses, which are rare, would fill the shared cache.
_MAX_CACHED_BYTES = 1_000_000
# A start page reads several, of which it shows little.
_MAX_SEEN_BYTES = 100_000
_MAX_CLOCK_DIFFERENCE = timedelta(seconds=5)
_MAX_CODE = 200
# Whoever wants a page that another process gets ahead waits no longer for it: that process may have hung.
_AHEAD_SECONDS = 1.0
# So short that no agent notices; each look is a request to the shared cache.
_POLL_SECONDS = 0.015


class Freshness(enum.Enum):
    """What a look-up accepts: a fresh cached page, a new page or else a cached one, or a new page alone."""

    CACHED = "cached"
    NEW = "new"
    LIVE = "live"


class _CachedBody(NamedTuple):
    body: bytes
    as_of: datetime

    @classmethod
    def read(cls, stored: Any) -> _CachedBody | None:
        """Read a stored value, however old; None for none, and for garbage."""
        try:
            as_of, body = stored
            return cls(bytes(memoryview(body)), datetime.fromtimestamp(as_of, UTC))
        except (TypeError, ValueError, OverflowError, OSError):
            return None

    def is_younger_than(self, seconds: float) -> bool:
        """Whether the API sent it within the last `seconds`.

        False for a time far in the future: a clock has been set back since, so the age is unknown.
        """
        age = datetime.now(UTC) - self.as_of
        return -_MAX_CLOCK_DIFFERENCE < age < timedelta(seconds=seconds)


class CachedPages:
    """The pages of one client; `connection` names everything that they depend on besides the query.

    `flights` are the requests that are under way, and `shared` is the store as it is now, where `store` is only
    what one look-up has read of it.
    """

    def __init__(
        self,
        client: ErcClient,
        store: Store,
        *,
        connection: Sequence[str],
        flights: SingleFlight[Fetched[Any]] | None = None,
        shared: Store | None = None,
    ) -> None:
        self._client = client
        self.store = store
        self._shared = shared or store
        self._connection = list(connection)
        # An agent who reloads a hanging order then holds three threads of a process, not all.
        self._flights = flights or SingleFlight(patience=1.0, places=2)
        self.missing = MissingFeatures(store, client_id=connection[-1])

    def read_ahead(self, queries: Sequence[Query[Any]], *keys: str) -> CachedPages:
        """Give the pages as one look-up sees them: what is stored of its queries, and of `keys`, is read now."""
        pages = [self.key(query) for query in queries] if settings.PAGE_CACHE else []
        marks = [_ahead_mark(key) for key in pages]
        store = ReadAhead(self._shared, [*self.missing.keys, *pages, *marks, *keys])
        return CachedPages(
            self._client, store, connection=self._connection, flights=self._flights, shared=self._shared
        )

    def get(
        self,
        query: Query[Page],
        context: CallContext,
        *,
        freshness: Freshness = Freshness.CACHED,
        places: Bulkhead | None = None,
    ) -> Fetched[Page]:
        """Get a page, or an older one where the API fails. Raises the errors of `orders.erc.errors`.

        Raises NotOffered, without a request, for an endpoint that the account lacks; who wants a new page alone
        asks the API even so. Whoever waits takes one of `places`, by default a look-up's.
        """
        if freshness is not Freshness.LIVE:
            self.missing.require(query.endpoint, context.correlation_id)
        key, deadline = self.key(query), context.deadline
        cached = None if freshness is Freshness.LIVE else self._stored(key)
        if freshness is Freshness.CACHED and (found := _decode_fresh(query, cached, deadline)):
            return found
        try:
            with _place(places or bulkhead(), context):
                if freshness is Freshness.LIVE:
                    return self._fetch(query, key, context)
                if freshness is Freshness.CACHED and (found := self._wait_for(query, key, deadline)):
                    return found
                fetch = functools.partial(self._fetch, query, key, context)
                return self._flights.run(key, fetch, deadline.remaining())
        except ErcError as error:
            _log_failure(error, query, context)
            self.missing.note(query.endpoint, error)
            if cached and isinstance(error, NotFound):
                self.store.delete(key)
            if isinstance(error, Unavailable | InvalidResponse | RateLimited) and (
                found := _decode(query, cached, settings.PAGE_CACHE_STALE_SECONDS, deadline)
            ):
                return found._replace(stale_because=error)
            raise

    @contextmanager
    def announce(self, query: Query[Page]) -> Iterator[None]:
        """Let those who want this page, in whichever process, wait a moment while it is got within the block."""
        mark = _ahead_mark(self.key(query))
        self._shared.set(mark, time.time() + _AHEAD_SECONDS, _AHEAD_SECONDS)
        try:
            yield
        finally:
            self._shared.delete(mark)

    def fresh(self, query: Query[Page], context: CallContext) -> Fetched[Page] | None:
        """Give a page that is cached and fresh; None where the API has to be asked for it."""
        return _decode_fresh(query, self._stored(self.key(query)), context.deadline)

    def keep(self, query: Query[Page], fetched: Fetched[Page]) -> None:
        """Cache a page also for a query that it answers as well as the one that it was fetched for."""
        self._keep(self.key(query), fetched)

    def seen(self, look_ups: Sequence[tuple[Query[Page], datetime]]) -> list[Page | None]:
        """Give each cached page that was there at its time already, without a request; None where there is none.

        A page of later has news that whoever looked at that time has not seen.
        """
        if not settings.PAGE_CACHE or not look_ups:
            return [None] * len(look_ups)
        keys = [self.key(query) for query, _ in look_ups]
        stored = self.store.get_many(keys)
        deadline = Deadline(settings.ERC_DEADLINE_SECONDS)
        pages: list[Page | None] = []
        for key, (query, at) in zip(keys, look_ups, strict=True):
            cached = _CachedBody.read(stored.get(key))
            is_seen = cached is not None and cached.as_of <= at and len(cached.body) <= _MAX_SEEN_BYTES
            found = _decode(query, cached, _stored_seconds(), deadline) if is_seen else None
            pages.append(found.page if found else None)
        return pages

    def key(self, query: Query[Page]) -> str:
        """Digest a query into its page's cache key, which reveals neither ids nor what a caller said.

        The digest is keyed, because whoever reads the cache could try all e-mail addresses and numbers.
        """
        parts = msgspec.json.encode([self._connection, query.path_ids(), query.parameters()])
        return f"{query.endpoint}:{salted_hmac('orders.cached_pages', parts, algorithm='sha256').hexdigest()}"

    def _stored(self, key: str) -> _CachedBody | None:
        return _CachedBody.read(self.store.get(key)) if settings.PAGE_CACHE else None

    def _wait_for(self, query: Query[Page], key: str, deadline: Deadline) -> Fetched[Page] | None:
        """Give the page that is being got ahead; None where it is not, or does not come in a moment."""
        mark = _ahead_mark(key)
        if not settings.PAGE_CACHE or not is_ahead(self.store.get(mark), _AHEAD_SECONDS):
            return None
        while is_ahead(self._shared.get(mark), _AHEAD_SECONDS) and deadline.remaining() > _POLL_SECONDS:
            time.sleep(_POLL_SECONDS)
        return _decode_fresh(query, _CachedBody.read(self._shared.get(key)), deadline)

    def _fetch(self, query: Query[Page], key: str, context: CallContext) -> Fetched[Page]:
        fetched = self._client.get(query, context)
        self._keep(key, fetched)
        return fetched

    def _keep(self, key: str, fetched: Fetched[Any]) -> None:
        if settings.PAGE_CACHE and len(fetched.body) <= _MAX_CACHED_BYTES:
            self.store.set(key, (fetched.as_of.timestamp(), fetched.body), _stored_seconds())


@functools.cache
def cached_pages() -> CachedPages:
    """Give the process's pages, made from the settings."""
    paths = msgspec.json.encode(settings.ERC_PATHS).decode()
    connection = (settings.ERC_API_BASE_URL, paths, settings.ERC_CLIENT_ID)
    return CachedPages(erc_client(), cache, connection=connection)


@contextmanager
def _place(places: Bulkhead, context: CallContext) -> Iterator[None]:
    """Hold a place of the bulkhead, also to wait for another agent's request: that holds a thread, too."""
    with places.place(context.correlation_id):
        try:
            yield
        except TimeoutError as error:
            raise TimedOut(
                "no answer in time to a request shared with others", correlation_id=context.correlation_id
            ) from error


def _ahead_mark(key: str) -> str:
    return f"ahead:{key}"


def _stored_seconds() -> float:
    return float(max(settings.PAGE_CACHE_FRESH_SECONDS, settings.PAGE_CACHE_STALE_SECONDS))


def _decode_fresh(query: Query[Page], cached: _CachedBody | None, deadline: Deadline) -> Fetched[Page] | None:
    return _decode(query, cached, settings.PAGE_CACHE_FRESH_SECONDS, deadline)


def _decode(
    query: Query[Page], cached: _CachedBody | None, seconds: float, deadline: Deadline
) -> Fetched[Page] | None:
    """Decode the cached page if it is young enough; None otherwise, and where it is unreadable."""
    if cached is None or not cached.is_younger_than(seconds):
        return None
    try:
        page = query.decode(cached.body, is_checked=True, deadline=deadline)
    except InvalidResponse:
        return None
    return Fetched(page, cached.body, cached.as_of, is_cached=True)


def _log_failure(error: ErcError, query: Query[Page], context: CallContext) -> None:
    logger.warning(
        "look-up failed",
        extra={
            "endpoint": query.endpoint,
            "kind": error.kind,
            "reason": str(error),
            "status": error.status,
            "upstream_code": redact(error.code)[:_MAX_CODE],
            "correlation_id": context.correlation_id,
            # Another look-up's id when single-flight shared its request.
            "upstream_correlation_id": error.correlation_id,
        },
    )
