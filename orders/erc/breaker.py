"""Stops calls to an endpoint that is down, and lets one through at a time to see whether it is back."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any

import pybreaker

from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, Unavailable
from orders.erc.memory import Memory

# Failures further apart than this are separate misfortunes, not an outage.
_OUTAGE_SECONDS = 10.0
# Longer than any outage during which nobody looks anything up: the first call after that is a probe all the same.
_REMEMBERED_SECONDS = 3600.0


class Breaker:
    """A circuit breaker for one endpoint, on pybreaker's states.

    It opens after `failures` failed calls in a row; from then on calls are refused at once, but for one at a
    time every `probe_seconds`, which closes it when it succeeds. Only Unavailable counts as failure: any other
    answer shows that the endpoint works. Safe to share between threads; calls run side by side, which
    pybreaker's own `call` would not let them.

    Each process counts for itself, but what one learns counts for all that share the memory: an opening stops
    them, one of them probes, and its success lets all go on. Without the memory each goes by what it knows.
    """

    def __init__(self, *, failures: int, probe_seconds: float, memory: Memory, name: str) -> None:
        self.key = f"erc-breaker:{name}"
        self._gate = f"{self.key}:probe"
        self._memory = memory
        self._probe_seconds = probe_seconds
        self._storage = pybreaker.CircuitMemoryStorage(pybreaker.STATE_CLOSED)
        self._states = pybreaker.CircuitBreaker(
            fail_max=failures,
            reset_timeout=probe_seconds,
            throw_new_error_on_trip=False,
            state_storage=self._storage,
        )
        self._probe = threading.Lock()
        self._last_failure = 0.0

    @contextmanager
    def guarding(self, remembered: Any, deadline: Deadline, correlation_id: str) -> Iterator[None]:
        """Around one call, which ends by the deadline. Raises Unavailable at once while the breaker is open.

        `remembered` is what the memory holds under `key`: the caller asks for more than that at once.
        """
        if self._is_closed(remembered):
            with self._counting():
                yield
            return
        with self._alone(remembered, deadline, correlation_id) as learned, self._tried(learned, correlation_id):
            yield

    def _is_closed(self, remembered: Any) -> bool:
        if remembered:
            is_open, moment = remembered
            if is_open:
                return False
            # What opened here after that could not be told to the others: the memory was lost.
            if self._states.current_state == pybreaker.STATE_OPEN and moment > self._opened_at():
                self._states.close()
        return bool(self._states.current_state == pybreaker.STATE_CLOSED)

    @contextmanager
    def _alone(self, remembered: Any, deadline: Deadline, correlation_id: str) -> Iterator[Any]:
        """The one call that may go through now, over all processes; yields what is remembered by then."""
        if not self._probe.acquire(blocking=False):
            raise self._refusal(correlation_id)
        try:
            # A process that dies with the gate closed keeps the others out no longer than its call could last.
            lease = max(deadline.remaining(), 0.0) + 1
            if not self._is_due(remembered) or not self._memory.add(self._gate, 1, lease):
                raise self._refusal(correlation_id)
            try:
                # Whoever had the gate until now has told what came of it.
                learned = self._memory.get(self.key)
                if not self._is_closed(learned) and not self._is_due(learned):
                    raise self._refusal(correlation_id)
                yield learned
            finally:
                self._memory.delete(self._gate)
        finally:
            self._probe.release()

    def _is_due(self, remembered: Any) -> bool:
        if remembered and remembered[0]:
            return bool(time.time() >= remembered[1])
        is_open_here = self._states.current_state == pybreaker.STATE_OPEN
        return not is_open_here or time.time() >= self._opened_at() + self._probe_seconds

    def _tried(self, learned: Any, correlation_id: str) -> AbstractContextManager[None]:
        return self._counting() if self._is_closed(learned) else self._probing(learned, correlation_id)

    @contextmanager
    def _counting(self) -> Iterator[None]:
        try:
            yield
        except Unavailable as error:
            self._count_failure(error)
            raise
        except ErcError:
            self._count_success()
            raise
        self._count_success()

    def _count_failure(self, error: Unavailable) -> None:
        # A call from before the breaker opened, which fails only now, says nothing new.
        if self._states.current_state != pybreaker.STATE_CLOSED:
            return
        now = time.monotonic()
        if now - self._last_failure > _OUTAGE_SECONDS:
            self._states.close()
        self._last_failure = now
        with suppress(Unavailable):
            self._states.call(_raise, error)
        if self._states.current_state == pybreaker.STATE_OPEN:
            self._tell()

    def _count_success(self) -> None:
        if self._states.current_state == pybreaker.STATE_CLOSED and self._states.fail_counter:
            self._states.call(_nothing)

    @contextmanager
    def _probing(self, remembered: Any, correlation_id: str) -> Iterator[None]:
        if remembered and remembered[0]:
            # When it is due was settled by all; pybreaker knows only of this process.
            self._states.half_open()
        trouble: ErcError | None = None
        try:
            with self._states.calling():
                try:
                    yield
                except Unavailable:
                    raise
                except ErcError as error:
                    trouble = error
        except pybreaker.CircuitBreakerError:
            raise self._refusal(correlation_id) from None
        finally:
            self._tell()
        if trouble:
            raise trouble

    def _tell(self) -> None:
        """Let all know: open, and from when the next probe may go; or closed, and since when."""
        is_open = self._states.current_state != pybreaker.STATE_CLOSED
        moment = self._opened_at() + self._probe_seconds if is_open else time.time()
        self._memory.set(self.key, (is_open, moment), _REMEMBERED_SECONDS)

    def _opened_at(self) -> float:
        opened_at = self._storage.opened_at
        return opened_at.timestamp() if opened_at else 0.0

    def _refusal(self, correlation_id: str) -> Unavailable:
        return Unavailable(
            "not asked: the endpoint has failed repeatedly",
            retry_after=self._probe_seconds,
            correlation_id=correlation_id,
        )


def _raise(error: Unavailable) -> None:
    raise error


def _nothing() -> None:
    pass
