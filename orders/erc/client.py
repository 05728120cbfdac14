"""The ERC e-commerce API, one method per endpoint.

`ErcClient.list_order_items` asks GET {base_url}{items_path} and gives an `ItemsAnswer`, or
raises one error of the hierarchy in `orders.erc.errors`; nothing else leaves it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from orders.erc.decode import decode_items_page
from orders.erc.errors import BadRequest, InvalidResponse, NotAllowed
from orders.erc.query import is_usable_id
from orders.erc.responses import raise_for_items_status
from orders.erc.transport import Request

if TYPE_CHECKING:
    from orders.erc.auth import Granted, TokenSource
    from orders.erc.deadline import Deadline
    from orders.erc.endpoint import Endpoint
    from orders.erc.errors import Response
    from orders.erc.query import ItemsQuery
    from orders.erc.schema import ItemsPage

DEFAULT_ITEMS_PATH = "/erc/ecommerce/customers/{customer_id}/orders/{order_id}/items"


class ItemsAnswer(NamedTuple):
    """A page of items, and the answer's body that it was read from."""

    page: ItemsPage
    body: bytes


class ErcClient:
    """Asks the ERC API. Takes its parts by constructor, so that each can be replaced in a test."""

    def __init__(self, *, base_url: str, items_path: str, endpoint: Endpoint, tokens: TokenSource) -> None:
        self._base_url = base_url.rstrip("/")
        self._items_path = items_path
        self._endpoint = endpoint
        self._tokens = tokens

    def list_order_items(self, query: ItemsQuery, *, deadline: Deadline, correlation_id: str) -> ItemsAnswer:
        """One page of an order's items.

        Raises BadRequest, NotFound, NotAllowed, RateLimited, Unavailable, TimedOut or InvalidResponse.
        """
        # Before the token: ids that cannot be sent cost no call at all.
        url = self.items_url(query, correlation_id)
        resource = f"{query.customer_id}\n{query.order_id}"
        token = self._tokens.get(deadline, correlation_id)
        try:
            return self._ask(url, resource, token, deadline, correlation_id)
        except NotAllowed as error:
            if error.status != 401:
                raise
            # A token can be refused before its time: once more with a new one, then no more.
            self._tokens.drop(token.value)
            return self._ask_again(url, resource, deadline, correlation_id)

    def _ask_again(self, url: str, resource: str, deadline: Deadline, correlation_id: str) -> ItemsAnswer:
        token = self._tokens.get(deadline, correlation_id)
        try:
            return self._ask(url, resource, token, deadline, correlation_id)
        except NotAllowed as error:
            if error.status == 401:
                self._tokens.drop(token.value)
            raise

    def _ask(
        self, url: str, resource: str, token: Granted, deadline: Deadline, correlation_id: str
    ) -> ItemsAnswer:
        call = Request(
            "GET",
            url,
            {"Authorization": f"Bearer {token.value}"},
            correlation_id,
            token="fetched" if token.is_fetched else "kept",
        )
        accept = partial(_accepted, deadline=deadline)
        return self._endpoint.call(call, deadline, accept, resource=resource)

    def items_url(self, query: ItemsQuery, correlation_id: str) -> str:
        """The address of the query's page; ids are opaque, so every reserved character in them is encoded.

        Raises BadRequest for an id that would not stay in its place.
        """
        path = self._items_path.replace("{order_id}", _segment(query.order_id, correlation_id)).replace(
            "{customer_id}", _segment(query.customer_id, correlation_id)
        )
        parameters = urlencode(query.parameters())
        return f"{self._base_url}{path}" + (f"?{parameters}" if parameters else "")

    def is_held_back(self) -> bool:
        """Whether the API or its token endpoint is not asked as usual now, for its waits or its failures."""
        return self._endpoint.is_held_back() or self._tokens.is_held_back()

    def lift_waits(self) -> None:
        """Forget the waits that the API asked for, and ask it again although it has failed."""
        self._tokens.lift_waits()
        self._endpoint.lift_waits()


def _accepted(answer: Response, correlation_id: str, *, deadline: Deadline) -> ItemsAnswer:
    raise_for_items_status(answer, correlation_id)
    try:
        return ItemsAnswer(decode_items_page(answer.body, deadline=deadline), answer.body)
    except InvalidResponse as error:
        error.status = answer.status
        error.correlation_id = correlation_id
        raise


def _segment(identifier: str, correlation_id: str) -> str:
    """An id as one part of a path. Every endpoint's ids go through here, whoever has checked them before."""
    if not is_usable_id(identifier):
        raise BadRequest("not asked: an id cannot be a part of an address", correlation_id=correlation_id)
    return quote(identifier, safe="")
