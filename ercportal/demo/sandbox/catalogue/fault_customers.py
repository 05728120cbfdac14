"""The customers and orders whose ids say what goes wrong with them, for each endpoint but the items' own.

Beside their one fault they are well: of customer `F-customer-500` the orders and their items can be had. Orders
whose own address has a fault belong to the customer of the items' faults.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ercportal.demo.sandbox.catalogue.misbehaving import FAULTY_CUSTOMER
from ercportal.demo.sandbox.catalogue.people import Person
from ercportal.demo.sandbox.catalogue.products import PRODUCTS
from ercportal.demo.sandbox.catalogue.terms import Terms
from ercportal.demo.sandbox.family_faults import (
    CUSTOMER,
    CUSTOMERS_ORDERS,
    FAULTS_OF,
    MOST_RECENT_ORDER,
    ORDER,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ercportal.demo.sandbox.catalogue.model import Order

_USUAL_ORDERS = 2
_MANY = 45
_OLDER_THAN_ALL_OTHERS = 3000


def fault_people() -> list[Person]:
    """A customer for each fault of an endpoint that a customer id leads to."""
    return [
        Person(customer_id, f"Fault {customer_id}", "Fault", customer_id, "", (), (), _OLDER_THAN_ALL_OTHERS + 100)
        for place in (CUSTOMER, CUSTOMERS_ORDERS, MOST_RECENT_ORDER)
        for customer_id in FAULTS_OF[place]
    ]


def fault_terms(themed: Iterable[Order]) -> list[Terms]:
    """The orders of those customers, and the orders with a fault at their own address or at their items."""
    ids = [
        (person.customer_id, f"A-{person.customer_id}-{number}")
        for person in fault_people()
        for number in range(_MANY if "-next-" in person.customer_id else _USUAL_ORDERS)
    ]
    ids += [(FAULTY_CUSTOMER, order_id) for order_id in FAULTS_OF[ORDER]]
    filled = [_terms(number, *pair, (PRODUCTS[number % len(PRODUCTS)].sku, 1)) for number, pair in enumerate(ids)]
    bare = [order for order in themed if order.is_fault]
    return [*filled, *(_terms(number, order.customer_id, order.order_id) for number, order in enumerate(bare))]


def _terms(number: int, customer_id: str, order_id: str, *lines: tuple[str, int]) -> Terms:
    days = _OLDER_THAN_ALL_OTHERS + number / 24
    return Terms(customer_id, order_id, days, days - 2, lines=lines)
