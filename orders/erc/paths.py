"""The endpoints that the portal reads: their names, paths and scopes (docs/api-reference.md)."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping

_PLACE = re.compile(r"\{(\w*)\}")
# A request sends it as it is, with its parameters behind.
_PATH = re.compile(r"/[^?# ]*")


class EndpointName(enum.StrEnum):
    """An endpoint, by the name that settings and logs give it."""

    ITEMS = "items"
    CUSTOMERS = "customers"
    CUSTOMER = "customer"
    CUSTOMER_ORDERS = "customer_orders"
    ORDERS = "orders"
    ORDER = "order"
    RECENT_ORDER = "recent_order"


_CUSTOMER = "/erc/ecommerce/customers/{customer_id}"

DEFAULT_PATHS: Mapping[EndpointName, str] = {
    EndpointName.ITEMS: f"{_CUSTOMER}/orders/{{order_id}}/items",
    EndpointName.CUSTOMERS: "/erc/ecommerce/external/customers",
    EndpointName.CUSTOMER: _CUSTOMER,
    EndpointName.CUSTOMER_ORDERS: f"{_CUSTOMER}/orders",
    EndpointName.ORDERS: "/erc/ecommerce/orders",
    EndpointName.ORDER: f"{_CUSTOMER}/orders/{{order_id}}",
    EndpointName.RECENT_ORDER: f"{_CUSTOMER}/most-recent-order",
}

ITEMS_SCOPE = "erc-ecommerce-connections-orders:read"
_CUSTOMER_SCOPE = "erc-ecommerce-connections-customers:read"
_ACCOUNT_SCOPE = "erc-ecommerce-customers:read"

SCOPES: Mapping[EndpointName, str] = {
    EndpointName.ITEMS: ITEMS_SCOPE,
    # The reference names no scope for the search. One of the two that open a customer is the likeliest.
    EndpointName.CUSTOMERS: _ACCOUNT_SCOPE,
    EndpointName.CUSTOMER: _CUSTOMER_SCOPE,
    EndpointName.CUSTOMER_ORDERS: ITEMS_SCOPE,
    EndpointName.ORDERS: _ACCOUNT_SCOPE,
    EndpointName.ORDER: _ACCOUNT_SCOPE,
    EndpointName.RECENT_ORDER: ITEMS_SCOPE,
}

ALL_SCOPES = tuple(dict.fromkeys(SCOPES.values()))
"""Every scope once, the items' first."""


def is_path_of(endpoint: EndpointName, path: str) -> bool:
    """Whether a path template starts with `/`, can be sent, and holds each id of the endpoint once."""
    needed = sorted(_PLACE.findall(DEFAULT_PATHS[endpoint]))
    is_sendable = bool(_PATH.fullmatch(path)) and path.isascii() and path.isprintable()
    return is_sendable and sorted(_PLACE.findall(path)) == needed
