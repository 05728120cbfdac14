"""Lists a customer's orders for a viewer, with who the customer is, and records the access."""

from __future__ import annotations

import time
from typing import NamedTuple

from django.conf import settings

from orders.audit import access_log
from orders.audit.access_log import Access, Viewer
from orders.audit.search_digest import digest_search
from orders.erc import CallContext
from orders.erc.customers import Contact, Customer, CustomersPage
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, NotOffered
from orders.erc.paths import EndpointName
from orders.erc.query import CustomerOrdersQuery, CustomerQuery, CustomersQuery
from orders.lookup.beside_pages import ask_ahead, ask_beside, end_of_wait, read_ahead, result_of
from orders.lookup.cached_pages import Freshness
from orders.lookup.gathering import gather, source_of
from orders.lookup.order_listing import OrderListing, continue_orders, merge_orders
from orders.lookup.paging import page_number
from orders.models import AccessKind


class CustomerOrders(NamedTuple):
    """The result: a listing or an error.

    `customer` and `contact`, who alone has e-mail addresses and telephones, are None where the API did not tell of
    them in time. `lacking` are the endpoints that the account lacks, as far as is known now.
    """

    listing: OrderListing | None = None
    error: ErcError | None = None
    customer: Customer | None = None
    contact: Contact | None = None
    lacking: frozenset[EndpointName] | None = None


def list_customer_orders(
    query: CustomerOrdersQuery,
    viewer: Viewer,
    correlation_id: str,
    *,
    state: str,
    freshness: Freshness = Freshness.CACHED,
    pages: int = 1,
    asks_who: bool = True,
) -> CustomerOrders:
    """List a customer's orders and record the access. Raises NotRecorded where that fails: then show nothing.

    Unless `asks_who` is off, the customer is asked for at once beside the list. Where the account lacks the list,
    the error is NotOffered, also at the request by which that came to light.
    """
    context = CallContext(Deadline(settings.ERC_DEADLINE_SECONDS), correlation_id)
    started = time.monotonic()
    of_customer, of_contact = CustomerQuery(customer_id=query.customer_id), contact_query(query.customer_id)
    cached = read_ahead((query,), _who_queries(query.customer_id) if asks_who else ())
    who = ask_beside(of_customer, context, freshness, cached) if asks_who else None
    contact = ask_beside(of_contact, context, freshness, cached) if asks_who and of_contact else None
    try:
        listings, is_cut_short = gather(
            query, context, cached, continue_orders, state=state, freshness=freshness, pages=pages
        )
        listing = merge_orders(listings, is_cut_short=is_cut_short)
    except ErcError as error:
        is_lacking = EndpointName.CUSTOMER_ORDERS in cached.missing.names()
        found = CustomerOrders(error=_not_offered(error) if is_lacking else error)
    else:
        ends = end_of_wait(context)
        customer, _ = result_of(who, ends)
        contacts, _ = result_of(contact, ends)
        found = CustomerOrders(
            listing,
            # Nobody is to be taken for somebody else.
            customer=customer.page if customer and customer.page.id == query.customer_id else None,
            contact=_only(contacts.page, query.customer_id) if contacts else None,
        )
    access = Access(
        kind=AccessKind.ORDERS,
        customer_id=query.customer_id,
        # Whoever looks for a number in the log finds who narrowed a list by it, too.
        digest=digest_search(AccessKind.SEARCH_NUMBER, query.search) if query.search else "",
        page=page_number(query, state),
        outcome=found.error.kind if found.error else "ok",
        items=len(found.listing.orders) if found.listing else None,
        source=source_of(found.listing, freshness),
        duration_ms=(time.monotonic() - started) * 1000,
    )
    access_log.record(viewer, access, correlation_id)
    return found._replace(lacking=cached.missing.names())


def list_ahead(query: CustomerOrdersQuery, correlation_id: str) -> None:
    """Start the calls of a list that will be wanted in a moment. Nothing is shown, so no access is recorded."""
    ask_ahead((query, *_who_queries(query.customer_id)), correlation_id)


def _who_queries(customer_id: str) -> list[CustomerQuery | CustomersQuery]:
    of_contact = contact_query(customer_id)
    return [CustomerQuery(customer_id=customer_id), *([of_contact] if of_contact else [])]


def contact_query(customer_id: str) -> CustomersQuery | None:
    """Give the search for a customer by their id; None where a comma would make two of it."""
    return None if "," in customer_id else CustomersQuery(ids=customer_id, match_mode="exact")


def _only(page: CustomersPage, customer_id: str) -> Contact | None:
    return next((contact for contact in page.contacts if contact.customer_id == customer_id), None)


def _not_offered(error: ErcError) -> NotOffered:
    """Give the error that says that the account lacks the list."""
    return NotOffered(str(error), status=error.status, correlation_id=error.correlation_id)
