"""Answers of the items endpoint, kept for a short time, and for longer against the API's failures."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from orders.erc.query import ItemsQuery
from orders.erc.store import Store

# Larger answers are rare, and a few hundred of them would fill the memory that all agents share.
_MAX_KEPT_BYTES = 1_000_000
_CLOCKS_DIFFER = timedelta(seconds=5)


class CachedPage(NamedTuple):
    """An answer's body and when the API gave it."""

    body: bytes
    as_of: datetime

    def is_younger_than(self, seconds: float) -> bool:
        """Whether the answer came within the last `seconds`.

        One from the future did not: a clock was put back since, and nobody knows how old it is. Machines whose
        clocks differ a little do not count as that.
        """
        age = datetime.now(UTC) - self.as_of
        return -_CLOCKS_DIFFER < age < timedelta(seconds=seconds)


class PageCache:
    """Bodies by digest of everything that they depend on: API, path, client, ids and parameters."""

    def __init__(self, cache: Store, *, connection: Sequence[str], keep_seconds: float) -> None:
        self._cache = cache
        self._connection = list(connection)
        self._keep_seconds = keep_seconds

    def key(self, query: ItemsQuery) -> str:
        """The key of a query's page; it tells nothing of the ids in it."""
        parts = [*self._connection, query.customer_id, query.order_id, query.parameters()]
        return "items:" + hashlib.sha256(msgspec.json.encode(parts)).hexdigest()

    def get(self, query: ItemsQuery) -> CachedPage | None:
        """The kept answer, however old; None where there is none, or something else in its place."""
        try:
            as_of, body = self._cache.get(self.key(query))
            return CachedPage(bytes(memoryview(body)), datetime.fromtimestamp(as_of, UTC))
        except (TypeError, ValueError, OverflowError, OSError):
            return None

    def put(self, query: ItemsQuery, kept: CachedPage) -> None:
        """Keep an answer, unless it is too large for that."""
        if len(kept.body) > _MAX_KEPT_BYTES:
            return
        self._cache.set(self.key(query), (kept.as_of.timestamp(), kept.body), self._keep_seconds)

    def drop(self, query: ItemsQuery) -> None:
        """Forget an answer that is known to be wrong now."""
        self._cache.delete(self.key(query))
