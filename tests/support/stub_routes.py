"""Where the endpoints of the API's family are, what opens each, and what each says of what it does not know."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

ORDERS_SCOPE = "erc-ecommerce-connections-orders:read"
CUSTOMER_SCOPE = "erc-ecommerce-connections-customers:read"
ACCOUNT_SCOPE = "erc-ecommerce-customers:read"
ALL_SCOPES = f"{ORDERS_SCOPE} {CUSTOMER_SCOPE} {ACCOUNT_SCOPE}"

CUSTOMERS_ROOT = "/erc/ecommerce/customers"
PATHS = {
    "customers": "/erc/ecommerce/external/customers",
    "customer": f"{CUSTOMERS_ROOT}/{{customer_id}}",
    "customer_orders": f"{CUSTOMERS_ROOT}/{{customer_id}}/orders",
    "orders": "/erc/ecommerce/orders",
    "order": f"{CUSTOMERS_ROOT}/{{customer_id}}/orders/{{order_id}}",
    "recent_order": f"{CUSTOMERS_ROOT}/{{customer_id}}/most-recent-order",
}
"""Templates of the paths by the names of the endpoints, without the items."""

SCOPES = {
    "customers": {CUSTOMER_SCOPE, ACCOUNT_SCOPE},
    "customer": {CUSTOMER_SCOPE},
    "customer_orders": {ORDERS_SCOPE},
    "orders": {ACCOUNT_SCOPE},
    "order": {ACCOUNT_SCOPE},
    "recent_order": {ORDERS_SCOPE},
}
"""The scopes of which any one opens the endpoint."""

LISTS = ("customers", "customer_orders", "orders")
"""The endpoints whose page is empty where nothing is known; the others say 404."""

_ROUTES = {
    name: re.compile(
        re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)).replace("/customers/", "(?:/connections)?/customers/")
    )
    for name, path in PATHS.items()
}


def endpoint_of(path: str) -> str:
    """The endpoint that a percent-encoded path leads to: `token`, one of the family's, else `items`."""
    if path == "/oauth/token":
        return "token"
    return next((name for name, route in _ROUTES.items() if route.fullmatch(path)), "items")


def nothing_found(endpoint: str) -> dict[str, Any]:
    """The page of a list in which nothing was found; only a customer's orders come with `_embedded` then."""
    links = {"_links": {"self": {"href": f"https://api.example{PATHS[endpoint]}"}}}
    if endpoint == "customers":
        return {"total": 0, "count": 0, "page": 1, "per_page": 50, "total_pages": 0, **links}
    return {"_embedded": {"orders": []}, **links} if endpoint == "customer_orders" else links


def scopes_in(form: str) -> frozenset[str]:
    """The scopes that the form of a request for a token names."""
    return frozenset(dict(parse_qsl(form)).get("scope", "").split())


def granted_scopes(answer: dict[str, Any], form: str) -> frozenset[str]:
    """What a token opens: the scopes that its answer names, or else those that were asked for."""
    said = answer.get("scope")
    return frozenset(said.split()) if isinstance(said, str) else scopes_in(form)
