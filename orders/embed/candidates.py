"""Narrows down whom a panel may be bound to, of those whom the search of a launch has found."""

from __future__ import annotations

from collections import Counter

from orders.erc.query import is_usable_id
from orders.lookup.find import Kind, Reading
from orders.lookup.find.matching import Match, match_contact
from orders.lookup.find.search import Found
from orders.presenters.found import MAX_SHOWN


def keep_best(found: Found) -> Found:
    """Keep those who fit most of what a launch names: it is one caller, whatever is known of them.

    A customer one of whose orders was found stands there with the order alone.
    """
    fits: Counter[str] = Counter({one.entry.customer_id: 0 for one in found.customers})
    for customer in found.customers:
        fits[customer.entry.customer_id] += len(
            {
                reading.kind
                for reading in found.readings
                if _is_of_person(reading) and match_contact(customer.entry, reading) is not Match.LOOSE
            }
        )
    fits.update({one.entry.customer_id for one in found.orders if one.entry.customer_id})
    best = {customer_id for customer_id, count in fits.items() if count == max(fits.values())}
    orders = tuple(one for one in found.orders if not fits or one.entry.customer_id in best)
    with_order = {one.entry.customer_id for one in orders}
    customers = tuple(one for one in found.customers if one.entry.customer_id in best - with_order)
    return found._replace(customers=customers, orders=orders)


def shown_ids(found: Found) -> tuple[str, ...]:
    """Give the ids of the customers from whom a page of what was found lets the agent choose."""
    customers = (one.entry.customer_id for one in found.customers[:MAX_SHOWN])
    of_orders = (one.entry.customer_id or "" for one in found.orders[:MAX_SHOWN])
    return tuple(dict.fromkeys(filter(is_usable_id, (*customers, *of_orders))))


def _is_of_person(reading: Reading) -> bool:
    return reading.kind in (Kind.EMAIL, Kind.PHONE)
