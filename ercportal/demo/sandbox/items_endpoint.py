"""GET .../customers/{customer_id}/orders/{order_id}/items, by docs/api-reference.md#page-of-items.

The checks come in a fixed order: method (405), token (401), scope (403), parameters (400), order (404).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from ercportal.demo.sandbox.catalogue.model import ABSENT
from ercportal.demo.sandbox.faults import Faults, Visit
from ercportal.demo.sandbox.parameters import ItemsQuery, read_query
from ercportal.demo.sandbox.selection import select
from ercportal.demo.sandbox.shop_statuses import with_shop_statuses
from ercportal.demo.sandbox.tokens import ITEMS_SCOPE
from ercportal.demo.sandbox.wire import JSON_TYPE, Answer, RefusedError, Request, error_answer, method_refused

if TYPE_CHECKING:
    from ercportal.demo.sandbox.catalogue import Catalogue
    from ercportal.demo.sandbox.catalogue.model import Order
    from ercportal.demo.sandbox.cursors import Cursors
    from ercportal.demo.sandbox.routes import ItemsAddress
    from ercportal.demo.sandbox.tokens import TokenStore
    from ercportal.demo.sandbox.wire import Json

_BEARER = re.compile(r"Bearer ([A-Za-z0-9._~+/=-]+)", re.IGNORECASE)
_OWN_PICTURE = "/pictures/"


class ItemsEndpoint:
    """Answers requests for the items of an order."""

    def __init__(self, tokens: TokenStore, catalogue: Catalogue, cursors: Cursors, faults: Faults) -> None:
        self._tokens = tokens
        self._catalogue = catalogue
        self._cursors = cursors
        self._faults = faults

    def answer(self, request: Request, address: ItemsAddress) -> Answer:
        """The answer to any request on an order's items."""
        if request.method != "GET":
            return method_refused("GET")
        try:
            token = self._authorized_token(request)
            _require_json_accepted(request)
            query = read_query(request.query, has_cursor=not address.is_of_connections)
            position = 0 if query.cursor is None else self._cursors.open(query.cursor, address, query)
            order = self._catalogue.find(address.customer_id, address.order_id)
        except RefusedError as refused:
            return refused.answer
        if order is None:
            return error_answer(404, "There is no such order for this customer.")
        pages = _OrderPages(order, address, query, self._cursors, request.base_url)
        return self._faults.answer(order, Visit(token, position, query.limit, pages.page))

    def _authorized_token(self, request: Request) -> str:
        bearer = _BEARER.fullmatch(request.headers.get("authorization", ""))
        if bearer is None:
            raise RefusedError(error_answer(401, "A bearer token is needed."))
        scopes = self._tokens.scopes_of(bearer[1])
        if scopes is None:
            raise RefusedError(error_answer(401, "The token is unknown or has expired."))
        if ITEMS_SCOPE not in scopes:
            raise RefusedError(error_answer(403, f"The scope {ITEMS_SCOPE} is needed."))
        return bearer[1]


class _OrderPages:
    """Cuts one order into the pages that one request may see."""

    def __init__(
        self, order: Order, address: ItemsAddress, query: ItemsQuery, cursors: Cursors, base_url: str
    ) -> None:
        self._order = order
        self._address = address
        self._query = query
        self._cursors = cursors
        self._base_url = base_url
        items = list(map(with_shop_statuses, order.items)) if address.is_of_connections else order.items
        self._items = select(items, query)

    def page(self, start: int, following: int | None = None) -> dict[str, Json]:
        """The page from position `start`. Its next link leads to `following`, else to where the page ends."""
        end = start + self._query.limit
        shown = [_with_picture_address(item, self._base_url) for item in self._items[start:end]]
        if following is None and end < len(self._items):
            following = end
        return {
            **self._order.page_fields,
            "_embedded": {"items": shown, **self._order.embedded},
            "_links": self._links(following),
        }

    def _links(self, following: int | None) -> dict[str, Json]:
        links: dict[str, Json] = {"self": {"href": self._address_of(self._query.cursor)}}
        if self._address.is_of_connections:
            return links
        if following is not None:
            cursor = self._cursors.seal(following, self._address, self._query)
            links["next"] = {"href": self._address_of(cursor)}
        elif self._order.last_next is not ABSENT:
            links["next"] = self._order.last_next
        return links

    def _address_of(self, cursor: str | None) -> str:
        parameters = [("limit", str(self._query.limit)), *self._query.selection()]
        if cursor is not None:
            parameters.append(("cursor", cursor))
        return f"{self._base_url}{self._address.path}?{urlencode(parameters, quote_via=quote, safe='')}"


def _with_picture_address(item: Json, base_url: str) -> Json:
    if not isinstance(item, Mapping):
        return item
    picture = item.get("image_url")
    if not isinstance(picture, str) or not picture.startswith(_OWN_PICTURE):
        return item
    return {**item, "image_url": base_url + picture}


def _require_json_accepted(request: Request) -> None:
    ranges = (part.lower().replace(" ", "") for part in request.headers.get("accept", "").split(","))
    for media_range in ranges:
        media_type, *options = media_range.split(";")
        is_refused = any(re.fullmatch(r"q=0(\.0*)?", option) for option in options)
        if media_type in (JSON_TYPE, "application/*", "*/*") and not is_refused:
            return
    raise RefusedError(error_answer(400, f"The Accept header must allow {JSON_TYPE}."))
