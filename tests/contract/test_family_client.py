"""The portal's own client with what stands in for the API's customers and orders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from orders.erc import CallContext, ErcClient
from orders.erc.deadline import Deadline
from orders.erc.errors import NotAllowed, NotFound
from orders.erc.paths import ALL_SCOPES
from orders.erc.query import (
    CustomerOrdersQuery,
    CustomerQuery,
    CustomersQuery,
    ItemsQuery,
    OrderQuery,
    OrdersQuery,
    Query,
    RecentOrderQuery,
)
from tests.contract.stand_ins import ALL_THAT_ARE_OURS, EVERYTHING_WITH_A_FAMILY, Api, against
from tests.support.erc_calls import ask

WHOLE_CARD_NUMBER = "4111111111114242"


def family_client(api: Api, **changes: Any) -> ErcClient:
    return api.client(scopes=ALL_SCOPES, **changes)


def context() -> CallContext:
    return CallContext(Deadline(10), "correlation-1")


def order_ids(client: ErcClient, customer_id: str, limit: int) -> Iterator[str]:
    """The ids of a customer's orders, page by page."""
    cursor = None
    while True:
        page = client.get(CustomerOrdersQuery(customer_id=customer_id, limit=limit, cursor=cursor), context()).page
        yield from (order.id for order in page.orders)
        cursor = page.next_cursor
        if cursor is None:
            return


@EVERYTHING_WITH_A_FAMILY
def test_client_leads_from_an_email_address_to_an_order(api: Api) -> None:
    client, known = family_client(api), api.known

    found = client.get(CustomersQuery(email=known.email), context()).page
    (contact,) = found.contacts
    customer = client.get(CustomerQuery(customer_id=contact.customer_id), context()).page
    orders = list(order_ids(client, customer.id, 20))
    order = client.get(OrderQuery(customer_id=customer.id, order_id=known.order_id), context()).page

    assert (found.unreadable, customer.id) == ((), known.customer_id)
    assert known.order_id in orders
    assert (order.id, order.order_number) == (known.order_id, known.order_number)


@EVERYTHING_WITH_A_FAMILY
def test_client_finds_the_customer_by_telephone(api: Api) -> None:
    found = family_client(api).get(CustomersQuery(phone=api.known.phone), context()).page

    assert api.known.customer_id in [contact.customer_id for contact in found.contacts]
    assert found.total == len(found.contacts)


@EVERYTHING_WITH_A_FAMILY
def test_client_finds_the_order_by_its_number(api: Api) -> None:
    found = family_client(api).get(OrdersQuery(search=api.known.order_number), context()).page

    assert (api.known.customer_id, api.known.order_id) in [(order.customer_id, order.id) for order in found.orders]
    assert found.unreadable == ()


@EVERYTHING_WITH_A_FAMILY
def test_client_reads_the_dated_history_of_the_most_recent_order(api: Api) -> None:
    recent = family_client(api).get(RecentOrderQuery(customer_id=api.known.customer_id), context()).page

    assert recent.id in set(order_ids(family_client(api), api.known.customer_id, 20))
    assert recent.status_info
    assert all(step.status_date_time for step in recent.status_info)


@EVERYTHING_WITH_A_FAMILY
def test_client_lists_orders_from_page_to_page_each_once(api: Api) -> None:
    whole = list(order_ids(family_client(api), api.known.customer_id, 100))

    listed = list(order_ids(family_client(api), api.known.customer_id, 2))

    assert listed == whole
    assert len(set(listed)) == len(listed) > 2


@against("sandbox")
def test_client_lists_sixty_orders_each_once(api: Api) -> None:
    listed = list(order_ids(family_client(api), "C-2007", 20))

    assert len(set(listed)) == len(listed) == 60


@pytest.mark.parametrize(
    ("query", "entries"),
    [
        (CustomersQuery(email="nobody-at-all@mail.example"), "contacts"),
        (OrdersQuery(search="no-such-number"), "orders"),
    ],
    ids=["customers", "orders"],
)
@EVERYTHING_WITH_A_FAMILY
def test_client_that_finds_nothing_gets_an_empty_page(api: Api, query: Query[Any], entries: str) -> None:
    page = family_client(api).get(query, context()).page

    assert getattr(page, entries) == ()
    assert page.unreadable == ()


@pytest.mark.parametrize(
    "query",
    [
        CustomerQuery(customer_id="no-such-customer"),
        CustomerOrdersQuery(customer_id="no-such-customer"),
        OrderQuery(customer_id="no-such-customer", order_id="no-such-order"),
        RecentOrderQuery(customer_id="no-such-customer"),
    ],
    ids=lambda query: str(query.endpoint),
)
@EVERYTHING_WITH_A_FAMILY
def test_client_finds_nothing_of_an_unknown_id(api: Api, query: Query[Any]) -> None:
    with pytest.raises(NotFound):
        family_client(api).get(query, context())


@ALL_THAT_ARE_OURS
def test_client_that_has_the_items_scope_alone_gets_items_and_knows_what_it_lacks(api: Api) -> None:
    client_id, client_secret = api.items_client()
    client = family_client(api, client_id=client_id, client_secret=client_secret)

    items = ask(client, customer_id=api.customer_id, order_id=api.order_id).items

    assert items
    assert set(client.lacking_scopes()) == set(ALL_SCOPES[1:])
    with pytest.raises(NotAllowed):
        client.get(OrdersQuery(search=api.known.order_number), context())


@pytest.mark.parametrize(
    ("api", "customer_id", "order_id"),
    [("sandbox", "C-2009", "A-30074"), ("stub", "C-1", "O-1")],
    indirect=["api"],
)
def test_client_cuts_a_whole_card_number_everywhere(api: Api, customer_id: str, order_id: str) -> None:
    client = family_client(api)

    alone = client.get(OrderQuery(customer_id=customer_id, order_id=order_id), context())
    listed = client.get(CustomerOrdersQuery(customer_id=customer_id, limit=100), context())
    items = client.get(ItemsQuery(customer_id=customer_id, order_id=order_id), context())

    assert alone.page.payment_details
    assert str(alone.page.payment_details.card_number).endswith("4242")
    for fetched in (alone, listed, items):
        assert WHOLE_CARD_NUMBER not in repr(fetched.page)
        assert WHOLE_CARD_NUMBER.encode() not in fetched.body
