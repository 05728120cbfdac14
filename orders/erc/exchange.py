"""What passed between the portal and an endpoint in one call: the request, each attempt, the last response."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from typing import TypeAlias
from urllib.parse import parse_qs

import msgspec

from orders.erc.errors import ErcError, FieldProblem, Response
from orders.erc.masking import HIDDEN, mask
from orders.erc.transport import Request, request_headers

_CREDENTIALS = {"authorization", "cookie", "set-cookie", "proxy-authorization"}

Observer: TypeAlias = "Callable[[Exchange], None]"


class Attempt(msgspec.Struct, frozen=True):
    """One attempt: when it began after the call did, and how long it took (milliseconds); `size` is in bytes.

    `outcome` is "ok" or the class of the error.
    """

    number: int
    began_ms: float
    duration_ms: float
    status: int | None
    outcome: str
    size: int


class Exchange(msgspec.Struct):
    """A call with its attempts. `began` is in seconds since 1970; `response` is the last one, as far as it came.

    `token` says whether the access token was "kept" or "fetched" for it; empty on the token endpoint itself.
    Headers that carry a credential say `HIDDEN`, and the request's body is left out. `secrets` are the
    credentials of the request, which a response may quote; they are never to be stored or shown.
    """

    method: str
    route: str
    url: str
    request_headers: Mapping[str, str]
    correlation_id: str
    token: str
    secrets: tuple[str, ...]
    began: float
    duration_ms: float = 0.0
    attempts: list[Attempt] = []
    response: Response | None = None
    error: ErcError | None = None

    def __repr__(self) -> str:
        """Which call; nothing of its content."""
        return f"<Exchange {self.method} {self.route} {self.outcome}>"

    @property
    def outcome(self) -> str:
        """Either "ok" or the class of the error that the call ended with."""
        return type(self.error).__name__ if self.error else "ok"

    @property
    def status(self) -> int | None:
        """The HTTP status of the last attempt, where there was a response."""
        return self.attempts[-1].status if self.attempts else None


def start_exchange(request: Request, route: str) -> Exchange:
    """The record of a call that begins now."""
    return Exchange(
        method=request.method,
        route=route,
        url=request.url,
        request_headers=without_credentials(request_headers(request)),
        correlation_id=request.correlation_id,
        token=request.token,
        secrets=_secrets(request),
        began=time.time(),
        attempts=[],
    )


def without_credentials(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers with `HIDDEN` for each credential; of an authorization its scheme stays."""
    return {name: _hide(value) if name.lower() in _CREDENTIALS else value for name, value in headers.items()}


def scrub(error: ErcError, secrets: tuple[str, ...]) -> None:
    """Take the request's own credentials out of what the API says of it."""
    error.code = mask(error.code, secrets)
    error.upstream_message = mask(error.upstream_message, secrets)
    error.fields = tuple(
        FieldProblem(mask(one.name, secrets), mask(one.description, secrets)) for one in error.fields
    )


def _secrets(request: Request) -> tuple[str, ...]:
    scheme, _, credential = request.headers.get("Authorization", "").partition(" ")
    found = [credential]
    if scheme == "Basic":
        found.append(base64.b64decode(credential).decode("utf-8", "replace").partition(":")[2])
    if request.body:
        found += parse_qs(request.body.decode("ascii", "replace")).get("client_assertion", [])
    return tuple(secret for secret in found if secret)


def _hide(value: str) -> str:
    scheme, space, _ = value.partition(" ")
    return f"{scheme} {HIDDEN}" if space and scheme.isalpha() else HIDDEN
