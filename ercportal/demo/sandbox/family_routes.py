"""The addresses around the items, and the endpoint that each leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from ercportal.demo.sandbox.addresses import (
    CUSTOMER_PATH,
    CUSTOMERS_ORDERS_PATH,
    CUSTOMERS_PATH,
    MOST_RECENT_ORDER_PATH,
    ORDER_PATH,
    ORDERS_PATH,
    Address,
    of_connections,
)
from ercportal.demo.sandbox.customers_endpoint import CustomersEndpoint
from ercportal.demo.sandbox.orders_endpoint import OrdersEndpoint
from ercportal.demo.sandbox.resource_endpoint import (
    CUSTOMER_RESOURCE,
    MOST_RECENT_ORDER_RESOURCE,
    ORDER_RESOURCE,
    ResourceEndpoint,
)
from ercportal.demo.sandbox.wire import Answer, Request

if TYPE_CHECKING:
    from ercportal.demo.sandbox.services import Services

Handler: TypeAlias = Callable[[Request, Address], Answer]


def family_routes(services: Services) -> Mapping[str, Handler]:
    """What answers, by the template of the address; what belongs to a customer is on the provider's side too."""
    orders = OrdersEndpoint(services)
    of_customers: dict[str, Handler] = {
        CUSTOMER_PATH: ResourceEndpoint(CUSTOMER_RESOURCE, services).answer,
        CUSTOMERS_ORDERS_PATH: orders.answer_customers,
        ORDER_PATH: ResourceEndpoint(ORDER_RESOURCE, services).answer,
        MOST_RECENT_ORDER_PATH: ResourceEndpoint(MOST_RECENT_ORDER_RESOURCE, services).answer,
    }
    return {
        CUSTOMERS_PATH: CustomersEndpoint(services).answer,
        ORDERS_PATH: orders.answer_accounts,
        **of_customers,
        **{of_connections(template): handler for template, handler in of_customers.items()},
    }
