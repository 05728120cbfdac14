"""GET .../customers/{customer_id}/orders/{order_id}/items, by docs/api-reference.md#page-of-items.

The checks come in a fixed order: method (405), token (401), scope (403), parameters (400), order (404).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ercportal.demo.sandbox.faults import ITEMS_FAULTS, Visit
from ercportal.demo.sandbox.items_rules import ITEMS, ITEMS_OF_CONNECTIONS
from ercportal.demo.sandbox.list_pages import ListPages
from ercportal.demo.sandbox.parameters import read_list_query
from ercportal.demo.sandbox.pictures.addresses import with_picture_addresses
from ercportal.demo.sandbox.scopes import FOR_ITEMS
from ercportal.demo.sandbox.selection import select
from ercportal.demo.sandbox.shop_statuses import with_shop_statuses
from ercportal.demo.sandbox.wire import Answer, Request, error_answer

if TYPE_CHECKING:
    from ercportal.demo.sandbox.items_address import ItemsAddress
    from ercportal.demo.sandbox.services import Services
    from ercportal.demo.sandbox.wire import Json


class ItemsEndpoint:
    """Answers requests for the items of an order."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def answer(self, request: Request, address: ItemsAddress) -> Answer:
        """The answer to any request on an order's items."""
        return self._services.gate.answer(request, FOR_ITEMS, lambda token: self._items(request, address, token))

    def _items(self, request: Request, address: ItemsAddress, token: str) -> Answer:
        rules = ITEMS_OF_CONNECTIONS if address.is_of_connections else ITEMS
        query = read_list_query(request.query, rules)
        position = 0 if query.cursor is None else self._services.cursors.open(query.cursor, address.path, query)
        order = self._services.catalogue.find(address.customer_id, address.order_id)
        if order is None:
            return error_answer(404, "There is no such order for this customer.")
        items = list(map(with_shop_statuses, order.items)) if address.is_of_connections else order.items
        pages = ListPages(
            select(items, query, rules),
            address.path,
            query,
            self._services.cursors,
            request.base_url,
            order.last_next,
            has_next=rules.has_cursor,
        )

        def page(start: int, following: int | None) -> dict[str, Json]:
            embedded: dict[str, Json] = {"items": pages.entries_from(start), **order.embedded}
            return {
                **order.page_fields,
                "_embedded": with_picture_addresses(embedded, request.base_url),
                "_links": pages.links(start, following),
            }

        fault = ITEMS_FAULTS[order.order_id] if order.is_fault else None
        return self._services.faults.answer(fault, Visit(token, position, query.limit, page))
