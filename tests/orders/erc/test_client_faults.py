"""Whatever an endpoint around the items does, the client says it in one of its own errors, and in time."""

from __future__ import annotations

import time
from typing import Any

import pytest

from orders.erc import CallContext, connect
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError
from orders.erc.paths import ALL_SCOPES
from orders.erc.query import (
    CustomerOrdersQuery,
    CustomerQuery,
    CustomersQuery,
    OrderQuery,
    OrdersQuery,
    Query,
    RecentOrderQuery,
)
from tests.support.erc_calls import make_config
from tests.support.family_faults import (
    EACH_FAULT_OF_EACH_ENDPOINT,
    HANG_SECONDS,
    FamilyFault,
    break_endpoint,
    name_of,
)
from tests.support.stores import DictCache
from tests.support.stub_erc import StubErc

pytestmark = pytest.mark.slow

DEADLINE = 0.5
QUERIES: dict[str, Query[Any]] = {
    str(query.endpoint): query
    for query in (
        CustomersQuery(email="ines@mail.example"),
        CustomerQuery(customer_id="C-1"),
        CustomerOrdersQuery(customer_id="C-1"),
        OrdersQuery(search="#N001"),
        OrderQuery(customer_id="C-1", order_id="O-1"),
        RecentOrderQuery(customer_id="C-1"),
    )
}
READABLE = ("an empty object", "wrong kinds", "numbers everywhere", "markup everywhere")
"""What some endpoints can make a page of: of a list nothing is needed, of an order only its id."""


@pytest.mark.parametrize(("endpoint", "fault"), EACH_FAULT_OF_EACH_ENDPOINT, ids=name_of)
def test_fault_becomes_an_error_of_the_client_in_time(erc: StubErc, endpoint: str, fault: FamilyFault) -> None:
    client = connect(
        make_config(erc.base_url, scopes=ALL_SCOPES), store=DictCache(), observe=lambda _exchange: None
    )
    break_endpoint(erc, endpoint, fault)
    error: ErcError | None = None

    started = time.monotonic()
    try:
        client.get(QUERIES[endpoint], CallContext(Deadline(DEADLINE), "correlation-1"))
    except ErcError as raised:
        error = raised
    took = time.monotonic() - started

    assert error is not None or fault.name in READABLE
    assert "secret words" not in str(error)
    assert erc.family_asked
    assert took < HANG_SECONDS - 1
