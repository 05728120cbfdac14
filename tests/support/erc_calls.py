"""Puts endpoints and clients together in tests, and asks a client for items."""

from __future__ import annotations

from typing import Any

from orders.erc import CallContext, ErcClient, ErcConfig
from orders.erc.breaker import Breaker
from orders.erc.deadline import Deadline
from orders.erc.endpoint import Endpoint
from orders.erc.paths import DEFAULT_PATHS, ITEMS_SCOPE
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


def make_config(base_url: str, **changes: Any) -> ErcConfig:
    """How the portal would be connected to an API at an address, with time-outs of a second."""
    usual = {
        "base_url": base_url,
        "paths": DEFAULT_PATHS,
        "scopes": (ITEMS_SCOPE,),
        "token_url": f"{base_url}/oauth/token",
        "client_id": "client",
        "client_secret": "secret",
        "key_id": "",
        "private_key": "",
        "connect_timeout": 1.0,
        "read_timeout": 1.0,
        "max_body_bytes": 200_000,
        "breaker_failures": 100,
        "breaker_probe_seconds": 0.2,
    }
    return ErcConfig(**{**usual, **changes})


def ask(client: ErcClient, **query: object) -> ItemsPage:
    """List the items of a made-up order."""
    asked = {"customer_id": "C-1", "order_id": "O-1", **query}
    return client.get(
        ItemsQuery(**asked),  # type: ignore[arg-type] # tests pass any of the query's fields
        CallContext(Deadline(3), "correlation-1"),
    ).page
