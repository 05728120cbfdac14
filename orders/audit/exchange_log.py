"""Records exchanges between the portal and the API: every failure, and a sample of the rest."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

import msgspec
from django.conf import settings

from orders.audit.exchange_queue import exchange_queue
from orders.audit.redaction import redact
from orders.core import metrics
from orders.erc.exchange import Exchange
from orders.models import ApiExchange

_MAX_BODY = 20_000
_MAX_TEXT = 500

_collected: ContextVar[list[Exchange] | None] = ContextVar("collected", default=None)


@contextmanager
def collect() -> Iterator[list[Exchange]]:
    """Collect this thread's exchanges during the block, unredacted."""
    exchanges: list[Exchange] = []
    reset = _collected.set(exchanges)
    try:
        yield exchanges
    finally:
        _collected.reset(reset)


def observe(exchange: Exchange) -> None:
    """Record an exchange soon; a failure to do so never fails the request."""
    collecting = _collected.get()
    if collecting is not None:
        collecting.append(exchange)
    _count(exchange)
    if exchange.error is None and random.random() >= settings.API_EXCHANGE_SAMPLE:  # noqa: S311 - no secret
        return
    exchange_queue().put(row_of(exchange))


def _count(exchange: Exchange) -> None:
    metrics.exchanges.labels(exchange.route, exchange.outcome).inc()
    for attempt in exchange.attempts:
        metrics.attempts.labels(exchange.route, attempt.outcome).inc()
        metrics.attempt_seconds.labels(exchange.route).observe(attempt.duration_ms / 1000)


def row_of(exchange: Exchange) -> ApiExchange:
    """Make an exchange's row, without secrets."""
    error, response = exchange.error, exchange.response
    return ApiExchange(
        at=datetime.fromtimestamp(exchange.began, UTC),
        method=exchange.method,
        route=exchange.route[:300],
        status=exchange.status,
        outcome=exchange.outcome,
        reason=redact(str(error), exchange.secrets)[:_MAX_TEXT] if error else "",
        code=redact(error.code, exchange.secrets)[:_MAX_TEXT] if error else "",
        message=redact(error.upstream_message, exchange.secrets)[:_MAX_TEXT] if error else "",
        duration_ms=round(exchange.duration_ms),
        size=len(response.body) if response else 0,
        token=exchange.token,
        attempts=msgspec.to_builtins(exchange.attempts),
        # The token endpoint's body may contain a token in a form that the redaction does not recognize.
        body=_body(response.body, exchange.secrets) if error and response and exchange.token else "",
        correlation_id=exchange.correlation_id,
    )


def _body(body: bytes, secrets: tuple[str, ...]) -> str:
    # Redact before cutting: half a secret would not be recognized.
    text = redact(body[: 4 * _MAX_BODY].decode("utf-8", "replace"), secrets)
    return text if len(text) <= _MAX_BODY else text[:_MAX_BODY] + "…"
