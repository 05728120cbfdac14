"""The ERC API over HTTP, OAuth and JSON; knows no Django. `connect` is the only way in.

An import contract lets other rooms import from here and from the modules without state, such as `errors`, `query`
and `schema`, but not the parts that `connect` puts together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec

from orders.erc.auth import TokenSource
from orders.erc.breaker import Breaker
from orders.erc.client import ErcClient
from orders.erc.client_authentication import BasicAuthentication, PrivateKeyJwtAuthentication
from orders.erc.context import CallContext
from orders.erc.endpoint import Endpoint
from orders.erc.exchange import Observer
from orders.erc.paths import EndpointName
from orders.erc.retries import RetryBudget
from orders.erc.store import Store
from orders.erc.transport import Limits, Transport

__all__ = ["OAUTH_ROUTE", "CallContext", "ErcClient", "ErcConfig", "connect"]

OAUTH_ROUTE = "/oauth/token"
"""What logs and metrics call the token endpoint."""


class ErcConfig(msgspec.Struct, frozen=True, kw_only=True):
    """Addresses, credentials and limits (in seconds and bytes) of the client.

    With a `private_key` the client signs assertions under `key_id`; without one it sends `client_secret`.
    `paths` are the endpoints' path templates; `scopes` are asked for together. At most `max_connections` requests
    run at once. `retry_capacity` is how many retries may follow each other while nothing succeeds; the items and
    the token that they need have as many of their own, so that no other endpoint's outage takes them.
    """

    base_url: str
    paths: Mapping[EndpointName, str]
    scopes: tuple[str, ...]
    token_url: str
    client_id: str
    client_secret: str
    key_id: str
    private_key: str
    connect_timeout: float
    read_timeout: float
    max_body_bytes: int
    breaker_failures: int
    breaker_probe_seconds: float
    breaker_slow_seconds: float = math.inf
    max_connections: int = 64
    retry_capacity: float = 20.0

    def __repr__(self) -> str:
        return f"<ErcConfig {self.base_url}>"


def connect(config: ErcConfig, *, store: Store, observe: Observer) -> ErcClient:
    """Put a client together. Raises ValueError for an unusable private key.

    `store` holds tokens, waits and outages for all processes that share it. `observe` gets each finished exchange.
    """
    transport = Transport(
        Limits(
            connect_timeout=config.connect_timeout,
            read_timeout=config.read_timeout,
            max_body_bytes=config.max_body_bytes,
            max_connections=config.max_connections,
        )
    )
    of_items, of_others = RetryBudget(config.retry_capacity), RetryBudget(config.retry_capacity)

    def endpoint(route: str, budget: RetryBudget) -> Endpoint:
        breaker = Breaker(
            failures=config.breaker_failures,
            probe_seconds=config.breaker_probe_seconds,
            slow_seconds=config.breaker_slow_seconds,
            store=store,
            name=route,
        )
        return Endpoint(
            route=route, transport=transport, breaker=breaker, budget=budget, store=store, observe=observe
        )

    authentication = (
        PrivateKeyJwtAuthentication(config.client_id, config.key_id, config.private_key)
        if config.private_key
        else BasicAuthentication(config.client_id, config.client_secret)
    )
    tokens = TokenSource(
        token_url=config.token_url,
        client=authentication,
        endpoint=endpoint(OAUTH_ROUTE, of_items),
        store=store,
        scopes=config.scopes,
    )
    return ErcClient(
        base_url=config.base_url,
        endpoints={
            name: endpoint(path, of_items if name is EndpointName.ITEMS else of_others)
            for name, path in config.paths.items()
        },
        tokens=tokens,
    )
