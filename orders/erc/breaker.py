"""Stops calls to an endpoint that is down or far too slow; a call now and then shows whether it is back."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import msgspec

from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, Unavailable
from orders.erc.store import Store, digest, take_lease
from orders.erc.tally import Tally

logger = logging.getLogger(__name__)

# Longer than any outage during which nobody looks anything up: the first call after that is a probe all the same.
_REMEMBERED_SECONDS = 3600.0
# So many times the usual pause, the resource that failed last may probe as well: nobody else has come.
_SAME_RESOURCE_PAUSES = 10


class _State(msgspec.Struct, frozen=True, array_like=True):
    """What the processes tell each other: open or closed since `at`, in seconds since 1970.

    `last` stands for the resource that failed last, empty where none did in particular. `is_slow` says that the
    endpoint responds well, but too late.
    """

    is_open: bool
    at: float
    last: str = ""
    is_slow: bool = False


_CLOSED = _State(is_open=False, at=0.0)


class Breaker:
    """A circuit breaker for one endpoint.

    It opens for what `Tally` calls an outage: failures in a row of `failures` different resources, or of the
    connection, or responses for as many that took longer than `slow_seconds`. From then on calls are refused at
    once, but for one at a time every `probe_seconds`, which closes it when its response comes in good time. Only
    Unavailable counts as failure: any other response shows that the endpoint works. A probe is not for the
    resource that failed last, whose own trouble it may be, unless nobody has asked for anything else for long.

    While the endpoint is only slow, one call every `probe_seconds` goes through although others are under way:
    each of them is likely to get a response, and agents are better off with some orders than with none.

    Each process counts for itself, but what one learns counts for all that share the store: an opening stops
    them, one of them probes, and its success lets all go on. Without the store each goes by what it knows.
    Safe to share between threads; calls run side by side.
    """

    def __init__(
        self,
        *,
        failures: int,
        probe_seconds: float,
        store: Store,
        name: str,
        slow_seconds: float = math.inf,
    ) -> None:
        self.key = f"erc-outage:{name}"
        self._gate = f"{self.key}:probe"
        self._name = name
        self._store = store
        self._probe_seconds = probe_seconds
        self._slow_seconds = slow_seconds
        self._tally = Tally(failures)
        self._state = _CLOSED
        self._probe = threading.Lock()

    @contextmanager
    def guard(self, remembered: Any, resource: str, deadline: Deadline) -> Iterator[None]:
        """Around one call, which ends by the deadline. Raises Unavailable at once while the breaker is open.

        `remembered` is what the store holds under `key`: the caller asks for more than that at once. `resource`
        may be empty where the endpoint has but one.
        """
        if not self._learn(remembered).is_open:
            with self._count_call(resource):
                yield
            return
        with ExitStack() as gate:
            state = gate.enter_context(self._admit_one(resource, deadline))
            if state.is_slow:
                # The next one may come `probe_seconds` after this one began.
                self._tell(_State(is_open=True, at=time.time(), last=_mark(resource), is_slow=True))
                gate.close()
            with self._conclude_probe(resource, state) if state.is_open else self._count_call(resource):
                yield

    def is_open(self, remembered: Any) -> bool:
        """Whether calls are refused, by what the store holds under `key` and what this process knows."""
        return self._learn(remembered).is_open

    def close(self) -> None:
        """Let calls through again, in every process that shares the store."""
        self._tell(_State(is_open=False, at=time.time()))

    def _learn(self, remembered: Any) -> _State:
        """The newer of what is remembered and what this process knows, which it knows from then on.

        What this process told after what is remembered is newer: the store was lost then. A moment that is yet
        to come was never told: clocks of several machines differ by less, and one may have been put back.
        """
        latest = time.time() + self._probe_seconds
        known = [state for state in (_read(remembered), self._state) if state.at <= latest]
        self._state = max(known, key=lambda state: state.at, default=_CLOSED)
        return self._state

    @contextmanager
    def _admit_one(self, resource: str, deadline: Deadline) -> Iterator[_State]:
        """The one call that may go through now, over all processes; yields the state as it is by then."""
        if not self._may_probe(self._state, resource) or not self._probe.acquire(blocking=False):
            raise self._refusal()
        try:
            # A process that dies with the gate closed keeps the others out no longer than its call could last.
            if not take_lease(self._store, self._gate, max(deadline.remaining(), 0.0) + 1):
                raise self._refusal()
            try:
                # The probe before this one has published its result.
                state = self._learn(self._store.get(self.key))
                if state.is_open and not self._may_probe(state, resource):
                    raise self._refusal()
                yield state
            finally:
                self._store.delete(self._gate)
        finally:
            self._probe.release()

    def _may_probe(self, state: _State, resource: str) -> bool:
        pauses = _SAME_RESOURCE_PAUSES if state.last and state.last == _mark(resource) else 1
        return time.time() >= state.at + pauses * self._probe_seconds

    @contextmanager
    def _count_call(self, resource: str) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        except Unavailable as error:
            # A call from before the breaker opened, which fails only now, says nothing new.
            if not self._state.is_open and self._tally.count_failure(resource, error):
                self._open(resource if error.had_connection else "", is_slow=False)
            raise
        except ErcError:
            self._count_response(resource, began)
            raise
        self._count_response(resource, began)

    def _count_response(self, resource: str, began: float) -> None:
        if self._tally.count_response(resource, is_slow=self._is_late(began)) and not self._state.is_open:
            self._open(resource, is_slow=True)

    def _is_late(self, began: float) -> bool:
        return time.monotonic() - began > self._slow_seconds

    def _open(self, resource: str, *, is_slow: bool) -> None:
        logger.warning("the endpoint is not asked for now", extra={"route": self._name, "is_slow": is_slow})
        self._tell(_State(is_open=True, at=time.time(), last=_mark(resource), is_slow=is_slow))

    @contextmanager
    def _conclude_probe(self, resource: str, state: _State) -> Iterator[None]:
        began, at = time.monotonic(), time.time()
        has_response, last = False, _mark(resource)
        try:
            yield
            has_response = True
        except Unavailable as error:
            last = last if error.had_connection else ""
            raise
        except ErcError:
            has_response = True
            raise
        finally:
            if has_response and not self._is_late(began):
                self.close()
            elif not state.is_slow:
                # After a failure the next one waits; after a slow response it has waited for long enough.
                at = at if has_response else time.time()
                self._tell(_State(is_open=True, at=at, last=last, is_slow=has_response))

    def _tell(self, state: _State) -> None:
        self._state = state
        self._store.set(self.key, msgspec.to_builtins(state), _REMEMBERED_SECONDS)

    def _refusal(self) -> Unavailable:
        return Unavailable("not asked: the endpoint has failed repeatedly", retry_after=self._probe_seconds)


def _read(remembered: Any) -> _State:
    """What is remembered; where it has another shape, that nothing is."""
    try:
        return msgspec.convert(remembered, _State)
    except msgspec.ValidationError:
        return _CLOSED


def _mark(resource: str) -> str:
    return digest(resource) if resource else ""
