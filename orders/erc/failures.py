"""Remembers for a moment which resource the API failed at, so that reloading it does not ask in vain."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from orders.erc.errors import FailedBefore, Unavailable
from orders.erc.store import Store, digest, is_ahead

REMEMBERED_SECONDS = 5.0
"""How long a resource is left alone after the API failed at it."""


class Failures:
    """Resources for which a plain 500 came, or another 5xx that no gateway sends.

    Such a response shows that the API is alive and has trouble with just this, which the same request at
    once will meet again. A gateway's 502, 503 or 504, a time-out or a lost connection may be over with the next
    attempt, so these are not remembered here; the breaker counts them.
    """

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name

    def key(self, resource: str) -> str:
        """What has to be known to let a call for a resource through."""
        return f"erc-failed:{self._name}:{digest(resource)}"

    @contextmanager
    def heed(self, remembered: Mapping[str, Any], resource: str) -> Iterator[None]:
        """Around one call. Raises FailedBefore, with the seconds left, for a resource that has just failed.

        `remembered` is what the store holds under `key`. A call without a resource is never held back.
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
