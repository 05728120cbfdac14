"""The customers and orders that the sandbox knows, and a guide to those worth trying.

Nothing here is real: customers, products and brands are made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ercportal.demo.sandbox.catalogue.deliveries import delivery_orders
from ercportal.demo.sandbox.catalogue.edges import edge_orders
from ercportal.demo.sandbox.catalogue.everyday import everyday_orders
from ercportal.demo.sandbox.catalogue.extras import extra_orders
from ercportal.demo.sandbox.catalogue.family import build_family
from ercportal.demo.sandbox.catalogue.misbehaving import misbehaving_orders
from ercportal.demo.sandbox.catalogue.model import Clock
from ercportal.demo.sandbox.catalogue.money import money_orders
from ercportal.demo.sandbox.catalogue.words import word_orders

if TYPE_CHECKING:
    from ercportal.demo.sandbox.catalogue.model import Customer, Order, PlacedOrder

__all__ = ["SHOWCASE", "Catalogue", "Showcase"]

_THEMES = (
    everyday_orders,
    delivery_orders,
    word_orders,
    money_orders,
    extra_orders,
    edge_orders,
    misbehaving_orders,
)


def _themed_orders(clock: Clock) -> list[Order]:
    """The orders worth trying, by customer and order id, those that misbehave last."""
    orders = (order for theme in _THEMES for order in theme(clock))
    return sorted(orders, key=lambda order: (order.is_fault, order.customer_id, order.order_id))


class Catalogue:
    """All customers and orders, with dates that are fresh at `now`."""

    def __init__(self, now: datetime) -> None:
        clock = Clock(now)
        family = build_family(_themed_orders(clock), clock)
        self._orders = {(order.customer_id, order.order_id): order for order in family.items}
        self._customers = {customer.customer_id: customer for customer in family.customers}
        self._placed = family.placed

    def find(self, customer_id: str, order_id: str) -> Order | None:
        """The items of the customer's order; None if the customer is unknown or has no such order."""
        return self._orders.get((customer_id, order_id))

    def customers(self) -> list[Customer]:
        """All customers, those that misbehave last."""
        return list(self._customers.values())

    def customer(self, customer_id: str) -> Customer | None:
        """The customer of that id, if there is one."""
        return self._customers.get(customer_id)

    def placed_orders(self) -> list[PlacedOrder]:
        """All orders, newest first."""
        return self._placed

    def placed_by(self, customer_id: str) -> list[PlacedOrder]:
        """The customer's orders, newest first."""
        return [order for order in self._placed if order.customer_id == customer_id]

    def placed_order(self, customer_id: str, order_id: str) -> PlacedOrder | None:
        """The customer's order of that id, if there is one."""
        return next((order for order in self.placed_by(customer_id) if order.order_id == order_id), None)


@dataclass(frozen=True)
class Showcase:
    """An order worth trying: its ids, what it is called, and what is to be seen there."""

    customer_id: str
    order_id: str
    title: str
    about: str
    is_fault: bool


SHOWCASE = tuple(
    Showcase(order.customer_id, order.order_id, order.title, order.about, order.is_fault)
    for order in _themed_orders(Clock(datetime.now(UTC)))
)
"""Every order of the catalogue that is worth trying, those that misbehave last."""
