"""The two lists of orders: a customer's, and the account's.

The checks come in a fixed order: method (405), token (401), scope (403), parameters (400), customer (404).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ercportal.demo.sandbox.catalogue.misbehaving import FAULTY_CUSTOMER
from ercportal.demo.sandbox.family_faults import CUSTOMERS_ORDERS, FAULTS_OF, ORDERS, fault_searched_for
from ercportal.demo.sandbox.faults import Visit
from ercportal.demo.sandbox.list_pages import ListPages
from ercportal.demo.sandbox.orders_rules import ORDERS as ORDERS_RULES
from ercportal.demo.sandbox.parameters import ListQuery, read_list_query
from ercportal.demo.sandbox.pictures.addresses import with_picture_addresses
from ercportal.demo.sandbox.provider_side import order_of_connections
from ercportal.demo.sandbox.scopes import FOR_CUSTOMERS_ORDERS, FOR_ORDERS
from ercportal.demo.sandbox.selection import select
from ercportal.demo.sandbox.wire import Answer, Request, error_answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ercportal.demo.sandbox.addresses import Address
    from ercportal.demo.sandbox.catalogue.model import PlacedOrder
    from ercportal.demo.sandbox.faults import Fault
    from ercportal.demo.sandbox.services import Services
    from ercportal.demo.sandbox.wire import Json


class OrdersEndpoint:
    """Answers requests for lists of orders, newest first unless they ask for another order."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def answer_customers(self, request: Request, address: Address) -> Answer:
        """The answer to any request for the orders of a customer."""
        return self._services.gate.answer(
            request, FOR_CUSTOMERS_ORDERS, lambda token: self._customers_orders(request, address, token)
        )

    def answer_accounts(self, request: Request, address: Address) -> Answer:
        """The answer to any request for the orders of the account."""
        return self._services.gate.answer(
            request, FOR_ORDERS, lambda token: self._accounts_orders(request, address, token)
        )

    def _customers_orders(self, request: Request, address: Address, token: str) -> Answer:
        customer_id = address.ids["customer_id"]
        query, position = self._query_and_position(request, address)
        if self._services.catalogue.customer(customer_id) is None:
            return error_answer(404, "There is no such customer.")
        pages = self._pages(self._services.catalogue.placed_by(customer_id), request, address, query)
        visit = Visit(
            token,
            position,
            query.limit,
            lambda start, following: _page(pages, start, following, has_empty_list=True),
            CUSTOMERS_ORDERS,
            "customer_id",
        )
        return self._services.faults.answer(FAULTS_OF[CUSTOMERS_ORDERS].get(customer_id), visit)

    def _accounts_orders(self, request: Request, address: Address, token: str) -> Answer:
        query, position = self._query_and_position(request, address)
        fault = fault_searched_for(ORDERS, [query.filters.get("search", "")])
        pages = self._pages(self._orders_of_account(fault), request, address, query, is_all=fault is not None)
        visit = Visit(
            token,
            position,
            query.limit,
            lambda start, following: _page(pages, start, following, has_empty_list=False),
            ORDERS,
            "search",
        )
        return self._services.faults.answer(fault, visit)

    def _orders_of_account(self, fault: Fault | None) -> list[PlacedOrder]:
        catalogue = self._services.catalogue
        return catalogue.placed_orders() if fault is None else catalogue.placed_by(FAULTY_CUSTOMER)

    def _query_and_position(self, request: Request, address: Address) -> tuple[ListQuery, int]:
        query = read_list_query(request.query, ORDERS_RULES)
        if query.cursor is None:
            return query, 0
        return query, self._services.cursors.open(query.cursor, address.path, query)

    def _pages(
        self,
        orders: Sequence[PlacedOrder],
        request: Request,
        address: Address,
        query: ListQuery,
        *,
        is_all: bool = False,
    ) -> ListPages:
        """The pages of these orders; `is_all` leaves the filters aside."""
        facts: list[Json] = [
            order_of_connections(order.facts) if address.is_of_connections else order.facts for order in orders
        ]
        chosen = facts if is_all else select(facts, query, ORDERS_RULES)
        return ListPages(chosen, address.path, query, self._services.cursors, request.base_url)


def _page(pages: ListPages, start: int, following: int | None, *, has_empty_list: bool) -> dict[str, Json]:
    """One page; where nothing was found, the account's list comes without `_embedded`."""
    links: dict[str, Json] = {"_links": pages.links(start, following)}
    if not pages.entries and not has_empty_list:
        return links
    return {
        "_embedded": {"orders": with_picture_addresses(pages.entries_from(start), pages.base_url)},
        **links,
    }
