"""Names the endpoints of the API for administrators, and says what agents lose without each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext

from orders.erc import OAUTH_ROUTE
from orders.erc.paths import EndpointName

_NAMES: Mapping[EndpointName, Callable[[], str]] = {
    EndpointName.ITEMS: lambda: gettext("Items of an order"),
    EndpointName.CUSTOMERS: lambda: gettext("Search for customers"),
    EndpointName.CUSTOMER: lambda: gettext("Customer"),
    EndpointName.CUSTOMER_ORDERS: lambda: gettext("Orders of a customer"),
    EndpointName.ORDERS: lambda: gettext("Search for orders"),
    EndpointName.ORDER: lambda: gettext("Order"),
    EndpointName.RECENT_ORDER: lambda: gettext("Most recent order"),
}
_LOSSES: Mapping[EndpointName, Callable[[], str]] = {
    EndpointName.ITEMS: lambda: gettext("Agents see no orders at all."),
    EndpointName.CUSTOMERS: lambda: gettext("Agents cannot find a customer by e-mail, phone or name."),
    EndpointName.CUSTOMER: lambda: gettext("Agents do not see a customer’s name and address above the orders."),
    EndpointName.CUSTOMER_ORDERS: lambda: gettext("Agents do not see the list of a customer’s orders."),
    EndpointName.ORDERS: lambda: gettext("Agents cannot find an order by its number alone."),
    EndpointName.ORDER: lambda: gettext("Agents do not see number, total, address and payment above the items."),
    EndpointName.RECENT_ORDER: lambda: gettext(
        "Agents do not see the dated history of a customer’s most recent order."
    ),
}


def endpoint_name(endpoint: EndpointName) -> str:
    """Name an endpoint in plain words."""
    return _NAMES[endpoint]()


def route_name(route: str, paths: Mapping[str, str]) -> str:
    """Name the endpoint that has this path template among `paths`; give the route itself where none has."""
    if route == OAUTH_ROUTE:
        return gettext("Access token")
    endpoint = next((name for name, path in paths.items() if path == route), None)
    return endpoint_name(EndpointName(endpoint)) if endpoint else route


def loss_without(endpoint: EndpointName) -> str:
    """Say what agents lose where the account lacks an endpoint."""
    return _LOSSES[endpoint]()
