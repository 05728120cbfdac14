"""Gets what tells customers apart who were found: only their own address in the API says where they live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from orders.erc import CallContext
from orders.erc.customers import Contact, Customer
from orders.erc.query import CustomerQuery, is_usable_id
from orders.lookup.beside_pages import ask_beside, end_of_wait, read_ahead, result_of
from orders.lookup.cached_pages import Freshness

_MAX_ASKED = 5
"""Each is a request. Who is among more is rather found by one word more."""


def details_of(contacts: Sequence[Contact], context: CallContext) -> Mapping[str, Customer]:
    """Give customers by their ids, as far as they come in time; none for one or for many."""
    ids = [contact.customer_id for contact in contacts if is_usable_id(contact.customer_id)]
    if not 1 < len(ids) <= _MAX_ASKED:
        return {}
    queries = [CustomerQuery(customer_id=one) for one in ids]
    pages = read_ahead((), queries)
    calls = [ask_beside(query, context, Freshness.CACHED, pages) for query in queries]
    ends = end_of_wait(context)
    found = [result_of(call, ends)[0] for call in calls]
    return {
        one: fetched.page for one, fetched in zip(ids, found, strict=True) if fetched and fetched.page.id == one
    }
