"""Puts endpoints together in tests, and asks a client for items."""

from __future__ import annotations

from orders.erc.breaker import Breaker
from orders.erc.client import ErcClient
from orders.erc.deadline import Deadline
from orders.erc.endpoint import Endpoint
from orders.erc.query import ItemsQuery
from orders.erc.retries import RetryBudget
from orders.erc.schema import ItemsPage
from orders.erc.transport import Transport
from tests.support.stores import DictCache


def make_endpoint(transport: Transport, store: DictCache, route: str = "/items") -> Endpoint:
    """An endpoint under the usual policy, with a breaker that no test trips by accident."""
    return Endpoint(
        route=route,
        transport=transport,
        breaker=Breaker(failures=100, probe_seconds=0.2, store=store, name=route),
        budget=RetryBudget(),
        store=store,
    )


def ask(client: ErcClient, **query: object) -> ItemsPage:
    """List the items of a made-up order."""
    asked = {"customer_id": "C-1", "order_id": "O-1", **query}
    return client.list_order_items(
        ItemsQuery(**asked),  # type: ignore[arg-type] # tests pass any of the query's fields
        deadline=Deadline(3),
        correlation_id="correlation-1",
    ).page
