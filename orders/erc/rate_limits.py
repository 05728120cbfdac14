"""Remembers until when the API asked not to be asked, so that nobody asks before."""

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
"""Nobody is kept from all resources longer than this before one caller tries again."""

# While one caller tries, and after one who was told no time.
_SHORT_WAIT_SECONDS = 2.0


class RateLimits:
    """The waits that responses with 429 asked for (RFC 6585 section 4, RFC 9110 section 10.2.3).

    The API does not say whether a limit holds for one resource or for the whole client. So a 429 holds for what
    was asked for, an hour at most. A second one for something else shows that the client is meant, and holds for
    everything; but that is a guess, and a wrong `Retry-After` would stop everybody. So it holds for a minute at
    most, and then for all but one caller at a time, until the API answers one of them.
    """

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._everything = f"erc-wait:{name}"
        self._latest = f"{self._everything}:latest"
        self._lifted = f"{self._everything}:lifted"
        self._gate = f"{self._everything}:probe"

    def keys(self, resource: str) -> list[str]:
        """What has to be known to let a call for a resource through."""
        return [self._everything, self._lifted, self._key(resource)]

    @contextmanager
    def heed(self, remembered: Mapping[str, Any], resource: str, deadline: Deadline) -> Iterator[None]:
        """Around one call, which ends by the deadline.

        Raises RateLimited, with the seconds left, when the resource must not be asked for yet. `remembered` is
        what the store holds under `keys`: the caller asks for more than that at once.
        """
        everything = self._end(remembered, self._everything, MAX_GENERAL_WAIT_SECONDS)
        own = self._end(remembered, self._key(resource), MAX_WAIT_SECONDS)
        _require_past(max(everything, own))
        if everything:
            with self._admit_one(deadline), self._conclude_probe(resource):
                yield
            return
        with self._note_refusal(resource):
            yield

    def hold_everything(self, remembered: Mapping[str, Any]) -> bool:
        """Whether all resources are held back, or tried one at a time."""
        return self._end(remembered, self._everything, MAX_GENERAL_WAIT_SECONDS) > 0

    def lift(self) -> None:
        """Forget all waits, in every process that shares the store."""
        # The keys of single resources cannot be listed; so what was noted before this moment is void.
        self._store.set(self._lifted, time.time(), MAX_WAIT_SECONDS)
        self._store.delete(self._everything)
        self._store.delete(self._latest)

    def _end(self, remembered: Mapping[str, Any], key: str, longest: float) -> float:
        """When a remembered wait ends or ended; 0 where there is none, or none that was ever noted here."""
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
                self._note(self._key(resource), error.retry_after)
            raise

    def _note(self, key: str, seconds: float) -> None:
        self._remember(key, seconds)
        latest = self._store.get(self._latest)
        if isinstance(latest, str) and latest != key:
            self._hold_everything(seconds)
        self._store.set(self._latest, key, min(seconds, MAX_GENERAL_WAIT_SECONDS))

    def _hold_everything(self, seconds: float) -> None:
        # The key outlives the wait: until the API has answered, callers go one at a time.
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
            # Whoever tried until now may have been told to wait again.
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
            self._remember(self._key(resource), seconds)
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


def _require_past(end: float) -> None:
    left = end - time.time()
    if left > 0:
        raise _refusal(left)


def _refusal(seconds: float) -> RateLimited:
    return RateLimited("not asked: the upstream asked to wait", status=429, retry_after=seconds)
