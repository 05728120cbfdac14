"""The head of an order, as a look-up collects it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from orders.erc import CallContext
from orders.erc.deadline import Deadline
from orders.erc.query import ItemsQuery
from orders.lookup.cached_pages import Freshness
from orders.lookup.order_header import Header, HeaderCalls
from tests.support.stub_erc import Asked, Reply, StubErc, error

QUERY = ItemsQuery(customer_id="C-1", order_id="O-1")
MISSING = Header(is_missing=True)


def collect(
    query: ItemsQuery = QUERY, *, freshness: Freshness = Freshness.CACHED, seconds: float = 5, wait: float = 0
) -> Header:
    """The head of an order, collected `wait` seconds after it was asked for."""
    calls = HeaderCalls(query, CallContext(Deadline(seconds), "correlation-1"), freshness)
    time.sleep(wait)
    return calls.collect()


@contextmanager
def hanging(erc: StubErc, *endpoints: str) -> Iterator[None]:
    """Endpoints that answer nothing until the block ends."""
    may_answer = threading.Event()

    def hang(_asked: Asked) -> Reply:
        may_answer.wait(10)
        return error(404, "not_found")

    erc.family |= dict.fromkeys(endpoints, hang)
    try:
        yield
    finally:
        may_answer.set()
