"""Use-cases: what a viewer may ask for, answered from the cache or the ERC API."""

from __future__ import annotations

import functools
import logging
import math
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec
from django.conf import settings
from django.core.cache import cache

from orders.audit import exchange_log
from orders.audit.redaction import redact
from orders.erc.auth import BasicAuthentication, ClientAuthentication, PrivateKeyJwtAuthentication, TokenSource
from orders.erc.breaker import Breaker
from orders.erc.client import ErcClient
from orders.erc.deadline import Deadline
from orders.erc.decode import decode_items_page
from orders.erc.endpoint import Endpoint
from orders.erc.errors import ErcError, InvalidResponse, NotFound, RateLimited, TimedOut, Unavailable
from orders.erc.exchange import Exchange
from orders.erc.query import ItemsQuery
from orders.erc.retries import RetryBudget
from orders.erc.schema import Item, ItemsPage
from orders.erc.single_flight import SingleFlight
from orders.erc.transport import Limits, Transport
from orders.lookup.attention import concerns
from orders.lookup.attention_rules import rules
from orders.lookup.bulkhead import bulkhead
from orders.lookup.item_pages import CachedPage, PageCache
from orders.lookup.listing import End, Listing, continue_list, merge_pages

logger = logging.getLogger(__name__)

MAX_AT_ONCE = 500
"""No look-up that asks for several pages goes on beyond this many items."""

# A list of more empty pages than these goes on when the agent asks for more.
_MAX_EMPTY_PAGES = 10
_MAX_CODE = 200

TOKEN_ROUTE = "/oauth/token"  # noqa: S105 - a path


class FetchedPage(NamedTuple):
    """A page of items, when the API gave it, whether it was kept, and why it is an old one (None if it is not)."""

    page: ItemsPage
    as_of: datetime
    is_cached: bool = False
    stale_because: ErcError | None = None


def client_authentication() -> ClientAuthentication:
    """How the portal proves itself, from the settings. Raises ValueError for an unusable private key."""
    if settings.ERC_PRIVATE_KEY:
        return PrivateKeyJwtAuthentication(settings.ERC_CLIENT_ID, settings.ERC_KEY_ID, settings.ERC_PRIVATE_KEY)
    return BasicAuthentication(settings.ERC_CLIENT_ID, settings.ERC_CLIENT_SECRET)


@functools.cache
def erc_client() -> ErcClient:
    """The process's client of the ERC API, from the settings. Raises ValueError for an unusable private key."""
    transport = Transport(
        Limits(
            connect_timeout=settings.ERC_CONNECT_TIMEOUT_SECONDS,
            read_timeout=settings.ERC_DEADLINE_SECONDS,
            max_body_bytes=settings.ERC_MAX_BODY_BYTES,
        )
    )
    budget = RetryBudget()

    def endpoint(route: str) -> Endpoint:
        breaker = Breaker(
            failures=settings.ERC_BREAKER_FAILURES,
            probe_seconds=settings.ERC_BREAKER_PROBE_SECONDS,
            slow_seconds=settings.ERC_BREAKER_SLOW_SECONDS or math.inf,
            store=cache,
            name=route,
        )
        return Endpoint(
            route=route,
            transport=transport,
            breaker=breaker,
            budget=budget,
            store=cache,
            observe=exchange_log.observe,
        )

    tokens = TokenSource(
        token_url=settings.ERC_TOKEN_URL,
        client=client_authentication(),
        endpoint=endpoint(TOKEN_ROUTE),
        cache=cache,
    )
    return ErcClient(
        base_url=settings.ERC_API_BASE_URL,
        items_path=settings.ERC_ITEMS_PATH,
        endpoint=endpoint(settings.ERC_ITEMS_PATH),
        tokens=tokens,
    )


@functools.cache
def page_cache() -> PageCache:
    """The process's way to the kept answers, from the settings."""
    return PageCache(
        cache,
        connection=(settings.ERC_API_BASE_URL, settings.ERC_ITEMS_PATH, settings.ERC_CLIENT_ID),
        keep_seconds=max(settings.PAGE_CACHE_FRESH_SECONDS, settings.PAGE_CACHE_STALE_SECONDS),
    )


# An order that hangs, reloaded by one agent, holds three threads of a process and not all of them.
_flights: SingleFlight[FetchedPage] = SingleFlight(patience=1.0, places=2)


def list_order_items(
    query: ItemsQuery, *, state: str, correlation_id: str, refresh: bool = False, pages: int = 1
) -> Listing:
    """A page of an order's items, or `pages` of them in a row, for a viewer who came by `state`.

    The state is empty for the first page. `refresh` asks the API even where a fresh answer is kept. Empty pages
    are passed over, and pages after the first that fail or take too long are left for “load more”. Raises the
    errors of `orders.erc.errors`.
    """
    deadline = Deadline(settings.ERC_DEADLINE_SECONDS)
    listing = _list_page(query, state, correlation_id, deadline, refresh=refresh)
    gathered = [listing]
    while _goes_on(gathered, pages):
        if deadline.passed:
            return merge_pages(gathered, is_cut_short=True)
        following = msgspec.structs.replace(query, cursor=listing.page.next_cursor)
        try:
            listing = _list_page(following, listing.next_state, correlation_id, deadline, refresh=refresh)
        except ErcError:
            return merge_pages(gathered, is_cut_short=True)
        gathered.append(listing)
    return merge_pages(gathered)


def _goes_on(gathered: Sequence[Listing], pages: int) -> bool:
    """Whether one more page is wanted: up to the number asked for, and past empty ones to one with something."""
    if gathered[-1].end is not End.MORE:
        return False
    if all(listing.brings_nothing for listing in gathered):
        return len(gathered) < max(pages, _MAX_EMPTY_PAGES)
    return len(gathered) < pages and sum(len(listing.items) for listing in gathered) < MAX_AT_ONCE


def _list_page(
    query: ItemsQuery, state: str, correlation_id: str, deadline: Deadline, *, refresh: bool
) -> Listing:
    found = _find(query, correlation_id, deadline, refresh=refresh)
    return continue_list(
        query,
        found.page,
        state=state,
        as_of=found.as_of,
        is_cached=found.is_cached,
        stale_because=found.stale_because,
        needs_attention=_attention(),
    )


def _attention() -> Callable[[Item], bool]:
    now = rules()
    return lambda item: bool(concerns(item, now))


class Inspection(NamedTuple):
    """What one look-up led to, for an engineer: every exchange, then the listing or the error."""

    exchanges: tuple[Exchange, ...]
    listing: Listing | None
    error: ErcError | None


def inspect_order_items(query: ItemsQuery, *, state: str, correlation_id: str) -> Inspection:
    """Ask the API past all kept answers, and keep what passed."""
    with exchange_log.collect() as exchanges:
        try:
            with bulkhead().place(correlation_id):
                found = _fetch(query, Deadline(settings.ERC_DEADLINE_SECONDS), correlation_id)
        except ErcError as error:
            _log_failure(error, correlation_id)
            return Inspection(tuple(exchanges), None, error)
    listing = continue_list(query, found.page, state=state, as_of=found.as_of, needs_attention=_attention())
    return Inspection(tuple(exchanges), listing, None)


def _find(query: ItemsQuery, correlation_id: str, deadline: Deadline, *, refresh: bool) -> FetchedPage:
    kept = page_cache().get(query) if settings.PAGE_CACHE else None
    if not refresh and (found := _decode_cached(kept, settings.PAGE_CACHE_FRESH_SECONDS, deadline)):
        return found
    try:
        # Around the wait for somebody else's request, too: it holds a thread just as long.
        with bulkhead().place(correlation_id):
            return _shared_with_others(query, correlation_id, deadline)
    except (Unavailable, InvalidResponse, RateLimited) as error:
        _log_failure(error, correlation_id)
        if found := _decode_cached(kept, settings.PAGE_CACHE_STALE_SECONDS, deadline):
            return found._replace(stale_because=error)
        raise
    except ErcError as error:
        _log_failure(error, correlation_id)
        if kept and isinstance(error, NotFound):
            page_cache().drop(query)
        raise


def _decode_cached(kept: CachedPage | None, seconds: float, deadline: Deadline) -> FetchedPage | None:
    """What is kept, if it is no older than this; None as well where it can no longer be read."""
    if kept is None or not kept.is_younger_than(seconds):
        return None
    try:
        page = decode_items_page(kept.body, is_checked=True, deadline=deadline)
    except InvalidResponse:
        return None
    return FetchedPage(page, kept.as_of, is_cached=True)


def _shared_with_others(query: ItemsQuery, correlation_id: str, deadline: Deadline) -> FetchedPage:
    """Ask the API; whoever asks for the same page meanwhile gets the same answer."""
    try:
        return _flights.run(
            page_cache().key(query), lambda: _fetch(query, deadline, correlation_id), deadline.remaining()
        )
    except TimeoutError as error:
        raise TimedOut(
            "no answer in time to a request shared with others", correlation_id=correlation_id
        ) from error


def _fetch(query: ItemsQuery, deadline: Deadline, correlation_id: str) -> FetchedPage:
    answer = erc_client().list_order_items(query, deadline=deadline, correlation_id=correlation_id)
    now = datetime.now(UTC)
    if settings.PAGE_CACHE:
        page_cache().put(query, CachedPage(answer.body, now))
    return FetchedPage(answer.page, now)


def _log_failure(error: ErcError, correlation_id: str) -> None:
    logger.warning(
        "look-up failed",
        extra={
            "kind": error.kind,
            "reason": str(error),
            "status": error.status,
            "upstream_code": redact(error.code)[:_MAX_CODE],
            "correlation_id": correlation_id,
            # Differs where the request was shared with that of another agent.
            "upstream_correlation_id": error.correlation_id,
        },
    )
