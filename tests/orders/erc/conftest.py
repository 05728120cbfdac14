"""The service layer's own parts, put together over a stub upstream."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.core.cache.backends.dummy import DummyCache

from orders.erc import CallContext, ErcClient, ErcConfig, connect
from orders.erc.breaker import Breaker
from orders.erc.deadline import Deadline
from orders.erc.endpoint import Endpoint
from orders.erc.query import ItemsQuery
from orders.erc.retries import RetryBudget
from orders.erc.schema import ItemsPage
from orders.erc.store import Store
from orders.erc.transport import Limits, Transport
from tests.support.breakers import Clock, MakeBreaker
from tests.support.stub_erc import StubErc


class DictCache:
    """The smallest cache that tokens, rate limits and breakers can be shared through; what it keeps is JSON."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        self.timeouts: dict[str, float | None] = {}
        self._lock = threading.Lock()

    def get(self, key: str) -> Any:
        return self.values.get(key)

    def get_many(self, keys: Sequence[str]) -> dict[str, Any]:
        return {key: self.values[key] for key in keys if key in self.values}

    def set(self, key: str, value: object, timeout: float | None) -> None:
        self.timeouts[key] = timeout
        self.values[key] = json.loads(json.dumps(value))

    def add(self, key: str, value: object, timeout: float) -> bool:
        with self._lock:
            is_new = key not in self.values
            self.values.setdefault(key, json.loads(json.dumps(value)))
            return is_new

    def delete(self, key: str) -> None:
        self.values.pop(key, None)


def lost_cache() -> Store:
    """A cache that cannot be reached: it remembers nothing, as the portal's own does then."""
    return DummyCache("", {})


def make_endpoint(transport: Transport, store: DictCache, route: str = "/items") -> Endpoint:
    """An endpoint under the usual policy, with a breaker that no test trips by accident."""
    return Endpoint(
        route=route,
        transport=transport,
        breaker=Breaker(failures=100, probe_seconds=0.2, store=store, name=route),
        budget=RetryBudget(),
        store=store,
    )


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Both clocks, as the policies see them."""
    clock = Clock()
    monkeypatch.setattr("time.time", clock)
    monkeypatch.setattr("time.monotonic", clock)
    return clock


@pytest.fixture(params=[DictCache, lost_cache], ids=["shared", "cache lost"])
def make(request: pytest.FixtureRequest) -> MakeBreaker:
    """Makes breakers, with a store or without: one process notices no difference."""
    store: Store = request.param()

    def made(*, failures: int, probe_seconds: float, **more: float) -> Breaker:
        return Breaker(failures=failures, probe_seconds=probe_seconds, store=store, name="items", **more)

    return made


@pytest.fixture
def transport() -> Transport:
    return Transport(Limits(connect_timeout=1, read_timeout=1, max_body_bytes=200_000))


@pytest.fixture
def token_cache() -> DictCache:
    return DictCache()


def config_for(stub: StubErc) -> ErcConfig:
    """How the portal would be connected to the stub, with time-outs of a second."""
    return ErcConfig(
        base_url=stub.base_url,
        items_path="/erc/ecommerce/customers/{customer_id}/orders/{order_id}/items",
        token_url=f"{stub.base_url}/oauth/token",
        client_id="client",
        client_secret="secret",
        key_id="",
        private_key="",
        connect_timeout=1,
        read_timeout=1,
        max_body_bytes=200_000,
        breaker_failures=100,
        breaker_probe_seconds=0.2,
    )


@pytest.fixture
def client_of(token_cache: DictCache) -> Callable[[StubErc], ErcClient]:
    return lambda stub: connect(config_for(stub), store=token_cache, observe=lambda _exchange: None)


def ask(client: ErcClient, **query: object) -> ItemsPage:
    """List the items of a made-up order."""
    asked = {"customer_id": "C-1", "order_id": "O-1", **query}
    return client.list_order_items(
        ItemsQuery(**asked),  # type: ignore[arg-type] # tests pass any of the query's fields
        CallContext(Deadline(3), "correlation-1"),
    ).page
