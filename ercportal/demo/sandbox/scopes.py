"""The scopes of the API's family, and which of them each endpoint asks for (any one of several is enough).

The word `connections` in a scope does not follow the path. The reference names no scope for the search of
customers: here it takes either of those that open a customer.
"""

from __future__ import annotations

ORDERS_SCOPE = "erc-ecommerce-connections-orders:read"
CUSTOMER_SCOPE = "erc-ecommerce-connections-customers:read"
ACCOUNT_SCOPE = "erc-ecommerce-customers:read"
OTHER_SCOPE = "sandbox-nothing:read"
"""A scope that a client may ask for and that opens nothing: the way to be answered 403."""

ALL_SCOPES = frozenset({ORDERS_SCOPE, CUSTOMER_SCOPE, ACCOUNT_SCOPE, OTHER_SCOPE})

FOR_ITEMS = frozenset({ORDERS_SCOPE})
FOR_CUSTOMERS = frozenset({CUSTOMER_SCOPE, ACCOUNT_SCOPE})
FOR_CUSTOMER = frozenset({CUSTOMER_SCOPE})
FOR_CUSTOMERS_ORDERS = frozenset({ORDERS_SCOPE})
FOR_ORDERS = frozenset({ACCOUNT_SCOPE})
FOR_ORDER = frozenset({ACCOUNT_SCOPE})
FOR_MOST_RECENT_ORDER = frozenset({ORDERS_SCOPE})
