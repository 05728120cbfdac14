"""The page at `/`: what this server is, and which customers, orders and faults are worth trying."""

from __future__ import annotations

from textwrap import wrap

from ercportal.demo.sandbox import addresses, scopes
from ercportal.demo.sandbox.catalogue import SHOWCASE
from ercportal.demo.sandbox.catalogue.readings import READINGS
from ercportal.demo.sandbox.catalogue.searches import SEARCHES
from ercportal.demo.sandbox.clients import KEY_CLIENT_ID, SECRET_CLIENTS
from ercportal.demo.sandbox.family_faults import (
    ABOUT_FAULTS,
    CUSTOMER,
    CUSTOMERS,
    CUSTOMERS_ORDERS,
    FAULTS_OF,
    MOST_RECENT_ORDER,
    ORDER,
    ORDERS,
)
from ercportal.demo.sandbox.token_endpoint import TOKEN_PATH
from ercportal.demo.sandbox.wire import Answer, text_answer

_ENDPOINTS = (
    (f"{addresses.ORDER_PATH}/items", scopes.FOR_ITEMS),
    (addresses.CUSTOMERS_PATH, scopes.FOR_CUSTOMERS),
    (addresses.CUSTOMER_PATH, scopes.FOR_CUSTOMER),
    (addresses.CUSTOMERS_ORDERS_PATH, scopes.FOR_CUSTOMERS_ORDERS),
    (addresses.ORDERS_PATH, scopes.FOR_ORDERS),
    (addresses.ORDER_PATH, scopes.FOR_ORDER),
    (addresses.MOST_RECENT_ORDER_PATH, scopes.FOR_MOST_RECENT_ORDER),
)

_OPEN_POINTS = (
    "What belongs to a customer is under /erc/ecommerce/connections/customers too.",
    "There an order has shipping_addresses (a list), here shipping_address (one).",
    "Searches match exactly unless matchMode=fuzzy; ids are separated by commas.",
    "An order is searched for by any part of its number.",
    "Nothing found has no _embedded, but for a customer's orders, which are an empty list then.",
    "status_info_current_index counts from 0.",
    "A scope that a client does not have is refused with 401.",
)

_PLACES = {
    CUSTOMERS: "searched for as an id, a name, or an e-mail address before any @",
    CUSTOMER: "a customer id",
    CUSTOMERS_ORDERS: "a customer id",
    ORDERS: "searched for as an order number, with # or without",
    ORDER: "an order id of customer C-FAULTS",
    MOST_RECENT_ORDER: "a customer id",
}


_WIDTH = 110
_INDENT = " " * 4


def front_page(base_url: str) -> Answer:
    """The page as plain text. `base_url` is this server as the reader addressed it."""
    lines = [
        "Sandbox of the ERC e-commerce API: order items, orders, customers",
        "",
        "It answers like the API, with made-up customers and orders. Nothing here is real.",
        "",
        f"Tokens:  POST {base_url}{TOKEN_PATH}",
        "",
        "Addresses, with the scopes that open them",
        "",
        *(f"  GET {base_url}{path:<70} {' or '.join(sorted(needed))}" for path, needed in _ENDPOINTS),
        "",
        "Clients, with the scopes that they have",
        "",
        *(f"  {client.client_id:<26} {_scopes_of(client.scopes)} (Basic)" for client, _ in SECRET_CLIENTS),
        f"  {KEY_CLIENT_ID:<26} all (private_key_jwt)",
        "",
        "Where the reference is open, it says here",
        "",
        *(f"  {point}" for point in _OPEN_POINTS),
        "",
        "Customers of whom it says otherwise",
        "",
        *(f"  {customer_id:<12} {reading.about}" for customer_id, reading in READINGS.items()),
        "",
        "Searches worth trying",
        "",
        *(f"  {search.parameter:<7} {search.text:<26} {search.about}" for search in SEARCHES),
        "",
        "Orders worth trying",
        "",
        *_showcase_lines(is_fault=False),
        "",
        "Orders whose items misbehave on purpose",
        "",
        *_showcase_lines(is_fault=True),
        "",
        "Ids that misbehave on purpose elsewhere, in the same ways and in some more; all else about them is well",
        "",
        *_fault_lines(),
        "",
    ]
    return text_answer(200, "\n".join(lines), "text/plain")


def _scopes_of(granted: frozenset[str]) -> str:
    return "all" if granted == scopes.ALL_SCOPES else " ".join(sorted(granted))


def _fault_lines() -> list[str]:
    lines = [f"  {name:<18} {about}" for name, about in ABOUT_FAULTS.items()]
    for place, faults in FAULTS_OF.items():
        names = " ".join(name.removeprefix(f"F-{place}-") for name in faults)
        lines += ["", f"  F-{place}-…, {_PLACES[place]}:"]
        lines += wrap(names, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False)
    return lines


def _showcase_lines(*, is_fault: bool) -> list[str]:
    return [
        f"  {entry.customer_id:<12} {entry.order_id:<22} {entry.title}. {entry.about}"
        for entry in SHOWCASE
        if entry.is_fault == is_fault
    ]
