"""GET /erc/ecommerce/external/customers: the search, the one way from an e-mail address, a number or a name.

The checks come in a fixed order: method (405), token (401), scope (403), parameters (400).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from ercportal.demo.sandbox.customer_search import is_match, read_customers_query
from ercportal.demo.sandbox.family_faults import CUSTOMERS, fault_searched_for
from ercportal.demo.sandbox.faults import Visit
from ercportal.demo.sandbox.scopes import FOR_CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ercportal.demo.sandbox.addresses import Address
    from ercportal.demo.sandbox.customer_search import CustomersQuery
    from ercportal.demo.sandbox.services import Services
    from ercportal.demo.sandbox.wire import Answer, Json, Request

_FOUND_BY_A_FAULT = ("C-1001", "C-1002")
"""Who is found where the search itself misbehaves."""


class CustomersEndpoint:
    """Answers searches for customers."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def answer(self, request: Request, address: Address) -> Answer:
        """The answer to any request on the search."""
        return self._services.gate.answer(
            request, FOR_CUSTOMERS, lambda token: self._found(request, address, token)
        )

    def _found(self, request: Request, address: Address, token: str) -> Answer:
        query = read_customers_query(request.query)
        fault = fault_searched_for(CUSTOMERS, query.texts())
        customers = self._services.catalogue.customers()
        found = [
            customer.contact
            for customer in customers
            if (is_match(customer.contact, query) if fault is None else customer.customer_id in _FOUND_BY_A_FAULT)
        ]
        self_link = _address_of(request.base_url + address.path, query)
        visit = Visit(
            token,
            (query.page - 1) * query.per_page,
            query.per_page,
            lambda start, _following: _page(found, start, query, self_link),
            CUSTOMERS,
            query.first_criterion(),
        )
        return self._services.faults.answer(fault, visit)


def _page(
    found: Sequence[Mapping[str, Json]], start: int, query: CustomersQuery, self_link: str
) -> dict[str, Json]:
    """One page; where nothing was found it comes without `_embedded`."""
    shown = list(found[start : start + query.per_page])
    embedded: dict[str, Json] = {"_embedded": {"contacts": shown}} if found else {}
    return {
        "total": len(found),
        "count": len(shown),
        "page": query.page,
        "per_page": query.per_page,
        "total_pages": -(-len(found) // query.per_page),
        **embedded,
        "_links": {"self": {"href": self_link}},
    }


def _address_of(url: str, query: CustomersQuery) -> str:
    parameters = [*query.criteria.items(), ("page", str(query.page)), ("per_page", str(query.per_page))]
    return f"{url}?{urlencode(parameters, quote_via=quote, safe='')}"
