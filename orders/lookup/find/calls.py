"""Says what to ask the API for a reading, and makes what it gives alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from orders.erc import CallContext
from orders.erc.customers import Contact, Customer, CustomersPage
from orders.erc.errors import ErcError, NotAllowed, NotFound
from orders.erc.fetched import Fetched
from orders.erc.orders import Order, OrdersPage
from orders.erc.paths import EndpointName
from orders.erc.query import CustomerQuery, CustomersQuery, OrdersQuery, Query
from orders.lookup.bulkhead import Bulkhead
from orders.lookup.cached_pages import CachedPages
from orders.lookup.find.kinds import Kind, Reading
from orders.lookup.find.phones import parse_phone

PAGE_SIZE = 50
"""How many are asked for of each: the API's own default, which no limit of an account refuses."""


class Hits(NamedTuple):
    """What one request found. `unreadable` counts the entries that are left out.

    `response` is what a search for customers got.
    """

    contacts: tuple[Contact, ...] = ()
    orders: tuple[Order, ...] = ()
    has_more: bool = False
    unreadable: int = 0
    is_cached: bool = False
    stale_because: ErcError | None = None
    response: Fetched[CustomersPage] | None = None


class Call(NamedTuple):
    """A request, which takes one of the places while it waits. `query` is what it asks for first."""

    ask: Callable[[Any, CachedPages, CallContext, Bulkhead], Hits]
    query: Query[Any]


def calls_for(reading: Reading) -> tuple[Call, ...]:
    """Give the requests that a reading takes, to be sent at once.

    How the API compares is not known, and an agent does not wait for a second try: an order number is asked for
    with and without its `#`, a phone number as it is written abroad and by the digits that every spelling has.
    """
    kind, text = reading.kind, reading.text
    if kind is Kind.EMAIL:
        return (Call(_customers, CustomersQuery(email=text, match_mode="exact", per_page=PAGE_SIZE)),)
    if kind is Kind.PHONE:
        return (
            Call(_customers, CustomersQuery(phone=text, match_mode="exact", per_page=PAGE_SIZE)),
            Call(_customers, CustomersQuery(phone=_national(text), match_mode="fuzzy", per_page=PAGE_SIZE)),
        )
    if kind is Kind.NAME:
        spellings = dict.fromkeys((text, text.replace("'", "’")))
        return tuple(
            Call(_customers, CustomersQuery(name=name, match_mode="fuzzy", per_page=PAGE_SIZE))
            for name in spellings
        )
    if kind is Kind.CUSTOMER_ID:
        # A comma would make two ids of it.
        if "," in text:
            return (Call(_customer, CustomerQuery(customer_id=text)),)
        return (Call(_customer_by_search, CustomersQuery(ids=text, match_mode="exact", per_page=PAGE_SIZE)),)
    return tuple(Call(_orders, OrdersQuery(search=number, limit=PAGE_SIZE)) for number in (text, f"#{text}"))


def endpoint_of(reading: Reading) -> EndpointName:
    """Name the endpoint without which the reading cannot be searched for."""
    return EndpointName.ORDERS if reading.kind is Kind.ORDER_NUMBER else EndpointName.CUSTOMERS


def _national(number: str) -> str:
    parsed = parse_phone(number) if number.startswith("+") else None
    return str(parsed.national_number) if parsed else number.lstrip("0") or number


def _customers(query: CustomersQuery, pages: CachedPages, context: CallContext, places: Bulkhead) -> Hits:
    fetched: Fetched[CustomersPage] = pages.get(query, context, places=places)
    page = fetched.page
    return Hits(
        contacts=page.contacts,
        has_more=page.next_page is not None or bool(page.beyond) or (page.total or 0) > PAGE_SIZE,
        unreadable=len(page.unreadable),
        is_cached=fetched.is_cached,
        stale_because=fetched.stale_because,
        response=fetched,
    )


def _orders(query: OrdersQuery, pages: CachedPages, context: CallContext, places: Bulkhead) -> Hits:
    fetched: Fetched[OrdersPage] = pages.get(query, context, places=places)
    page = fetched.page
    return Hits(
        orders=page.orders,
        has_more=page.next_cursor is not None or page.next_is_unusable or bool(page.beyond),
        unreadable=len(page.unreadable),
        is_cached=fetched.is_cached,
        stale_because=fetched.stale_because,
    )


def _customer_by_search(query: CustomersQuery, pages: CachedPages, context: CallContext, places: Bulkhead) -> Hits:
    """Find a customer by id: by the search, or where the account lacks it, by the customer's own address."""
    try:
        return _customers(query, pages, context, places)
    except ErcError:
        if EndpointName.CUSTOMERS not in pages.missing.names():
            raise
    return _customer(CustomerQuery(customer_id=query.ids or ""), pages, context, places)


def _customer(query: CustomerQuery, pages: CachedPages, context: CallContext, places: Bulkhead) -> Hits:
    try:
        fetched: Fetched[Customer] = pages.get(query, context, places=places)
    except NotFound:
        return Hits()
    except NotAllowed:
        # Their orders may be had all the same. A word without a digit is hardly an id.
        is_likely = any(map(str.isdigit, query.customer_id))
        return Hits(contacts=(Contact(customer_id=query.customer_id),) if is_likely else ())
    return Hits(
        contacts=(_as_contact(fetched.page),), is_cached=fetched.is_cached, stale_because=fetched.stale_because
    )


def _as_contact(customer: Customer) -> Contact:
    name = " ".join(filter(None, (customer.first_name, customer.last_name)))
    return Contact(
        customer_id=customer.id, name=name or None, brand=customer.brand, created_at=customer.customer_since
    )
