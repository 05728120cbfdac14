"""Calls the API for the check, with a client of its own."""

from __future__ import annotations

import functools
import math
import time
from typing import Any, NamedTuple

import msgspec
from django.core.cache.backends.dummy import DummyCache

from orders.audit import exchange_log
from orders.erc import CallContext, connect
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, TimedOut
from orders.erc.exchange import Exchange
from orders.erc.query import Query
from orders.lookup.beside import Beside
from orders.lookup.connection import erc_config

SECONDS = 10.0
"""The longest that one call may take."""

_MARGIN = 2.0


class Called(NamedTuple):
    """What came of a call: a page or an error.

    `said` is the last response's JSON object, empty where it is none.
    """

    page: Any = None
    error: ErcError | None = None
    said: dict[str, Any] = {}
    duration_ms: float = 0.0

    @property
    def has_the_apis_words(self) -> bool:
        """Whether the response has the error body that only the API itself sends."""
        return isinstance(self.said.get("code"), str | int) and isinstance(self.said.get("message"), str)


class Calls:
    """Calls the API with a new client, and records each exchange."""

    def __init__(self, correlation_id: str) -> None:
        self._correlation_id = correlation_id
        config = msgspec.structs.replace(
            erc_config(),
            connect_timeout=5,
            read_timeout=SECONDS,
            breaker_failures=1000,
            breaker_probe_seconds=1,
            breaker_slow_seconds=math.inf,
            retry_capacity=0,
        )
        # The check must not change the portal's shared state; the client itself holds the check's token.
        self._client = connect(config, store=DummyCache("", {}), observe=exchange_log.observe)

    def authenticate(self) -> Called:
        """Get a new token."""
        started = time.monotonic()
        error = None
        with exchange_log.collect() as exchanges:
            try:
                self._client.authenticate(self._context(SECONDS))
            except ErcError as caught:
                error = caught
        return Called(None, error, _object(exchanges), (time.monotonic() - started) * 1000)

    def lacking_scopes(self) -> tuple[str, ...]:
        """Give the scopes that were asked for and not granted; none without a token."""
        return self._client.lacking_scopes()

    def get(self, query: Query[Any], seconds: float = SECONDS) -> Called:
        """Ask for one page."""
        started = time.monotonic()
        page, error = None, None
        with exchange_log.collect() as exchanges:
            try:
                page = self._client.get(query, self._context(seconds)).page
            except ErcError as caught:
                error = caught
        return Called(page, error, _object(exchanges), (time.monotonic() - started) * 1000)

    def get_at_once(self, queries: list[Query[Any]], seconds: float) -> list[Called]:
        """Ask for several pages at the same time."""
        deadline = Deadline(seconds + _MARGIN)
        running = [Beside(functools.partial(self.get, query, seconds)) for query in queries]
        return [_result(one, deadline) for one in running]

    def _context(self, seconds: float) -> CallContext:
        return CallContext(Deadline(seconds), self._correlation_id)


def _result(running: Beside[Called], deadline: Deadline) -> Called:
    try:
        return running.result(deadline.remaining())
    except TimeoutError:
        # No deadline ends a hanging look-up of a name.
        return Called(error=TimedOut("no answer in time"))


def _object(exchanges: list[Exchange]) -> dict[str, Any]:
    response = exchanges[-1].response if exchanges else None
    try:
        said = msgspec.json.decode(response.body) if response else {}
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
