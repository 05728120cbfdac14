"""Access tokens: OAuth 2.0 client credentials (RFC 6749 section 4.4).

All threads of a process and, through the store, all processes share one token. A background thread renews it
shortly before it expires, so that no request waits for the renewal.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import msgspec

from orders.erc.context import CallContext
from orders.erc.deadline import Deadline
from orders.erc.errors import ErcError, InvalidResponse, NotAllowed, TimedOut
from orders.erc.paths import ITEMS_SCOPE
from orders.erc.responses import raise_for_token_status
from orders.erc.single_flight import SingleFlight
from orders.erc.store import is_ahead, take_lease
from orders.erc.transport import Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orders.erc.client_authentication import ClientAuthentication
    from orders.erc.endpoint import Endpoint
    from orders.erc.errors import Response
    from orders.erc.store import Store

logger = logging.getLogger(__name__)
_USUAL_LIFE = 600
# The portal uses no token for longer, whatever its response or the store says.
_MAX_LIFE = 24 * 3600.0
_MARGIN = 60
# Long enough for a slow token endpoint; short, because a process that dies with the lock delays the others.
_LOCK_SECONDS = 5
_POLL_SECONDS = 0.03
_ASIDE_PAUSE_SECONDS = 5.0


class AccessToken(msgspec.Struct, frozen=True, array_like=True):
    """A bearer token. A renewal starts at `refresh_at`, and its use ends at `use_until` (seconds since 1970)."""

    value: str
    refresh_at: float
    use_until: float
    # What the client lacks of what was asked for.
    lacking: tuple[str, ...] = ()

    @property
    def is_usable(self) -> bool:
        return time.time() < self.use_until

    @property
    def is_due(self) -> bool:
        """Whether it should be renewed, although it is still usable."""
        return time.time() >= self.refresh_at


class Granted(NamedTuple):
    """A token to use now, and whether this request fetched it."""

    value: str
    is_fetched: bool


class TokenSource:
    """Gives the access token that all requests share. One thread of all processes fetches at a time.

    It asks for all `scopes` together. Where the client lacks one, so that the token endpoint refuses, it asks for
    the items' scope alone: orders that are known by their ids then go on.
    """

    def __init__(
        self,
        *,
        token_url: str,
        client: ClientAuthentication,
        endpoint: Endpoint,
        store: Store,
        scopes: Sequence[str] = (ITEMS_SCOPE,),
    ) -> None:
        self._url = token_url
        self._scopes = tuple(scopes)
        self._client = client
        self._endpoint = endpoint
        self._store = store
        identity = "\n".join((token_url, client.client_id, *self._scopes))
        self._key = "erc-token:" + hashlib.sha256(identity.encode()).hexdigest()
        self._lock_key = self._key + ":fetching"
        self._flight: SingleFlight[Granted] = SingleFlight()
        self._token: AccessToken | None = None
        self._aside = threading.Lock()
        self._aside_after = 0.0

    def get(self, context: CallContext) -> Granted:
        """Give a usable access token. Raises NotAllowed, RateLimited, Unavailable, TimedOut or InvalidResponse."""
        token = self._token
        if token and token.is_usable:
            if token.is_due:
                self._refresh_aside(context.correlation_id)
            return Granted(token.value, is_fetched=False)
        try:
            return self._flight.run("token", lambda: self._obtain(context), max(0.0, context.deadline.remaining()))
        except TimeoutError as error:
            raise TimedOut("no access token in time", correlation_id=context.correlation_id) from error

    def drop(self, value: str) -> None:
        """Delete a refused token here and in the store, unless a newer one has replaced it."""
        token = self._token
        if token and token.value == value:
            self._token = None
        shared = self._read_shared()
        if shared and shared.value == value:
            self._store.delete(self._key)

    def lacking_scopes(self) -> tuple[str, ...]:
        """Give the scopes that the present token lacks, though they were asked for; none without a token."""
        token = self._token or self._read_shared()
        return token.lacking if token else ()

    def is_held_back(self) -> bool:
        """Whether requests to the token endpoint wait or are refused now."""
        return self._endpoint.is_held_back()

    def lift_waits(self) -> None:
        """Forget the waits and failures of the token endpoint."""
        self._endpoint.lift_waits()

    def _obtain(self, context: CallContext) -> Granted:
        while True:
            is_fetched = False
            token = self._read_shared()
            if token is None and take_lease(self._store, self._lock_key, _LOCK_SECONDS):
                token, is_fetched = self._fetch(context)
            if token:
                self._token = token
                return Granted(token.value, is_fetched)
            if context.deadline.remaining() < _POLL_SECONDS:
                raise TimedOut(
                    "another process did not get a token in time", correlation_id=context.correlation_id
                )
            time.sleep(_POLL_SECONDS)

    def _refresh_aside(self, correlation_id: str) -> None:
        if time.monotonic() < self._aside_after or not self._aside.acquire(blocking=False):
            return
        threading.Thread(target=self._refresh, args=(correlation_id,), daemon=True).start()

    def _refresh(self, correlation_id: str) -> None:
        try:
            token = self._read_shared()
            if token is None or token.is_due:
                if not take_lease(self._store, self._lock_key, _LOCK_SECONDS):
                    return
                token, _ = self._fetch(CallContext(Deadline(_LOCK_SECONDS), correlation_id))
            self._token = token
        except ErcError as error:
            logger.warning("the access token could not be renewed ahead of time: %s", error)
            self._aside_after = time.monotonic() + _ASIDE_PAUSE_SECONDS
        finally:
            self._aside.release()

    def _read_shared(self) -> AccessToken | None:
        try:
            token = msgspec.convert(self._store.get(self._key), AccessToken)
        except msgspec.ValidationError:
            return None
        is_ours = _is_sendable(token.value) and is_ahead(token.use_until, _MAX_LIFE)
        return token if is_ours else None

    def _fetch(self, context: CallContext) -> tuple[AccessToken, bool]:
        """Give a token and whether this call fetched it; release the caller's lock in the store."""
        try:
            # Another process may have stored one and released the lock since the caller looked.
            shared = self._read_shared()
            if shared and not shared.is_due:
                return shared, False
            token = self._ask(context)
            self._store.set(self._key, msgspec.to_builtins(token), token.use_until - time.time())
            return token, True
        finally:
            self._store.delete(self._lock_key)

    def _ask(self, context: CallContext) -> AccessToken:
        """Ask for all scopes, then for the items' alone if the client lacks one of them."""
        try:
            return self._ask_for(self._scopes, context)
        except NotAllowed as error:
            # The reference allows both for a scope that the client does not have; a wrong secret gets them, too.
            if error.status not in (400, 401) or self._scopes == (ITEMS_SCOPE,):
                raise
            lacking = tuple(scope for scope in self._scopes if scope != ITEMS_SCOPE)
        token = self._ask_for((ITEMS_SCOPE,), context)
        logger.warning("the client of the API lacks a scope of %s: only items are read", ", ".join(lacking))
        return msgspec.structs.replace(token, lacking=lacking)

    def _ask_for(self, scopes: Sequence[str], context: CallContext) -> AccessToken:
        form = {
            "grant_type": "client_credentials",
            "scope": " ".join(scopes),
            **self._client.form_fields(self._url),
        }
        request = Request(
            "POST",
            self._url,
            {"Content-Type": "application/x-www-form-urlencoded", **self._client.headers()},
            context.correlation_id,
            urlencode(form).encode("ascii"),
        )
        token, granted = self._endpoint.call(request, context.deadline, _accept)
        lacking = tuple(scope for scope in scopes if granted and scope not in granted)
        return msgspec.structs.replace(token, lacking=lacking)


class _TokenBody(msgspec.Struct):
    access_token: str
    token_type: str = "Bearer"  # noqa: S105 - the kind of token, not one
    expires_in: float | None = None
    scope: Any = None


def _accept(response: Response) -> tuple[AccessToken, list[str]]:
    """Read the token and the scopes that it was granted, none where the response does not say."""
    raise_for_token_status(response)
    try:
        body = msgspec.json.decode(response.body, type=_TokenBody, strict=False)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise InvalidResponse("the token endpoint's answer is not a token", status=response.status) from None
    if body.token_type.lower() != "bearer":
        raise InvalidResponse("the token is not a bearer token", status=response.status)
    if not _is_sendable(body.access_token):
        raise NotAllowed("the token endpoint gave an unusable token", status=response.status)
    life = _USUAL_LIFE if body.expires_in is None else min(max(0.0, body.expires_in), _MAX_LIFE)
    # A short-lived token stays usable for most of its life: each margin is a fifth of it at most.
    margin = min(_MARGIN, life / 5)
    use_until = time.time() + life - margin
    granted = body.scope.split() if isinstance(body.scope, str) else []
    return AccessToken(body.access_token, use_until - margin, use_until), granted


def _is_sendable(value: str) -> bool:
    return bool(value) and value.isascii() and value.isprintable()
