"""Stops calls to an endpoint that is down, and lets one through at a time to see whether it is back."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pybreaker

from orders.erc.errors import ErcError, Unavailable

# Failures further apart than this are separate misfortunes, not an outage.
_OUTAGE_SECONDS = 10.0


class Breaker:
    """A circuit breaker for one endpoint, on pybreaker's states.

    It opens after `failures` failed calls in a row; from then on calls are refused at once, but for one at a
    time every `probe_seconds`, which closes it when it succeeds. Only Unavailable counts as failure: any other
    answer shows that the endpoint works. Safe to share between threads; calls run side by side, which
    pybreaker's own `call` would not let them.
    """

    def __init__(self, *, failures: int, probe_seconds: float) -> None:
        self._probe_seconds = probe_seconds
        self._states = pybreaker.CircuitBreaker(
            fail_max=failures, reset_timeout=probe_seconds, throw_new_error_on_trip=False
        )
        self._probe = threading.Lock()
        self._last_failure = 0.0

    @contextmanager
    def guarding(self, correlation_id: str) -> Iterator[None]:
        """Around one call. Raises Unavailable at once while the breaker is open."""
        if self._states.current_state == pybreaker.STATE_CLOSED:
            with self._counting():
                yield
            return
        if not self._probe.acquire(blocking=False):
            raise self._refusal(correlation_id)
        try:
            with self._probing(correlation_id):
                yield
        finally:
            self._probe.release()

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

    def _count_success(self) -> None:
        if self._states.current_state == pybreaker.STATE_CLOSED and self._states.fail_counter:
            self._states.call(_nothing)

    @contextmanager
    def _probing(self, correlation_id: str) -> Iterator[None]:
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
        if trouble:
            raise trouble

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
