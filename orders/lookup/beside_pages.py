"""Gets pages of the API beside a look-up, which goes on without those that do not come."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar

from django.conf import settings

from orders.erc import CallContext
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, NotAllowed, NotFound
from orders.erc.fetched import Fetched
from orders.erc.query import Query
from orders.lookup.beside import Beside, Call, Done
from orders.lookup.bulkhead import beside_bulkhead
from orders.lookup.cached_pages import CachedPages, Freshness, cached_pages

logger = logging.getLogger(__name__)

Page = TypeVar("Page")

MAX_WAIT_SECONDS = 0.3
"""How long a look-up waits at most for what it can go on without."""

# A page that has to be newer is asked for anew by whoever wants it.
_MIN_FRESH_SECONDS = 1.0


def read_ahead(queries: Sequence[Query[Any]], beside: Sequence[Query[Any]]) -> CachedPages:
    """Give the cached pages as a look-up with these queries, and those beside it, sees them."""
    pages = cached_pages()
    return pages.read_ahead([*queries, *beside], *(_unknown_key(pages, query) for query in beside))


def ask_beside(
    query: Query[Page], context: CallContext, freshness: Freshness, pages: CachedPages, *, is_ahead: bool = False
) -> Call[Fetched[Page]] | None:
    """Start a call, unless its result is cached. One that is made ahead is announced to those who will want it.

    Gives None where there is nothing to wait for: the API does not know it, the account lacks the endpoint, or the
    system has no thread left.
    """
    if pages.missing.names((query.endpoint,)):
        return None
    if freshness is Freshness.CACHED:
        if pages.store.get(_unknown_key(pages, query)):
            return None
        # Whatever fails here fails in the thread, too, where nothing suffers from it.
        with suppress(Exception):
            if found := pages.fresh(query, context):
                return Done(found)
    with suppress(RuntimeError):
        return Beside(partial(_get_ahead if is_ahead else _get, query, context, freshness, pages))
    return None


def ask_ahead(queries: Sequence[Query[Any]], correlation_id: str) -> None:
    """Start the calls that a look-up with these queries will make in a moment, maybe in another process.

    That finds their results cached or under way. Nothing is asked where nothing could be found so.
    """
    if not settings.PAGE_CACHE or settings.PAGE_CACHE_FRESH_SECONDS < _MIN_FRESH_SECONDS:
        return
    context = CallContext(Deadline(settings.ERC_DEADLINE_SECONDS), correlation_id)
    pages = read_ahead((), queries)
    for query in queries:
        ask_beside(query, context, Freshness.CACHED, pages, is_ahead=True)


def _get_ahead(
    query: Query[Page], context: CallContext, freshness: Freshness, pages: CachedPages
) -> Fetched[Page]:
    with pages.announce(query):
        return _get(query, context, freshness, pages)


def _get(query: Query[Page], context: CallContext, freshness: Freshness, pages: CachedPages) -> Fetched[Page]:
    """Get a page. What the API does not know is remembered for as long as a page is fresh.

    An account may have 404 for an endpoint that it lacks; each look-up of a cached list would ask it again.
    """
    key = _unknown_key(pages, query)
    try:
        page = pages.get(query, context, freshness=freshness, places=beside_bulkhead())
    except NotFound:
        if settings.PAGE_CACHE:
            pages.store.set(key, 1, settings.PAGE_CACHE_FRESH_SECONDS)
        raise
    if freshness is not Freshness.CACHED:
        pages.store.delete(key)
    return page


def _unknown_key(pages: CachedPages, query: Query[Any]) -> str:
    return f"unknown:{pages.key(query)}"


def end_of_wait(context: CallContext) -> float:
    """Give the time on the monotonic clock at which a look-up that is done goes on without the rest."""
    return time.monotonic() + min(MAX_WAIT_SECONDS, context.deadline.remaining())


def result_of(call: Call[Fetched[Page]] | None, ends: float) -> tuple[Fetched[Page] | None, bool]:
    """Give a call's page, and whether there may be one that could not be had now."""
    if call is None:
        return None, False
    try:
        return call.result(ends - time.monotonic()), False
    except (NotFound, NotAllowed):
        return None, False
    except TimeoutError:
        return None, True
    except ErcError as error:
        return None, error.status != HTTPStatus.METHOD_NOT_ALLOWED
    except Exception:
        # Whatever it is: what was asked for is there, and is to be shown.
        logger.exception("a call beside a look-up failed")
        return None, True
