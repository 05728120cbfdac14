"""What can go wrong between the portal and the ERC API, sorted by who can act on it.

    ErcError
    ├── BadRequest         the API refused what was asked (400): `fields` says which part
    ├── NotFound           no such customer or order (404)
    ├── NotAllowed         credentials, scope or Early Access (401, 403, token refused): an administrator acts
    ├── RateLimited        too many requests (429): `retry_after` says when to come back
    ├── Unavailable        no connection, connection lost, 5xx: later
    │   ├── Crowded        not asked, because as many look-ups wait for it as may
    │   ├── TimedOut       no complete response within the time that an agent can wait
    │   └── FailedBefore   it failed for this very order a moment ago, and was not asked again
    └── InvalidResponse    a response that does not keep to the contract
        └── CutShort       one that ended too early

Each error keeps apart what an agent may see (the kind and the correlation id) and what only an administrator
may see (status, code and message of the response).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, NamedTuple

import msgspec


class Response(NamedTuple):
    """An HTTP response: status, headers (any case), decompressed body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class FieldProblem(msgspec.Struct, frozen=True):
    """One entry of an error's `fields`: which parameter, and what is wrong with it."""

    name: str
    description: str = ""


class ErcError(Exception):
    """Base of all trouble with the API.

    `status` is the HTTP status of the response, or None where there was none. `code` and
    `upstream_message` are the API's own words, for logs and administrators only. `retry_after` is in
    seconds. `correlation_id` is the id that was sent with the request. `received` is as much of an unusable
    response as came, where any did.
    """

    kind: ClassVar[str] = "unavailable"

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        code: str = "",
        upstream_message: str = "",
        fields: tuple[FieldProblem, ...] = (),
        retry_after: float | None = None,
        correlation_id: str = "",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.upstream_message = upstream_message
        self.fields = fields
        self.retry_after = retry_after
        self.correlation_id = correlation_id
        self.received: Response | None = None

    @property
    def should_retry(self) -> bool:
        """Whether the same request can succeed if it is sent again unchanged, at once or a little later."""
        return False


class BadRequest(ErcError):
    """The API refused the request as wrong (400)."""

    kind = "bad_request"


class NotFound(ErcError):
    """The API knows no such customer or order (404); also what an account without Early Access gets."""

    kind = "not_found"


class NotAllowed(ErcError):
    """The API or the token endpoint refused the portal's credentials, scope or account (401, 403)."""

    kind = "not_allowed"


class RateLimited(ErcError):
    """The API asked for fewer requests (429)."""

    kind = "rate_limited"


class Unavailable(ErcError):
    """The API could not be reached, hung up, or failed (5xx).

    `had_connection` is False where no connection came about: then the request was never sent, so the failure
    says nothing of what was asked for.
    """

    kind = "unavailable"
    had_connection = True

    @property
    def should_retry(self) -> bool:
        """A lost connection or a gateway's 502, 503 or 504 may be over at once; a 500 says nothing of the kind."""
        return self.status in (None, 502, 503, 504)


class Crowded(Unavailable):
    """As many look-ups wait for the API as the portal lets wait, so it was not asked."""


class TimedOut(Unavailable):
    """No complete response came within the time that an agent can wait."""


class FailedBefore(Unavailable):
    """Not asked: the API failed for this very resource a moment ago. `retry_after` says when it may be asked."""


class InvalidResponse(ErcError):
    """The response does not keep to the contract: not JSON, another shape, too large, a redirect."""

    kind = "invalid_response"


class CutShort(InvalidResponse):
    """The response ended before it was complete; the next one may be whole."""

    @property
    def should_retry(self) -> bool:
        """A connection that was closed early says nothing about the next."""
        return True
