"""What every endpoint checks before it looks at anything: method (405), token (401), scope (403), Accept (400)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ercportal.demo.sandbox.wire import JSON_TYPE, Answer, Refused, Request, error_answer, method_refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from ercportal.demo.sandbox.tokens import TokenStore

_BEARER = re.compile(r"Bearer ([A-Za-z0-9._~+/=-]+)", re.IGNORECASE)


class Gate:
    """Lets a request through that may read what it asks for."""

    def __init__(self, tokens: TokenStore) -> None:
        self._tokens = tokens

    def answer(self, request: Request, scopes: frozenset[str], serve: Callable[[str], Answer]) -> Answer:
        """What `serve` answers to the request's token, or why it is refused. Any one of `scopes` is enough."""
        if request.method != "GET":
            return method_refused("GET")
        try:
            token = self._authorized_token(request, scopes)
            _require_json_accepted(request)
            return serve(token)
        except Refused as refused:
            return refused.answer

    def _authorized_token(self, request: Request, scopes: frozenset[str]) -> str:
        bearer = _BEARER.fullmatch(request.headers.get("authorization", ""))
        if bearer is None:
            raise Refused(error_answer(401, "A bearer token is needed."))
        granted = self._tokens.scopes_of(bearer[1])
        if granted is None:
            raise Refused(error_answer(401, "The token is unknown or has expired."))
        if not scopes & granted:
            raise Refused(error_answer(403, f"The scope {' or '.join(sorted(scopes))} is needed."))
        return bearer[1]


def _require_json_accepted(request: Request) -> None:
    ranges = (part.lower().replace(" ", "") for part in request.headers.get("accept", "").split(","))
    for media_range in ranges:
        media_type, *options = media_range.split(";")
        is_refused = any(re.fullmatch(r"q=0(\.0*)?", option) for option in options)
        if media_type in (JSON_TYPE, "application/*", "*/*") and not is_refused:
            return
    raise Refused(error_answer(400, f"The Accept header must allow {JSON_TYPE}."))
