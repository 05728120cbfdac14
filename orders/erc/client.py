"""The ERC e-commerce API: gets what any query asks for. Every failure is an error of `orders.erc.errors`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, urlencode

from orders.erc.errors import BadRequest, InvalidResponse, NotAllowed
from orders.erc.fetched import Fetched
from orders.erc.paths import EndpointName
from orders.erc.query import Query, is_usable_id
from orders.erc.responses import raise_for_status
from orders.erc.transport import Request

if TYPE_CHECKING:
    from orders.erc.auth import TokenSource
    from orders.erc.context import CallContext
    from orders.erc.deadline import Deadline
    from orders.erc.endpoint import Endpoint
    from orders.erc.errors import Response

Page = TypeVar("Page")


class ErcClient:
    """Client of the ERC API. The constructor takes its parts, so that a test can replace each."""

    def __init__(self, *, base_url: str, endpoints: Mapping[EndpointName, Endpoint], tokens: TokenSource) -> None:
        self._base_url = base_url.rstrip("/")
        self._endpoints = endpoints
        self._tokens = tokens

    def get(self, query: Query[Page], context: CallContext) -> Fetched[Page]:
        """Fetch the page that a query asks for. Raises any error of `orders.erc.errors`."""
        endpoint = self._endpoints[query.endpoint]
        # Build the URL before the token: unusable ids then cost no request at all.
        url = self._url(endpoint.route, query, context.correlation_id)
        accept = partial(_accept, query=query, deadline=context.deadline)
        has_new_token = False
        while True:
            token = self._tokens.get(context)
            request = Request(
                "GET",
                url,
                {"Authorization": f"Bearer {token.value}"},
                context.correlation_id,
                token="fetched" if token.is_fetched else "kept",
                said=context.said,
                max_body_bytes=query.max_body_bytes,
            )
            try:
                return endpoint.call(request, context.deadline, accept, resource=query.resource())
            except NotAllowed as error:
                if error.status != 401:
                    raise
                # Of two tokens in a row, only the items' endpoint can say that the second is bad, too: another one
                # may refuse every token of this account, and must not cost the items theirs.
                if not has_new_token or query.endpoint is EndpointName.ITEMS:
                    self._tokens.drop(token.value)
                # The API may revoke a token early: try once more with a new one.
                if has_new_token:
                    raise
                has_new_token = True

    def authenticate(self, context: CallContext) -> None:
        """Get an access token, unless there is one. Raises the errors of `TokenSource.get`."""
        self._tokens.get(context)

    def lacking_scopes(self) -> tuple[str, ...]:
        """Give the scopes that were asked for and that the present access token lacks; none without a token."""
        return self._tokens.lacking_scopes()

    def is_held_back(self) -> bool:
        """Whether requests for items or access tokens wait or are refused now."""
        return self._endpoints[EndpointName.ITEMS].is_held_back() or self._tokens.is_held_back()

    def lift_waits(self) -> None:
        """Forget the waits and failures of the API and its token endpoint."""
        self._tokens.lift_waits()
        for endpoint in self._endpoints.values():
            endpoint.lift_waits()

    def _url(self, route: str, query: Query[Page], correlation_id: str) -> str:
        """Build the URL of a page. Raises BadRequest for an id that would not stay in its path segment."""
        path = route
        # An encoded id has no braces, so it is never taken for another's place.
        for name, identifier in query.path_ids().items():
            path = path.replace(f"{{{name}}}", _segment(identifier, correlation_id))
        parameters = urlencode(query.parameters())
        return f"{self._base_url}{path}" + (f"?{parameters}" if parameters else "")


def _accept(response: Response, *, query: Query[Page], deadline: Deadline) -> Fetched[Page]:
    raise_for_status(response, query.endpoint)
    try:
        page = query.decode(response.body, deadline=deadline)
    except InvalidResponse as error:
        error.status = response.status
        raise
    return Fetched(page, response.body, datetime.now(UTC))


def _segment(identifier: str, correlation_id: str) -> str:
    # Ids are opaque, so every reserved character is encoded. The check repeats the form's on purpose.
    if not is_usable_id(identifier):
        raise BadRequest("not asked: an id cannot be a part of an address", correlation_id=correlation_id)
    return quote(identifier, safe="")
