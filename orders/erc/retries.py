"""Retries of a failed attempt: at most two, with full jitter, within the deadline and a budget."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from tenacity import AttemptManager, RetryCallState, Retrying, retry_if_exception, wait_random_exponential

from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, RateLimited

_MAX_ATTEMPTS = 3
_FIRST_WAIT_SECONDS = 0.2
# An attempt with less time than this has no chance and is only load.
_MIN_ATTEMPT_SECONDS = 0.1
# Spreads requests that got the same `Retry-After`, always to later.
_RATE_LIMIT_JITTER_SECONDS = 0.2

_exponential = wait_random_exponential(multiplier=_FIRST_WAIT_SECONDS)


class RetryBudget:
    """Bounds all retries together, so that an outage does not multiply the load (Google SRE book, ch. 22).

    A bucket of `capacity` tokens: each retry takes one, each success gives `per_success` back, and time refills it
    slowly. While nothing succeeds, the bucket runs dry and requests fail at their first attempt.
    """

    def __init__(self, capacity: float = 20.0, per_success: float = 0.1, per_second: float = 0.2) -> None:
        self._capacity = capacity
        self._per_success = per_success
        self._per_second = per_second
        self._tokens = capacity
        self._filled_at = time.monotonic()
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Take a token for one more retry; False where none is left."""
        with self._lock:
            self._add((time.monotonic() - self._filled_at) * self._per_second)
            self._filled_at = time.monotonic()
            if self._tokens < 1:
                return False
            self._tokens -= 1
            return True

    def earn(self, *, retries: int) -> None:
        """Give back the tokens of retries that led to a success, and a little for the success itself."""
        with self._lock:
            self._add(retries + self._per_success)

    def _add(self, tokens: float) -> None:
        self._tokens = min(self._capacity, self._tokens + tokens)


def attempts(*, deadline: Deadline, budget: RetryBudget) -> Iterator[AbstractContextManager[int]]:
    """Give the attempts at a request; the caller makes each within its `with`, which gives its number from 1.

    A success ends them. Raises the ErcError of a failed attempt that may not be retried.
    """

    def must_stop(state: RetryCallState) -> bool:
        return (
            state.attempt_number >= _MAX_ATTEMPTS
            or deadline.remaining() < state.upcoming_sleep + _MIN_ATTEMPT_SECONDS
            or not budget.take()
        )

    retrying = Retrying(retry=retry_if_exception(_is_worth_it), wait=_wait, stop=must_stop, reraise=True)
    for manager in retrying:
        yield _attempt(manager, budget)


@contextmanager
def _attempt(manager: AttemptManager, budget: RetryBudget) -> Iterator[int]:
    number = manager.retry_state.attempt_number
    with manager:
        yield number
        budget.earn(retries=number - 1)


def _is_worth_it(error: BaseException) -> bool:
    return isinstance(error, ErcError) and (error.should_retry or _says_when(error))


def _says_when(error: ErcError) -> bool:
    return isinstance(error, RateLimited) and error.retry_after is not None


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, RateLimited) and error.retry_after is not None:
        return error.retry_after + random.uniform(0, _RATE_LIMIT_JITTER_SECONDS)  # noqa: S311 - no secret
    return float(_exponential(state))
