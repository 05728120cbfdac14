"""The client at the endpoints around the items, over a real socket."""

from __future__ import annotations

from typing import Any

import pytest

from orders.erc import CallContext, ErcClient, connect
from orders.erc.deadline import Deadline
from orders.erc.errors import BadRequest, InvalidResponse, NotAllowed
from orders.erc.paths import ALL_SCOPES, DEFAULT_PATHS, EndpointName
from orders.erc.query import (
    CustomerOrdersQuery,
    CustomerQuery,
    CustomersQuery,
    OrderQuery,
    OrdersQuery,
    Query,
    RecentOrderQuery,
)
from tests.support.erc_calls import ask, make_config
from tests.support.stores import DictCache
from tests.support.stub_erc import Reply, StubErc

ROOT = "/erc/ecommerce"


@pytest.fixture
def client(erc: StubErc, token_cache: DictCache) -> ErcClient:
    return connect(make_config(erc.base_url, scopes=ALL_SCOPES), store=token_cache, observe=lambda _exchange: None)


def context() -> CallContext:
    return CallContext(Deadline(3), "correlation-1")


@pytest.mark.parametrize(
    ("query", "path", "parameters"),
    [
        (
            CustomersQuery(phone="+351910000000", match_mode="exact", page=2, per_page=20),
            "/external/customers",
            {"phone": "+351910000000", "matchMode": "exact", "page": "2", "per_page": "20"},
        ),
        (
            CustomersQuery(name="María & Co", ids="a,b"),
            "/external/customers",
            {"name": "María & Co", "ids": "a,b"},
        ),
        (CustomerQuery(customer_id="a/b ü"), "/customers/a%2Fb%20%C3%BC", {}),
        (
            CustomerOrdersQuery(customer_id="C-1", search="#Y34DHR", limit=20, cursor="c/1"),
            "/customers/C-1/orders",
            {"search": "#Y34DHR", "limit": "20", "cursor": "c/1"},
        ),
        (OrdersQuery(search="Y34DHR"), "/orders", {"search": "Y34DHR"}),
        (OrderQuery(customer_id="{order_id}", order_id="O#1"), "/customers/%7Border_id%7D/orders/O%231", {}),
        (RecentOrderQuery(customer_id="C-1"), "/customers/C-1/most-recent-order", {}),
    ],
    ids=lambda given: type(given).__name__,
)
def test_query_becomes_the_address_of_its_endpoint(
    erc: StubErc, client: ErcClient, query: Query[Any], path: str, parameters: dict[str, str]
) -> None:
    erc.answers_at(query.endpoint, Reply(content={"id": "x", "_embedded": {}}))

    client.get(query, context())

    assert [(asked.path, asked.query) for asked in erc.family_asked] == [(ROOT + path, parameters)]


@pytest.mark.parametrize(
    "query",
    [
        CustomerQuery(customer_id="C-1"),
        OrderQuery(customer_id="C-1", order_id="O-1"),
        RecentOrderQuery(customer_id="C-1"),
    ],
    ids=lambda query: str(query.endpoint),
)
def test_huge_response_about_one_is_not_read(erc: StubErc, client: ErcClient, query: Query[Any]) -> None:
    erc.answers_at(query.endpoint, Reply(content={"id": "O-1", "order_number": "9" * 300_000}))

    with pytest.raises(InvalidResponse, match="larger than"):
        client.get(query, context())


def test_path_of_an_endpoint_is_a_setting(erc: StubErc, token_cache: DictCache) -> None:
    paths = {**DEFAULT_PATHS, EndpointName.CUSTOMER: "/erc/ecommerce/connections/customers/{customer_id}"}
    config = make_config(erc.base_url, paths=paths, scopes=ALL_SCOPES)
    client = connect(config, store=token_cache, observe=lambda _exchange: None)
    erc.answers_at("customer", Reply(content={"id": "C-1"}))

    client.get(CustomerQuery(customer_id="C-1"), context())

    assert erc.family_asked[0].path == f"{ROOT}/connections/customers/C-1"


def test_id_that_cannot_be_a_part_of_an_address_asks_nothing(erc: StubErc, client: ErcClient) -> None:
    with pytest.raises(BadRequest):
        client.get(CustomerQuery(customer_id=".."), context())

    assert erc.everything_asked == []


def test_endpoint_that_refuses_every_token_leaves_the_last_one_to_the_items(
    erc: StubErc, client: ErcClient
) -> None:
    erc.answers_at("customers", Reply(401, {"code": "unauthorized", "message": "no"}))
    with pytest.raises(NotAllowed):
        client.get(CustomersQuery(name="x"), context())
    fetched = len(erc.token_asked)

    ask(client)

    assert len(erc.family_asked) == 2
    assert (fetched, len(erc.token_asked)) == (2, 2)


def test_client_with_the_items_scope_alone_gets_items_and_is_refused_elsewhere(
    erc: StubErc, client: ErcClient
) -> None:
    erc.refuse_scopes(*ALL_SCOPES[1:])

    items = ask(client).items

    assert len(items) == 1
    with pytest.raises(NotAllowed) as refused:
        client.get(OrdersQuery(search="x"), context())
    assert refused.value.status == 403
    assert client.lacking_scopes() == ALL_SCOPES[1:]
