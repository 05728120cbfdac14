"""Remembers the waits that the API asked for, so that no request is sent before they end."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, RateLimited, Unavailable
from orders.erc.responses import MAX_WAIT_SECONDS
from orders.erc.store import Store, digest, is_timestamp, take_lease

MAX_GENERAL_WAIT_SECONDS = 60.0
"""The longest wait for all resources; then one request at a time tries again."""

# The wait while another request tries, and after a 429 without a time.
_SHORT_WAIT_SECONDS = 2.0


class RateLimits:
    """The waits that responses with 429 asked for (RFC 6585 section 4, RFC 9110 section 10.2.3).

    The API does not say whether a limit holds for one resource or for the whole client. So the first 429 holds for
    its resource, an hour at most. A second one for another resource suggests that the client is limited, and holds
    for everything, as does the first one for longer where an endpoint has no resources. Because a wrong
    `Retry-After` would then stop all agents, this wait ends after a minute at the latest; after it, one request at
    a time tries until one gets a response.
    """

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._everything = f"erc-wait:{name}"
        self._latest = f"{self._everything}:latest"
        self._lifted = f"{self._everything}:lifted"
        self._gate = f"{self._everything}:probe"

    def keys(self, resource: str) -> list[str]:
        """The keys to read before a request for a resource."""
        return [self._everything, self._lifted, self._key(resource)]

    @contextmanager
    def heed(self, remembered: Mapping[str, Any], resource: str, deadline: Deadline) -> Iterator[None]:
        """Guard one request, which ends by the deadline. Raises RateLimited, with the seconds left, during a wait.

        `remembered` has the store's values under `keys`: the caller reads them together with other keys.
        """
        everything = self._end(remembered, self._everything, MAX_GENERAL_WAIT_SECONDS)
        own = self._end(remembered, self._key(resource), _longest(resource))
        _require_past(max(everything, own))
        if everything:
            with self._admit_one(deadline), self._conclude_probe(resource):
                yield
            return
        with self._note_refusal(resource):
            yield

    def hold_everything(self, remembered: Mapping[str, Any]) -> bool:
        """Whether requests for all resources wait, or try one at a time."""
        return self._end(remembered, self._everything, MAX_GENERAL_WAIT_SECONDS) > 0

    def lift(self) -> None:
        """Forget all waits, in every process that shares the store."""
        # The keys of single resources cannot be listed; so this time voids the waits noted before it.
        self._store.set(self._lifted, time.time(), MAX_WAIT_SECONDS)
        self._store.delete(self._everything)
        self._store.delete(self._latest)

    def _end(self, remembered: Mapping[str, Any], key: str, longest: float) -> float:
        """Give the end of a remembered wait; 0 where there is none, or an implausible one."""
        wait, now = remembered.get(key), time.time()
        if not isinstance(wait, list | tuple) or len(wait) != 2:
            return 0.0
        noted, end = wait
        if not is_timestamp(noted, now + longest) or not is_timestamp(end, now + longest):
            return 0.0
        lifted = remembered.get(self._lifted)
        return 0.0 if is_timestamp(lifted, now) and noted <= lifted else float(end)

    @contextmanager
    def _note_refusal(self, resource: str) -> Iterator[None]:
        try:
            yield
        except RateLimited as error:
            if error.retry_after:
                self._note(resource, error.retry_after)
            raise

    def _note(self, resource: str, seconds: float) -> None:
        if not resource and seconds > MAX_GENERAL_WAIT_SECONDS:
            self._hold_everything(seconds)
            return
        key = self._key(resource)
        self._remember(key, seconds)
        latest = self._store.get(self._latest)
        if isinstance(latest, str) and latest != key:
            self._hold_everything(seconds)
        self._store.set(self._latest, key, min(seconds, MAX_GENERAL_WAIT_SECONDS))

    def _hold_everything(self, seconds: float) -> None:
        # The key outlives the wait: requests go one at a time until one gets a response.
        now = time.time()
        wait = min(seconds, MAX_GENERAL_WAIT_SECONDS)
        self._store.set(self._everything, [now, now + wait], MAX_WAIT_SECONDS)

    def _remember(self, key: str, seconds: float) -> None:
        now, seconds = time.time(), min(seconds, MAX_WAIT_SECONDS)
        self._store.set(key, [now, now + seconds], seconds)

    @contextmanager
    def _admit_one(self, deadline: Deadline) -> Iterator[None]:
        if not take_lease(self._store, self._gate, max(deadline.remaining(), 0.0) + 1):
            raise _refusal(_SHORT_WAIT_SECONDS)
        try:
            # Re-read the wait: the previous request may have got another 429.
            learned = self._store.get_many([self._everything, self._lifted])
            _require_past(self._end(learned, self._everything, MAX_GENERAL_WAIT_SECONDS))
            yield
        finally:
            self._store.delete(self._gate)

    @contextmanager
    def _conclude_probe(self, resource: str) -> Iterator[None]:
        try:
            yield
        except RateLimited as error:
            seconds = error.retry_after or _SHORT_WAIT_SECONDS
            self._remember(self._key(resource), min(seconds, _longest(resource)))
            self._hold_everything(seconds)
            raise
        except Unavailable:
            raise
        except ErcError:
            self._store.delete(self._everything)
            raise
        self._store.delete(self._everything)

    def _key(self, resource: str) -> str:
        return f"{self._everything}:{digest(resource)}"


def _longest(resource: str) -> float:
    """Give the longest wait for one resource; without any, it is one for everything."""
    return MAX_WAIT_SECONDS if resource else MAX_GENERAL_WAIT_SECONDS


def _require_past(end: float) -> None:
    left = end - time.time()
    if left > 0:
        raise _refusal(left)


def _refusal(seconds: float) -> RateLimited:
    return RateLimited("not asked: the upstream asked to wait", status=429, retry_after=seconds)
