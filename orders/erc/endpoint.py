"""Requests to one endpoint under its policies: waits, breaker, retries, a log line for each attempt."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from orders.erc.breaker import Breaker
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, InvalidResponse, Response, TimedOut
from orders.erc.exchange import Attempt, Exchange, Observer, scrub, start_exchange
from orders.erc.failures import Failures
from orders.erc.rate_limits import RateLimits
from orders.erc.retries import RetryBudget, attempts
from orders.erc.store import Store
from orders.erc.transport import Request, Transport, without_card_forms

logger = logging.getLogger(__name__)

Result = TypeVar("Result")


class Endpoint:
    """One endpoint. `route` is its path template, which logs name instead of addresses with customers' ids.

    `breaker` uses the same `store`. `observe` gets each finished exchange.
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
        self.route = route
        self._transport = transport
        self._breaker = breaker
        self._budget = budget
        self._store = store
        self._limits = RateLimits(store, route)
        self._failures = Failures(store, route)
        self._observe = observe

    def call(
        self,
        request: Request,
        deadline: Deadline,
        accept: Callable[[Response], Result],
        *,
        resource: str = "",
    ) -> Result:
        """Send the request, again where that helps, and return what `accept` makes of the response.

        A rate limit or a failure may concern `resource` alone; it is empty where the endpoint has only one. Raises
        the errors of `orders.erc.errors`, each with the request's correlation id.
        """
        with self._observe_call(request) as exchange:
            if deadline.has_passed:
                raise TimedOut("not asked: no time was left")
            with self._let_through(resource, deadline):
                for attempt in attempts(deadline=deadline, budget=self._budget):
                    with attempt as number, self._record_attempt(exchange, number):
                        exchange.response = self._transport.send(request, deadline)
                        return accept(exchange.response)
        raise AssertionError("the attempts end with a result or an error")

    def lift_waits(self) -> None:
        """Forget the waits and failures of the endpoint."""
        self._limits.lift()
        self._breaker.close()

    def is_held_back(self) -> bool:
        """Whether requests wait or are refused now: the endpoint limited the whole client, or it failed."""
        remembered = self._store.get_many([*self._limits.keys(""), self._breaker.key])
        return self._limits.hold_everything(remembered) or self._breaker.is_open(remembered.get(self._breaker.key))

    @contextmanager
    def _let_through(self, resource: str, deadline: Deadline) -> Iterator[None]:
        keys = [*self._limits.keys(resource), self._failures.key(resource), self._breaker.key]
        remembered = self._store.get_many(keys)
        with (
            self._failures.heed(remembered, resource),
            self._limits.heed(remembered, resource, deadline),
            self._breaker.guard(remembered.get(self._breaker.key), resource, deadline),
        ):
            yield

    @contextmanager
    def _observe_call(self, request: Request) -> Iterator[Exchange]:
        exchange = start_exchange(request, self.route)
        started = time.monotonic()
        try:
            yield exchange
        except ErcError as error:
            error.correlation_id = request.correlation_id
            exchange.error = error
            raise
        finally:
            exchange.duration_ms = _milliseconds_since(started)
            self._observe(exchange)

    @contextmanager
    def _record_attempt(self, exchange: Exchange, number: int) -> Iterator[None]:
        """Record an attempt's outcome in the exchange and in the log."""
        began_ms = round((time.time() - exchange.began) * 1000, 1)
        started = time.monotonic()
        exchange.response = None
        status: int | None = None
        outcome = "ok"
        try:
            yield
        except ErcError as error:
            exchange.response = exchange.response or error.received
            if isinstance(error, InvalidResponse) and exchange.response:
                exchange.response = without_card_forms(exchange.response)
            scrub(error, exchange.secrets)
            status, outcome = error.status, type(error).__name__
            raise
        finally:
            response = exchange.response
            status = response.status if response and outcome == "ok" else status
            duration_ms = _milliseconds_since(started)
            size = len(response.body) if response else 0
            exchange.attempts.append(Attempt(number, began_ms, duration_ms, status, outcome, size))
            logger.info(
                "upstream attempt",
                extra={
                    "method": exchange.method,
                    "route": self.route,
                    "status": status,
                    "outcome": outcome,
                    "attempt": number,
                    "duration_ms": duration_ms,
                    "correlation_id": exchange.correlation_id,
                },
            )


def _milliseconds_since(started: float) -> float:
    return round((time.monotonic() - started) * 1000, 1)
