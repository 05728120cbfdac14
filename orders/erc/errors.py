"""Failures between the portal and the ERC API, sorted by who can act on them.

    ErcError
    ├── BadRequest         the API refused the request (400): `fields` says which part
    ├── NotFound           no such customer or order (404)
    ├── NotAllowed         credentials, scope or Early Access (401, 403, token refused): an administrator acts
    ├── RateLimited        too many requests (429): `retry_after` says when to come back
    ├── Unavailable        no connection, connection lost, 5xx: later
    │   ├── Crowded        not sent: too many look-ups wait for the API already
    │   ├── TimedOut       no complete response within the time that an agent can wait
    │   └── FailedBefore   not sent: the API has just failed for this very order
    └── InvalidResponse    a response that breaks the contract
        └── CutShort       one that ended too early

An agent may see an error's kind and correlation id; only an administrator may see the response's status, code and
message.
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
    """One entry of an error's `fields`: a parameter and what is wrong with it."""

    name: str
    description: str = ""


class ErcError(Exception):
    """Base of all failures of the API.

    `status` is the HTTP status, or None without a response. `code` and `upstream_message` are the API's own words,
    for logs and administrators only. `retry_after` is in seconds. `correlation_id` was sent with the request.
    `received` is the part of an unusable response that arrived, if any.
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
        """Whether the same request can succeed when it is sent again at once or a little later."""
        return False


class BadRequest(ErcError):
    """The API refused the request as wrong (400)."""

    kind = "bad_request"


class NotFound(ErcError):
    """The API knows no such customer or order (404); also what an account without Early Access gets."""

    kind = "not_found"


class NotAllowed(ErcError):
    """The API or the token endpoint refused the portal's credentials, scope or account (401, 403).

    `is_without_token` says that the token endpoint did, so that the API itself was not asked.
    """

    kind = "not_allowed"
    is_without_token = False


class NotOffered(NotAllowed):
    """The request was not sent, because the account lacks the endpoint, as the API said some minutes ago."""


class RateLimited(ErcError):
    """The API asked for fewer requests (429)."""

    kind = "rate_limited"


class Unavailable(ErcError):
    """The API could not be reached, hung up, or failed (5xx).

    `had_connection` is False where the request was never sent: such a failure is not the resource's.
    """

    kind = "unavailable"
    had_connection = True

    @property
    def should_retry(self) -> bool:
        """True for a lost connection and a gateway's 502, 503 or 504, which may be over at once; not for a 500."""
        return self.status in (None, 502, 503, 504)


class Crowded(Unavailable):
    """The request was not sent, because too many look-ups wait for the API already."""


class TimedOut(Unavailable):
    """No complete response came within the time that an agent can wait."""


class FailedBefore(Unavailable):
    """The request was not sent, because the API has just failed for this resource; `retry_after` says how long."""


class InvalidResponse(ErcError):
    """The response breaks the contract: not JSON, another shape, too large, a redirect."""

    kind = "invalid_response"


class CutShort(InvalidResponse):
    """The response ended too early; the next one may be complete."""

    @property
    def should_retry(self) -> bool:
        return True
