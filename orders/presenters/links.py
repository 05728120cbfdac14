"""Addresses from the API that a page may use, and the portal's own."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from orders.erc.query import ItemsQuery

_LONGEST = 2048


def outside_link(address: str | None) -> str:
    """An http(s) address that an agent may open; empty where it is anything else."""
    return address.strip() if address and _host(address.strip(), ("https", "http")) else ""


def picture_address(address: str | None) -> str:
    """An address that the Content-Security-Policy lets a picture load from; empty where it is anything else."""
    found = (address or "").strip()
    if _host(found, ("https",)):
        return found
    if any(found.startswith(origin + "/") for origin in settings.IMAGE_ORIGINS) and _host(found, ("http",)):
        return found
    return ""


def _host(address: str, schemes: tuple[str, ...]) -> str:
    if len(address) > _LONGEST or not address.isprintable() or any(c in address for c in ' \\"<>'):
        return ""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return ""
    # An address with a user name reads like another host: https://bank.example@attacker.example/.
    if parts.scheme.lower() not in schemes or "@" in parts.netloc:
        return ""
    return parts.hostname or ""


def items_link(address: str, query: ItemsQuery, changes: Mapping[str, str | None], trail: str = "") -> str:
    """The link to a query's page at a surface's `address`, with `changes` to its parameters (None removes one).

    What the address has in its own query stays in every link.
    """
    parameters = {"customer_id": query.customer_id, "order_id": query.order_id, **query.parameters()}
    for name, value in {**changes, "trail": trail or None}.items():
        parameters.pop(name, None)
        if value is not None:
            parameters[name] = value
    return f"{address}{'&' if '?' in address else '?'}{urlencode(parameters)}"


def start_link(address: str, customer_id: str, order_id: str) -> str:
    """The link to the first page of an order at the surface's `address`; empty where no order is named."""
    return f"{address}?{urlencode({'customer_id': customer_id, 'order_id': order_id})}" if order_id else ""
