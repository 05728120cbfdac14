"""Runs several calls of the API at once, and waits for them only so long."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Generic, Protocol, TypeVar

Result = TypeVar("Result")
Known = TypeVar("Known", covariant=True)

THREAD_NAME = "beside"
"""The name of these threads, by which whoever looks at a process knows them."""


class Call(Protocol[Known]):
    """A call that was started, and may have ended."""

    def result(self, seconds: float) -> Known:
        """Give the result or raise the error of the work; raise TimeoutError after `seconds`."""


class Done(Generic[Known]):
    """A call whose result was known before it had to be made."""

    def __init__(self, result: Known) -> None:
        self._result = result

    def result(self, seconds: float) -> Known:  # noqa: ARG002 - nothing is waited for
        """Give the result."""
        return self._result


class Beside(Generic[Result]):
    """A call that runs in a thread of its own, beside the caller's work.

    A thread for each call, not a pool: a pool's queue would make an agent wait for another's hanging call. The
    bulkhead bounds how many there are.
    """

    def __init__(self, work: Callable[[], Result]) -> None:
        self._future: Future[Result] = Future()
        # The context has the correlation id, and the exchanges that the inspector collects.
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(self._run, work), name=THREAD_NAME, daemon=True).start()

    def result(self, seconds: float) -> Result:
        """Give the result or raise the error of the work; raise TimeoutError after `seconds`."""
        return self._future.result(max(0.0, seconds))

    def result_or_none(self, seconds: float) -> Result | None:
        """Give the result; None where it takes longer than `seconds`."""
        with suppress(TimeoutError):
            return self.result(seconds)
        return None

    def _run(self, work: Callable[[], Result]) -> None:
        try:
            self._future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - whoever asks for the result gets it
            self._future.set_exception(error)
