"""Short names for what a text in the find box can be, for the tables of tests, and the search for it."""

from __future__ import annotations

from orders.audit.access_log import Viewer
from orders.lookup.find import Kind, Reading, read_query
from orders.lookup.find.search import Found, find

VIEWER = Viewer("portal", "agent", "192.0.2.1")


def email(text: str) -> Reading:
    return Reading(Kind.EMAIL, text)


def phone(text: str) -> Reading:
    return Reading(Kind.PHONE, text)


def number(text: str) -> Reading:
    return Reading(Kind.ORDER_NUMBER, text)


def name(text: str) -> Reading:
    return Reading(Kind.NAME, text)


def customer(text: str) -> Reading:
    return Reading(Kind.CUSTOMER_ID, text)


def ids(customer_id: str, order_id: str) -> Reading:
    return Reading(Kind.IDS, customer_id, order_id)


def find_text(text: str) -> Found:
    return find(read_query(text), VIEWER, "correlation-1")


def customers_of(found: Found) -> list[str]:
    return [one.entry.customer_id for one in found.customers]


def orders_of(found: Found) -> list[str]:
    return [one.entry.id for one in found.orders]
