"""An item with a name and a price, and the card's delivery that is made of one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from orders.erc.schema import Delivery, Item, Price
from orders.presenters.deliveries import DeliveryView
from orders.presenters.items import card


def item(**fields: Any) -> Item:
    """A kettle, but for what the test says."""
    return Item(**{"id": "i-1", "name": "Kettle", "price": Price(Decimal("10.10"), "EUR"), **fields})


def delivery(**fields: Any) -> DeliveryView:
    """The only delivery of a card."""
    (shown,) = card(item(deliveries=(Delivery(**{"id": "d-1", **fields}),))).deliveries
    return shown
