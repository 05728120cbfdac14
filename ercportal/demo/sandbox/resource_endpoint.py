"""The endpoints that answer with one resource: customer, order, most recent order.

The checks come in a fixed order: method (405), token (401), scope (403), parameters (400), resource (404).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ercportal.demo.sandbox.family_faults import CUSTOMER, FAULTS_OF, MOST_RECENT_ORDER, ORDER
from ercportal.demo.sandbox.faults import Visit
from ercportal.demo.sandbox.pictures.addresses import with_picture_addresses
from ercportal.demo.sandbox.provider_side import customer_of_connections, order_of_connections
from ercportal.demo.sandbox.query_string import any_text, read_parameters
from ercportal.demo.sandbox.scopes import FOR_CUSTOMER, FOR_MOST_RECENT_ORDER, FOR_ORDER
from ercportal.demo.sandbox.wire import Answer, Request, error_answer

if TYPE_CHECKING:
    from ercportal.demo.sandbox.addresses import Address
    from ercportal.demo.sandbox.catalogue import Catalogue
    from ercportal.demo.sandbox.services import Services
    from ercportal.demo.sandbox.wire import Json

Read: TypeAlias = "Callable[[Catalogue, Address, str], Mapping[str, Json] | None]"
"""The body for an address on a server, without the server's address before its pictures; None for none."""


@dataclass(frozen=True)
class Resource:
    """One kind of resource: where its faults are, what opens it, which id is at fault, and how it is read."""

    place: str
    scopes: frozenset[str]
    id_name: str
    read: Read


class ResourceEndpoint:
    """Answers requests for one kind of resource."""

    def __init__(self, resource: Resource, services: Services) -> None:
        self._resource = resource
        self._services = services

    def answer(self, request: Request, address: Address) -> Answer:
        """The answer to any request on such a resource."""
        return self._services.gate.answer(
            request, self._resource.scopes, lambda token: self._body(request, address, token)
        )

    def _body(self, request: Request, address: Address, token: str) -> Answer:
        resource = self._resource
        brand = read_parameters(request.query, {"brand": any_text}).get("brand")
        found = resource.read(self._services.catalogue, address, request.base_url)
        if found is None or brand not in (None, found.get("brand")):
            return error_answer(404, "There is nothing at this address for this account.")
        body = {name: with_picture_addresses(value, request.base_url) for name, value in found.items()}
        fault = FAULTS_OF[resource.place].get(address.ids[resource.id_name])
        visit = Visit(token, 0, 1, lambda *_: body, resource.place, resource.id_name)
        return self._services.faults.answer(fault, visit)


def _read_customer(catalogue: Catalogue, address: Address, _base_url: str) -> Mapping[str, Json] | None:
    customer = catalogue.customer(address.ids["customer_id"])
    if customer is None:
        return None
    return customer_of_connections(customer.details) if address.is_of_connections else customer.details


def _read_order(catalogue: Catalogue, address: Address, base_url: str) -> Mapping[str, Json] | None:
    order = catalogue.placed_order(address.ids["customer_id"], address.ids["order_id"])
    if order is None:
        return None
    facts = order_of_connections(order.facts) if address.is_of_connections else order.facts
    links: dict[str, Json] = {"_links": {"self": {"href": base_url + address.path}}}
    return {**facts, **links} if order.has_links else facts


def _read_most_recent_order(catalogue: Catalogue, address: Address, _base_url: str) -> Mapping[str, Json] | None:
    placed = catalogue.placed_by(address.ids["customer_id"])
    return placed[0].most_recent if placed else None


CUSTOMER_RESOURCE = Resource(CUSTOMER, FOR_CUSTOMER, "customer_id", _read_customer)
ORDER_RESOURCE = Resource(ORDER, FOR_ORDER, "order_id", _read_order)
MOST_RECENT_ORDER_RESOURCE = Resource(
    MOST_RECENT_ORDER, FOR_MOST_RECENT_ORDER, "customer_id", _read_most_recent_order
)
