"""The orders that the sandbox knows, by theme, and a guide to them.

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
from ercportal.demo.sandbox.catalogue.misbehaving import misbehaving_orders
from ercportal.demo.sandbox.catalogue.model import Clock
from ercportal.demo.sandbox.catalogue.money import money_orders
from ercportal.demo.sandbox.catalogue.words import word_orders

if TYPE_CHECKING:
    from ercportal.demo.sandbox.catalogue.model import Order

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


class Catalogue:
    """All orders, with dates that are fresh at `now`."""

    def __init__(self, now: datetime) -> None:
        clock = Clock(now)
        orders = [order for theme in _THEMES for order in theme(clock)]
        self._orders = {(order.customer_id, order.order_id): order for order in orders}

    def find(self, customer_id: str, order_id: str) -> Order | None:
        """The customer's order; None if the customer is unknown or has no such order."""
        return self._orders.get((customer_id, order_id))

    def orders(self) -> tuple[Order, ...]:
        """All orders, by customer and order id, those that misbehave last."""
        return tuple(
            sorted(self._orders.values(), key=lambda order: (order.is_fault, order.customer_id, order.order_id))
        )


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
    for order in Catalogue(datetime.now(UTC)).orders()
)
"""Every order of the catalogue, those that misbehave last."""
