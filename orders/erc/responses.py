"""Maps the status of a response to an error of the hierarchy."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import msgspec

from orders.erc.errors import (
    BadRequest,
    ErcError,
    FieldProblem,
    InvalidResponse,
    NotAllowed,
    NotFound,
    RateLimited,
    TimedOut,
    Unavailable,
)

if TYPE_CHECKING:
    from orders.erc.errors import Response

_ERRORS: dict[int, type[ErcError]] = {
    400: BadRequest,
    401: NotAllowed,
    403: NotAllowed,
    404: NotFound,
    408: TimedOut,
    410: NotFound,
    422: BadRequest,
    429: RateLimited,
    504: TimedOut,
}

# The token endpoint refuses a client or a scope with 400 or 401; 403 and 404 mean a wrong account or URL.
_TOKEN_ERRORS: dict[int, type[ErcError]] = {
    400: NotAllowed,
    401: NotAllowed,
    403: NotAllowed,
    404: NotAllowed,
    408: TimedOut,
    429: RateLimited,
    504: TimedOut,
}

# These have no content or a part of it, so they must not look like an empty order.
_WITHOUT_CONTENT = (204, 205, 206)

MAX_WAIT_SECONDS = 3600.0
"""Longer waits are cut to this: they are more often mistakes than meant."""


class _ErrorBody(msgspec.Struct):
    code: str | int = ""
    message: str = ""
    description: str | None = None
    fields: list[FieldProblem] | None = None
    error: str = ""
    error_description: str | None = None


def raise_for_status(response: Response, endpoint: str) -> None:
    """Raise the status's error on this endpoint, unless the response has content."""
    _raise_for(response, _ERRORS, endpoint)


def raise_for_token_status(response: Response) -> None:
    """Raise the status's error on the token endpoint, unless the response has content."""
    try:
        _raise_for(response, _TOKEN_ERRORS, "token")
    except NotAllowed as error:
        error.is_without_token = True
        raise


def _raise_for(response: Response, errors: dict[int, type[ErcError]], endpoint: str) -> None:
    if 200 <= response.status < 300 and response.status not in _WITHOUT_CONTENT:
        _refuse_markup(response, endpoint)
        return
    fallback = Unavailable if response.status >= 500 else InvalidResponse
    kind = errors.get(response.status, fallback)
    body = _error_body(response.body)
    raise kind(
        f"the {endpoint} endpoint answered {response.status}",
        status=response.status,
        # Not truncated here: redact first, truncate where it is stored or shown.
        code=str(body.code or body.error),
        upstream_message=" ".join(filter(None, (body.message, body.description, body.error_description))),
        fields=tuple(body.fields or ()),
        retry_after=retry_after_seconds(response.headers.get("Retry-After")),
    )


def _refuse_markup(response: Response, endpoint: str) -> None:
    """Raise InvalidResponse for markup: gateways send pages of their own with status 200.

    Any other type passes: JSON comes under many names, and anything else cannot be decoded.
    """
    kind = response.headers.get("Content-Type", "").split(";")[0].lower()
    if "html" in kind or "xml" in kind:
        raise InvalidResponse(
            f"the {endpoint} endpoint answered with a page instead of JSON", status=response.status
        )


def _error_body(body: bytes) -> _ErrorBody:
    """Decode the documented error body; anything else, such as a gateway's HTML, counts as empty."""
    try:
        return msgspec.json.decode(body, type=_ErrorBody)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return _ErrorBody()


def retry_after_seconds(value: str | None) -> float | None:
    """Convert `Retry-After` (RFC 9110 section 10.2.3) to seconds from now, an hour at most; None if unreadable."""
    if not value:
        return None
    try:
        seconds = (
            float(value) if value.strip().isdigit() else parsedate_to_datetime(value).timestamp() - time.time()
        )
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0.0), MAX_WAIT_SECONDS)
