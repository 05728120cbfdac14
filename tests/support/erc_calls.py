"""Puts endpoints and clients together in tests, and asks a client for items."""

from __future__ import annotations

from orders.erc.auth import ClientAuthentication, TokenSource
from orders.erc.breaker import Breaker
from orders.erc.client import DEFAULT_ITEMS_PATH, ErcClient
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


def make_client(
    base_url: str, token_url: str, authentication: ClientAuthentication, *, transport: Transport, store: DictCache
) -> ErcClient:
    """A client of the API at an address, under the usual policies."""
    tokens = TokenSource(
        token_url=token_url,
        client=authentication,
        endpoint=make_endpoint(transport, store, "/oauth/token"),
        cache=store,
    )
    return ErcClient(
        base_url=base_url, items_path=DEFAULT_ITEMS_PATH, endpoint=make_endpoint(transport, store), tokens=tokens
    )


def ask(client: ErcClient, **query: object) -> ItemsPage:
    """List the items of a made-up order."""
    asked = {"customer_id": "C-1", "order_id": "O-1", **query}
    return client.list_order_items(
        ItemsQuery(**asked),  # type: ignore[arg-type] # tests pass any of the query's fields
        deadline=Deadline(3),
        correlation_id="correlation-1",
    ).page
