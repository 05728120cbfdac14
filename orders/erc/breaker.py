"""Stops requests to an endpoint that is down or far too slow; a probe now and then shows whether it is back."""

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

# An outage that no probe has confirmed for so long is forgotten.
_REMEMBERED_SECONDS = 3600.0
# The resource that failed last may probe, too, when no other has been requested for so many pauses.
_SAME_RESOURCE_PAUSES = 10


class _State(msgspec.Struct, frozen=True, array_like=True):
    """The state that the processes share: open or closed since `at`, in seconds since 1970.

    `last` is the digest of the resource that failed last, or empty; `is_slow` says that the endpoint responds
    late.
    """

    is_open: bool
    at: float
    last: str = ""
    is_slow: bool = False


_CLOSED = _State(is_open=False, at=0.0)


class Breaker:
    """A circuit breaker for one endpoint.

    It opens when `Tally` finds an outage: failures in a row of `failures` different resources or of connections,
    or as many responses that took longer than `slow_seconds`. An open breaker refuses requests at once, except one
    probe at a time every `probe_seconds`; a timely response to a probe closes it. Only Unavailable counts as a
    failure: any other response shows that the endpoint works. A probe asks for another resource than the one that
    failed last, which may be broken itself, unless no other has been requested for long.

    While the endpoint is only slow, one request every `probe_seconds` goes through although others are under way:
    each is likely to get a response, and agents are better off with some orders than with none.

    Each process counts by itself and shares the result through the store: one process opens the breaker for all,
    one probes, and its success closes it for all. Without the store each uses its own state. Thread-safe.
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
        """Guard one request, which ends by the deadline. Raises Unavailable at once while the breaker is open.

        `remembered` is the store's value under `key`: the caller reads it together with other keys. `resource` is
        empty where the endpoint has only one.
        """
        if not self._learn(remembered).is_open:
            with self._count_call(resource):
                yield
            return
        with ExitStack() as gate:
            state = gate.enter_context(self._admit_one(resource, deadline))
            if state.is_slow:
                # The next probe may start `probe_seconds` after this one began.
                self._tell(_State(is_open=True, at=time.time(), last=_mark(resource), is_slow=True))
                gate.close()
            with self._conclude_probe(resource, state) if state.is_open else self._count_call(resource):
                yield

    def is_open(self, remembered: Any) -> bool:
        """Whether requests are refused, by the store's value under `key` and this process's state."""
        return self._learn(remembered).is_open

    def close(self) -> None:
        """Let requests through again, in every process that shares the store."""
        self._tell(_State(is_open=False, at=time.time()))

    def _learn(self, remembered: Any) -> _State:
        """Adopt the newer of the store's state and this process's state, which is newer after the store was lost.

        A state whose time lies far ahead is ignored: a clock has been set back since.
        """
        latest = time.time() + self._probe_seconds
        known = [state for state in (_read(remembered), self._state) if state.at <= latest]
        self._state = max(known, key=lambda state: state.at, default=_CLOSED)
        return self._state

    @contextmanager
    def _admit_one(self, resource: str, deadline: Deadline) -> Iterator[_State]:
        """Admit one request at a time over all processes; yield the state as the previous probe left it."""
        if not self._may_probe(self._state, resource) or not self._probe.acquire(blocking=False):
            raise self._refusal()
        try:
            # If this process dies here, the gate opens again once its request would have ended.
            if not take_lease(self._store, self._gate, max(deadline.remaining(), 0.0) + 1):
                raise self._refusal()
            try:
                # Re-read the state: the previous probe has published its result.
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
            # A request that began before the breaker opened and fails only now tells nothing new.
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
                # The pause starts now after a failure, but with the request after a slow response.
                at = at if has_response else time.time()
                self._tell(_State(is_open=True, at=at, last=last, is_slow=has_response))

    def _tell(self, state: _State) -> None:
        self._state = state
        self._store.set(self.key, msgspec.to_builtins(state), _REMEMBERED_SECONDS)

    def _refusal(self) -> Unavailable:
        return Unavailable("not asked: the endpoint has failed repeatedly", retry_after=self._probe_seconds)


def _read(remembered: Any) -> _State:
    try:
        return msgspec.convert(remembered, _State)
    except msgspec.ValidationError:
        return _CLOSED


def _mark(resource: str) -> str:
    return digest(resource) if resource else ""
