"""Remembers briefly for which resource the API failed, so that a reload does not repeat a hopeless request."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from orders.erc.errors import FailedBefore, Unavailable
from orders.erc.store import Store, digest, is_ahead

REMEMBERED_SECONDS = 5.0
"""How long no request is sent for a resource after the API failed for it."""


class Failures:
    """Resources for which the API itself failed: with a 500, or another 5xx that no gateway sends.

    Such a response shows that the API is up and this resource is broken, so the same request would fail again. A
    gateway's 502, 503 or 504, a time-out or a lost connection may be over at once: only the breaker counts these.
    """

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name

    def key(self, resource: str) -> str:
        """The key to read before a request for a resource."""
        return f"erc-failed:{self._name}:{digest(resource)}"

    @contextmanager
    def heed(self, remembered: Mapping[str, Any], resource: str) -> Iterator[None]:
        """Guard one request. Raises FailedBefore, with the seconds left, for a resource that has just failed.

        `remembered` has the store's value under `key`. A request without a resource always passes.
        """
        until = remembered.get(self.key(resource))
        if resource and is_ahead(until, REMEMBERED_SECONDS):
            raise FailedBefore(
                "not asked: the upstream failed at this a moment ago",
                status=500,
                retry_after=until - time.time(),
            )
        try:
            yield
        except Unavailable as error:
            if resource and error.status is not None and not error.should_retry:
                self._store.set(self.key(resource), time.time() + REMEMBERED_SECONDS, REMEMBERED_SECONDS)
            raise
