"""The items of the orders that orders.csv fills itself: a delivery each, at the order's stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ercportal.demo.sandbox.catalogue.currencies import from_euros
from ercportal.demo.sandbox.catalogue.model import Clock, Order, delivery, money, tracking
from ercportal.demo.sandbox.catalogue.products import PRICES, sold
from ercportal.demo.sandbox.catalogue.refunds import refunds_and_returns
from ercportal.demo.sandbox.catalogue.terms import CANCELLED

if TYPE_CHECKING:
    from ercportal.demo.sandbox.catalogue.terms import Terms
    from ercportal.demo.sandbox.wire import Json

_AT_THE_CUSTOMERS = ("DELIVERED", "PICKED_UP")


def bought_order(terms: Terms, clock: Clock) -> Order:
    """The order with the items of these terms."""
    items = tuple(_item(number, terms, clock) for number in range(1, len(terms.lines) + 1))
    embedded = refunds_and_returns(terms, items, clock) if terms.refunded else {}
    page: dict[str, Json] = {"id": f"page-{terms.order_id}"}
    return Order(terms.customer_id, terms.order_id, items=items, page_fields=page, embedded=embedded)


def _item(number: int, terms: Terms, clock: Clock) -> dict[str, Json]:
    sku, quantity = terms.lines[number - 1]
    name = f"{terms.order_id}-{number}"
    price = money(from_euros(PRICES[sku], terms.currency), terms.currency)
    left = 0 if terms.stage in _AT_THE_CUSTOMERS or terms.stage == CANCELLED else quantity
    deliveries: list[Json] = []
    if terms.stage != CANCELLED:
        deliveries.append(_delivery(name, quantity, terms, clock))
    return sold(f"itm-{name}", sku, quantity, price=price, deliverable_quantity=left, deliveries=deliveries)


def _delivery(name: str, quantity: int, terms: Terms, clock: Clock) -> dict[str, Json]:
    fields: dict[str, Json] = {}
    if terms.delivery_type == "SHIPPING" and terms.stage != "CONFIRMED":
        fields = {"carrier": "Nordpost", "tracking_info": tracking(f"NP {name}")}
    return delivery(f"dlv-{name}", terms.stage, clock.ago(days=terms.reached), quantity, **fields)
