"""Many callers that want the same thing at the same moment share one call for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

Result = TypeVar("Result")


class SingleFlight(Generic[Result]):
    """Runs one call per key at a time; whoever comes meanwhile waits for its result or its error."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._flights: dict[str, Future[Result]] = {}

    def run(self, key: str, work: Callable[[], Result], timeout: float) -> Result:
        """The result of `work`, run here or by another caller; raises what it raised.

        Raises TimeoutError after `timeout` seconds of waiting for another caller.
        """
        with self._lock:
            flight = self._flights.get(key)
            leads = flight is None
            if flight is None:
                flight = self._flights[key] = Future()
        if not leads:
            return flight.result(timeout)
        try:
            flight.set_result(work())
        except BaseException as error:
            flight.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._flights[key]
        return flight.result()
