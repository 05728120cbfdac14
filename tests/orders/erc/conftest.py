"""The service layer's own parts, put together over a stub upstream."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orders.erc.auth import BasicAuthentication, TokenSource
from orders.erc.client import DEFAULT_ITEMS_PATH, ErcClient
from orders.erc.deadline import Deadline
from orders.erc.query import ItemsQuery
from orders.erc.schema import ItemsPage
from orders.erc.transport import Limits, Transport
from tests.stub_erc import StubErc


class DictCache:
    """The smallest cache that tokens can be shared through."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}

    def get(self, key: str) -> object:
        return self.values.get(key)

    def set(self, key: str, value: object, timeout: float | None) -> None:
        self.values[key] = value

    def delete(self, key: str) -> None:
        self.values.pop(key, None)


@pytest.fixture
def transport() -> Transport:
    return Transport(Limits(connect_timeout=1, read_timeout=1, max_body_bytes=200_000))


@pytest.fixture
def token_cache() -> DictCache:
    return DictCache()


@pytest.fixture
def client_of(transport: Transport, token_cache: DictCache) -> Callable[[StubErc], ErcClient]:
    def build(stub: StubErc) -> ErcClient:
        tokens = TokenSource(
            token_url=f"{stub.base_url}/oauth/token",
            client=BasicAuthentication("client", "secret"),
            transport=transport,
            cache=token_cache,
        )
        return ErcClient(base_url=stub.base_url, items_path=DEFAULT_ITEMS_PATH, transport=transport, tokens=tokens)

    return build


def ask(client: ErcClient, **query: object) -> ItemsPage:
    """List the items of a made-up order."""
    asked = {"customer_id": "C-1", "order_id": "O-1", **query}
    return client.list_order_items(
        ItemsQuery(**asked),  # type: ignore[arg-type] # tests pass any of the query's fields
        deadline=Deadline(3),
        correlation_id="correlation-1",
    )
