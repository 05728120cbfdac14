"""A call to an upstream endpoint under its whole policy: waits, breaker, retries, a log line an attempt."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from orders.erc.breaker import Breaker
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, Response, TimedOut
from orders.erc.exchange import Attempt, Exchange, Observer, scrub, start_exchange
from orders.erc.failures import Failures
from orders.erc.rate_limits import RateLimits
from orders.erc.retries import RetryBudget, with_retries
from orders.erc.store import Store
from orders.erc.transport import Request, Transport

logger = logging.getLogger(__name__)

Result = TypeVar("Result")


class Endpoint:
    """One endpoint. `route` is its path template, which logs name instead of addresses with customers' ids.

    `store` is the breaker's, too. `observe` is told of each call once it has ended, well or not.
    """

    def __init__(
        self,
        *,
        route: str,
        transport: Transport,
        breaker: Breaker,
        budget: RetryBudget,
        store: Store,
        observe: Observer = lambda _exchange: None,
    ) -> None:
        self._route = route
        self._transport = transport
        self._breaker = breaker
        self._budget = budget
        self._store = store
        self._limits = RateLimits(store, route)
        self._failures = Failures(store, route)
        self._observe = observe

    def call(
        self, call: Request, deadline: Deadline, accept: Callable[[Response, str], Result], *, resource: str = ""
    ) -> Result:
        """What `accept` makes of the answer, tried again where that helps.

        `resource` is what a rate limit or a failure may concern alone; empty where the endpoint has but one.
        Raises the errors of `orders.erc.errors`.
        """
        with self._observed(call) as exchange:
            if deadline.passed:
                raise TimedOut("not asked: no time was left", correlation_id=call.correlation_id)
            with self._let_through(resource, deadline, call.correlation_id):
                return with_retries(
                    lambda number: self._attempt(call, deadline, accept, number, exchange),
                    deadline=deadline,
                    budget=self._budget,
                )

    def lift_waits(self) -> None:
        """Forget the waits that the endpoint asked for, and ask it again although it has failed."""
        self._limits.lift()
        self._breaker.close()

    def is_held_back(self) -> bool:
        """Whether the endpoint is not asked as usual now: it asked everybody to wait, or it failed."""
        remembered = self._store.get_many([*self._limits.keys(""), self._breaker.key])
        return self._limits.hold_everything(remembered) or self._breaker.is_open(remembered.get(self._breaker.key))

    @contextmanager
    def _let_through(self, resource: str, deadline: Deadline, correlation_id: str) -> Iterator[None]:
        keys = [*self._limits.keys(resource), self._failures.key(resource), self._breaker.key]
        remembered = self._store.get_many(keys)
        with (
            self._failures.heeding(remembered, resource, correlation_id),
            self._limits.heeding(remembered, resource, deadline, correlation_id),
            self._breaker.guarding(remembered.get(self._breaker.key), resource, deadline, correlation_id),
        ):
            yield

    @contextmanager
    def _observed(self, call: Request) -> Iterator[Exchange]:
        exchange = start_exchange(call, self._route)
        started = time.monotonic()
        try:
            yield exchange
        except ErcError as error:
            exchange.error = error
            raise
        finally:
            exchange.duration_ms = _milliseconds_since(started)
            self._observe(exchange)

    def _attempt(
        self,
        call: Request,
        deadline: Deadline,
        accept: Callable[[Response, str], Result],
        number: int,
        exchange: Exchange,
    ) -> Result:
        began_ms = round((time.time() - exchange.began) * 1000, 1)
        started = time.monotonic()
        answer: Response | None = None
        status: int | None = None
        outcome = "ok"
        try:
            answer = self._transport.send(call, deadline)
            status = answer.status
            return accept(answer, call.correlation_id)
        except ErcError as error:
            answer = answer or error.received
            scrub(error, exchange.secrets)
            status, outcome = error.status, type(error).__name__
            raise
        finally:
            duration_ms = _milliseconds_since(started)
            exchange.answer = answer
            exchange.attempts.append(
                Attempt(number, began_ms, duration_ms, status, outcome, len(answer.body) if answer else 0)
            )
            logger.info(
                "upstream attempt",
                extra={
                    "method": call.method,
                    "route": self._route,
                    "status": status,
                    "outcome": outcome,
                    "attempt": number,
                    "duration_ms": duration_ms,
                    "correlation_id": call.correlation_id,
                },
            )


def _milliseconds_since(started: float) -> float:
    return round((time.monotonic() - started) * 1000, 1)
