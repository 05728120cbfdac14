"""The record of one call of an endpoint: the request, each attempt, the last response."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias
from urllib.parse import parse_qs, parse_qsl, quote, quote_plus, urlsplit

import msgspec

from orders.erc.errors import ErcError, FieldProblem, Response
from orders.erc.masking import HIDDEN, mask
from orders.erc.transport import Request, request_headers

_CREDENTIALS = {"authorization", "cookie", "set-cookie", "proxy-authorization"}
# What a caller says travels in these parameters.
_SAID = ("name", "phone", "email", "search", "ids")
_SAID_IN_ADDRESS = re.compile(rf"([?&](?:{'|'.join(_SAID)})=)[^&#]*")
# Every text holds some single letter.
_MIN_SAID = 2

Observer: TypeAlias = "Callable[[Exchange], None]"


class Attempt(msgspec.Struct, frozen=True):
    """One attempt: its start after the call's and its duration (milliseconds), its response's `size` in bytes.

    `outcome` is "ok" or the class of the error.
    """

    number: int
    began_ms: float
    duration_ms: float
    status: int | None
    outcome: str
    size: int


class Exchange(msgspec.Struct):
    """A call with its attempts. `began` is in seconds since 1970; `response` is the last one, possibly incomplete.

    `token` is "kept" for a cached access token, "fetched" for a new one, empty on the token endpoint. `HIDDEN`
    replaces credentials in headers and what a caller said in the address, and the request's body is left out.
    `secrets` are both, which a response may quote: never store or show them.
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
        return f"<Exchange {self.method} {self.route} {self.outcome}>"

    @property
    def outcome(self) -> str:
        """Either "ok" or the class of the call's error."""
        return type(self.error).__name__ if self.error else "ok"

    @property
    def status(self) -> int | None:
        """The HTTP status of the last attempt; None without a response."""
        return self.attempts[-1].status if self.attempts else None


def start_exchange(request: Request, route: str) -> Exchange:
    return Exchange(
        method=request.method,
        route=route,
        url=_SAID_IN_ADDRESS.sub(rf"\1{HIDDEN}", request.url),
        request_headers=without_credentials(request_headers(request)),
        correlation_id=request.correlation_id,
        token=request.token,
        secrets=_secrets(request),
        began=time.time(),
        attempts=[],
    )


def without_credentials(headers: Mapping[str, str]) -> dict[str, str]:
    """Replace each credential in headers by `HIDDEN`; the scheme of an authorization stays."""
    return {name: _hide(value) if name.lower() in _CREDENTIALS else value for name, value in headers.items()}


def scrub(error: ErcError, secrets: tuple[str, ...]) -> None:
    """Mask the request's own secrets in an error, which may quote them."""
    error.args = (mask(str(error), secrets),)
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
    for said in request.said:
        found += _spellings(said)
    for name, value in parse_qsl(urlsplit(request.url).query):
        if name in _SAID:
            found += _spellings(value)
            if name == "ids":
                found += (one for part in value.split(",") for one in _spellings(part.strip()))
    return tuple(dict.fromkeys(secret for secret in found if secret))


def _spellings(said: str) -> Iterator[str]:
    """Give the usual spellings of a caller's words, because `mask` knows short secrets only as they are."""
    for text in (said, said.strip("+#")):
        if len(text) >= _MIN_SAID:
            for cased in (text, text.upper(), text.lower(), text.title()):
                yield from (cased, quote(cased, safe=""), quote_plus(cased), json.dumps(cased)[1:-1])


def _hide(value: str) -> str:
    scheme, space, _ = value.partition(" ")
    return f"{scheme} {HIDDEN}" if space and scheme.isalpha() else HIDDEN
