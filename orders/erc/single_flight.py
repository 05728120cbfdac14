"""Lets callers that want the same thing at the same time share one call."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Generic, TypeVar

Result = TypeVar("Result")


class _Flight(Generic[Result]):
    def __init__(self, places: int) -> None:
        self.future: Future[Result] = Future()
        self.began = time.monotonic()
        self.places = threading.BoundedSemaphore(places)


class SingleFlight(Generic[Result]):
    """Runs one call per key at a time; other callers wait for its result or its error.

    Once a call takes longer than `patience` seconds, at most `places` others wait for it, and the rest give up:
    each waiting caller holds a thread, and a hanging call would come to hold them all.
    """

    def __init__(self, *, patience: float = math.inf, places: int = 1) -> None:
        self._patience = patience
        self._places = places
        self._lock = threading.Lock()
        self._flights: dict[str, _Flight[Result]] = {}

    def run(self, key: str, work: Callable[[], Result], timeout: float) -> Result:
        """Give the result or raise the error of `work`, run here or by another caller.

        Raises TimeoutError after waiting `timeout` seconds for another caller, or earlier without a place.
        """
        with self._lock:
            flight = self._flights.get(key)
            leads = flight is None
            if flight is None:
                flight = self._flights[key] = _Flight(self._places)
        if not leads:
            return self._wait(flight, timeout)
        try:
            flight.future.set_result(work())
        except BaseException as error:
            flight.future.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._flights[key]
        return flight.future.result()

    def _wait(self, flight: _Flight[Result], timeout: float) -> Result:
        ends = time.monotonic() + timeout
        patience_ends = flight.began + self._patience
        if ends <= patience_ends:
            return flight.future.result(timeout)
        with suppress(TimeoutError):
            return flight.future.result(max(0.0, patience_ends - time.monotonic()))
        if not flight.places.acquire(blocking=False):
            raise TimeoutError("enough others wait already")
        try:
            return flight.future.result(ends - time.monotonic())
        finally:
            flight.places.release()
