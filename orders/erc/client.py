"""The ERC e-commerce API, one method per endpoint. Every failure is an error of `orders.erc.errors`."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from orders.erc.decode import decode_items_page
from orders.erc.errors import BadRequest, InvalidResponse, NotAllowed
from orders.erc.query import is_usable_id
from orders.erc.responses import raise_for_items_status
from orders.erc.schema import FetchedPage
from orders.erc.transport import Request

if TYPE_CHECKING:
    from orders.erc.auth import TokenSource
    from orders.erc.context import CallContext
    from orders.erc.deadline import Deadline
    from orders.erc.endpoint import Endpoint
    from orders.erc.errors import Response
    from orders.erc.query import ItemsQuery


class ErcClient:
    """Client of the ERC API. The constructor takes its parts, so that a test can replace each."""

    def __init__(self, *, base_url: str, items_path: str, endpoint: Endpoint, tokens: TokenSource) -> None:
        self._base_url = base_url.rstrip("/")
        self._items_path = items_path
        self._endpoint = endpoint
        self._tokens = tokens

    def list_order_items(self, query: ItemsQuery, context: CallContext) -> FetchedPage:
        """Fetch one page of an order's items. Raises any error of `orders.erc.errors`."""
        # Build the URL before the token: unusable ids then cost no request at all.
        url = self._items_url(query, context.correlation_id)
        resource = f"{query.customer_id}\n{query.order_id}"
        accept = partial(_accept, deadline=context.deadline)
        has_new_token = False
        while True:
            token = self._tokens.get(context)
            request = Request(
                "GET",
                url,
                {"Authorization": f"Bearer {token.value}"},
                context.correlation_id,
                token="fetched" if token.is_fetched else "kept",
            )
            try:
                return self._endpoint.call(request, context.deadline, accept, resource=resource)
            except NotAllowed as error:
                if error.status != 401:
                    raise
                self._tokens.drop(token.value)
                # The API may revoke a token early: try once more with a new one.
                if has_new_token:
                    raise
                has_new_token = True

    def authenticate(self, context: CallContext) -> None:
        """Get an access token, unless there is one. Raises the errors of `TokenSource.get`."""
        self._tokens.get(context)

    def is_held_back(self) -> bool:
        """Whether requests to the API or its token endpoint wait or are refused now."""
        return self._endpoint.is_held_back() or self._tokens.is_held_back()

    def lift_waits(self) -> None:
        """Forget the waits and failures of the API and its token endpoint."""
        self._tokens.lift_waits()
        self._endpoint.lift_waits()

    def _items_url(self, query: ItemsQuery, correlation_id: str) -> str:
        """Build the URL of a page. Raises BadRequest for an id that would not stay in its path segment."""
        path = self._items_path.replace("{order_id}", _segment(query.order_id, correlation_id)).replace(
            "{customer_id}", _segment(query.customer_id, correlation_id)
        )
        parameters = urlencode(query.parameters())
        return f"{self._base_url}{path}" + (f"?{parameters}" if parameters else "")


def _accept(response: Response, *, deadline: Deadline) -> FetchedPage:
    raise_for_items_status(response)
    try:
        page = decode_items_page(response.body, deadline=deadline)
    except InvalidResponse as error:
        error.status = response.status
        raise
    return FetchedPage(page, response.body, datetime.now(UTC))


def _segment(identifier: str, correlation_id: str) -> str:
    # Ids are opaque, so every reserved character is encoded. The check repeats the form's on purpose.
    if not is_usable_id(identifier):
        raise BadRequest("not asked: an id cannot be a part of an address", correlation_id=correlation_id)
    return quote(identifier, safe="")
