"""A call to an upstream endpoint under its whole policy: rate limits, breaker, retries, a log line an attempt."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from orders.erc.breaker import Breaker
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, RateLimited
from orders.erc.rate_limits import Memory, RateLimits
from orders.erc.retries import RetryBudget, with_retries
from orders.erc.transport import Answer, Call, Transport

logger = logging.getLogger(__name__)


class Upstream:
    """One endpoint. `route` is its path template, which logs name instead of addresses with customers' ids."""

    def __init__(
        self,
        *,
        route: str,
        transport: Transport,
        breaker: Breaker,
        budget: RetryBudget,
        memory: Memory,
    ) -> None:
        self._route = route
        self._transport = transport
        self._breaker = breaker
        self._budget = budget
        self._limits = RateLimits(memory, route)

    def call(
        self,
        call: Call,
        deadline: Deadline,
        raise_for_status: Callable[[Answer, str], None],
        *,
        resource: str = "",
    ) -> Answer:
        """The answer that `raise_for_status` accepts, tried again where that helps.

        `resource` is what a rate limit may hold for. Raises the errors of `orders.erc.errors`.
        """
        self._limits.check(resource, call.correlation_id)

        def attempt(number: int) -> Answer:
            return self._logged(call, deadline, raise_for_status, number)

        try:
            with self._breaker.guarding(call.correlation_id):
                return with_retries(attempt, deadline=deadline, budget=self._budget)
        except RateLimited as error:
            if error.retry_after:
                self._limits.remember(resource, error.retry_after)
            raise

    def _logged(
        self, call: Call, deadline: Deadline, raise_for_status: Callable[[Answer, str], None], number: int
    ) -> Answer:
        started = time.monotonic()
        status: int | None = None
        outcome = "ok"
        try:
            answer = self._transport.send(call, deadline)
            status = answer.status
            raise_for_status(answer, call.correlation_id)
        except ErcError as error:
            status, outcome = error.status, type(error).__name__
            raise
        finally:
            logger.info(
                "upstream attempt",
                extra={
                    "method": call.method,
                    "route": self._route,
                    "status": status,
                    "outcome": outcome,
                    "attempt": number,
                    "duration_ms": round((time.monotonic() - started) * 1000, 1),
                    "correlation_id": call.correlation_id,
                },
            )
        return answer
