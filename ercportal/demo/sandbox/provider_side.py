"""How the provider's side (`/connections`) names what the other side names otherwise: shipping addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ercportal.demo.sandbox.wire import Json


def customer_of_connections(details: Mapping[str, Json]) -> dict[str, Json]:
    """A customer whose addresses are shipping addresses."""
    names = {"addresses": "shipping_addresses", "shipping_addresses": "addresses"}
    return {names.get(name, name): value for name, value in details.items()}


def order_of_connections(facts: Mapping[str, Json]) -> dict[str, Json]:
    """An order with a list of shipping addresses in place of one; one that has a list here has one there."""
    order = dict(facts)
    if "shipping_address" in order:
        address = order.pop("shipping_address")
        order["shipping_addresses"] = None if address is None else [address]
    elif "shipping_addresses" in order:
        listed = order.pop("shipping_addresses")
        order["shipping_address"] = listed[0] if isinstance(listed, list) else None
    return order
