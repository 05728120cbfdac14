"""Reads a conversation from the API of Genesys Cloud, with the organization's own client.

The agent waits for it, so all of it together has one short deadline, and a region that has failed repeatedly is
left alone for a while. No error names the secret, the token, the conversation, or whom it is with.
"""

from __future__ import annotations

import base64
import functools
import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import NamedTuple, TypeVar

import msgspec
from django.core.cache import cache

from orders.embed.desktops.genesys import GenesysDesktop
from orders.embed.errors import ConversationCode, ConversationError
from orders.erc.breaker import Breaker
from orders.erc.context import CallContext
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, InvalidResponse, Response, Unavailable
from orders.erc.single_flight import SingleFlight
from orders.erc.transport import Limits, Request, Transport

MAX_SECONDS = 3.0
"""How long the agent's panel waits for a conversation, for its token included."""

_LIMITS = Limits(connect_timeout=1.5, read_timeout=MAX_SECONDS, max_body_bytes=2_000_000)
_BREAKER_FAILURES = 5
_PROBE_SECONDS = 10.0
# Genesys says how long a token lives, a day at most; it is used for a little less.
_MAX_LIFE = 24 * 3600.0
_MARGIN = 60.0
_FOR_ALL = {
    401: ConversationCode.NOT_ALLOWED,
    403: ConversationCode.NOT_ALLOWED,
    429: ConversationCode.BUSY,
}
# A client that is not known gets 400 by RFC 6749, or 401.
_FOR_TOKENS = {400: ConversationCode.NOT_ALLOWED, **_FOR_ALL}
_FOR_CONVERSATIONS = {404: ConversationCode.UNKNOWN, **_FOR_ALL}

_Shape = TypeVar("_Shape")


class Participant(msgspec.Struct, rename="camel"):
    """Somebody in a conversation. Times are texts, or None before they come."""

    purpose: str | None = None
    address: str | None = None
    attributes: Mapping[str, str | int | float | bool | None] | None = None
    connected_time: str | None = None
    end_time: str | None = None


class Conversation(msgspec.Struct):
    """A conversation, as much of it as tells the customer."""

    id: str
    participants: list[Participant]


class _TokenBody(msgspec.Struct):
    access_token: str
    expires_in: float = 0.0


class _Token(NamedTuple):
    """A client's token, good until `until` on the monotonic clock. `mark` is that of the secret it was for."""

    value: str
    mark: str
    until: float


class _Api:
    """The connections to the regions with their breakers, and the clients' tokens, which stay in this process."""

    def __init__(self) -> None:
        self._transport = Transport(_LIMITS)
        self._breakers: dict[str, Breaker] = {}
        self._tokens: dict[str, _Token] = {}
        self._flight: SingleFlight[_Token] = SingleFlight()

    def read(self, desktop: GenesysDesktop, conversation_id: str, context: CallContext) -> Conversation:
        kept = self._kept(desktop)
        response = self._ask(desktop, conversation_id, kept or self._fetch(desktop, None, context), context)
        if kept and response.status == HTTPStatus.UNAUTHORIZED:
            # It was revoked before its time.
            response = self._ask(desktop, conversation_id, self._fetch(desktop, kept, context), context)
        _require_ok(response, "the conversation", _FOR_CONVERSATIONS)
        conversation = _decode(response, Conversation, "the conversation")
        if conversation.id.lower() != conversation_id:
            raise ConversationError(ConversationCode.UNREADABLE, "the conversation is another one")
        return conversation

    def _kept(self, desktop: GenesysDesktop) -> _Token | None:
        token = self._tokens.get(_name(desktop))
        is_usable = token and token.mark == desktop.client_mark and time.monotonic() < token.until
        return token if is_usable else None

    def _fetch(self, desktop: GenesysDesktop, refused: _Token | None, context: CallContext) -> _Token:
        """Fetch a token, once for all who need one now, in place of one that was refused, if any."""
        name = _name(desktop)

        def fetch() -> _Token:
            # Another agent's request for one may have ended since this one looked.
            kept = self._kept(desktop)
            if kept is None or kept is refused:
                kept = self._tokens[name] = self._ask_token(desktop, context)
            return kept

        try:
            return self._flight.run(name, fetch, max(0.0, context.deadline.remaining()))
        except TimeoutError:
            raise ConversationError(ConversationCode.UNREACHABLE, "no token in time") from None

    def _ask_token(self, desktop: GenesysDesktop, context: CallContext) -> _Token:
        client = base64.b64encode(f"{desktop.client_id}:{desktop.client_secret}".encode()).decode()
        headers = {"Authorization": f"Basic {client}", "Content-Type": "application/x-www-form-urlencoded"}
        form = b"grant_type=client_credentials"
        request = Request("POST", desktop.token_url, headers, context.correlation_id, form)
        response = self._send(desktop, request, context)
        _require_ok(response, "the token", _FOR_TOKENS)
        body = _decode(response, _TokenBody, "the token")
        if not (body.access_token.isascii() and body.access_token.isprintable() and body.access_token):
            raise ConversationError(ConversationCode.UNREADABLE, "the token cannot be sent")
        life = min(body.expires_in, _MAX_LIFE) - _MARGIN
        return _Token(body.access_token, desktop.client_mark, time.monotonic() + life)

    def _ask(self, desktop: GenesysDesktop, conversation_id: str, token: _Token, context: CallContext) -> Response:
        address = desktop.conversations_url + conversation_id
        headers = {"Authorization": f"Bearer {token.value}"}
        return self._send(desktop, Request("GET", address, headers, context.correlation_id), context)

    def _send(self, desktop: GenesysDesktop, request: Request, context: CallContext) -> Response:
        """Send a request unless its region is down; an error of the region's own counts as a sign that it is."""
        breaker = self._breaker(desktop.region)
        response = None
        try:
            with breaker.guard(cache.get(breaker.key), "", context.deadline):
                response = self._transport.send(request, context.deadline)
                if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    raise Unavailable("an error of the region's own")
        except InvalidResponse as error:
            raise ConversationError(ConversationCode.UNREADABLE, str(error)) from None
        except ErcError as error:
            if response is None:
                raise ConversationError(ConversationCode.UNREACHABLE, str(error)) from None
        return response

    def _breaker(self, region: str) -> Breaker:
        made = Breaker(
            failures=_BREAKER_FAILURES, probe_seconds=_PROBE_SECONDS, store=cache, name=f"genesys:{region}"
        )
        return self._breakers.setdefault(region, made)


def read_conversation(desktop: GenesysDesktop, conversation_id: str, correlation_id: str) -> Conversation:
    """Read a conversation by its id, a UUID in small letters. Raises ConversationError, with words for the log."""
    return _api().read(desktop, conversation_id, CallContext(Deadline(MAX_SECONDS), correlation_id))


@functools.cache
def _api() -> _Api:
    return _Api()


def _name(desktop: GenesysDesktop) -> str:
    return f"{desktop.region} {desktop.client_id}"


def _require_ok(response: Response, what: str, codes: Mapping[int, ConversationCode]) -> None:
    status = response.status
    if status == HTTPStatus.OK:
        return
    is_broken = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    unusual = ConversationCode.UNREACHABLE if is_broken else ConversationCode.UNREADABLE
    raise ConversationError(codes.get(status, unusual), f"the response to the request for {what} has {status}")


def _decode(response: Response, shape: type[_Shape], what: str) -> _Shape:
    try:
        return msgspec.json.decode(response.body, type=shape)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise ConversationError(ConversationCode.UNREADABLE, f"{what} is in no form that can be read") from None
