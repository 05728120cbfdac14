"""Who asks for a token: exactly one of Basic or private_key_jwt (docs/api-reference.md#tokens)."""

from __future__ import annotations

import base64
import binascii
import hmac
import time
import uuid
from threading import Lock
from typing import TYPE_CHECKING, Any

import jwt

from ercportal.demo.sandbox.clients import KEY_CLIENT, KEY_CLIENT_ID, KEY_ID, SECRET_CLIENTS, Client, private_key

if TYPE_CHECKING:
    from collections.abc import Mapping

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_LIFE = 300
"""Longest time between `iat` and `exp` of an assertion, in seconds (docs/api-reference.md#tokens)."""

CLOCK_LEEWAY = 30
"""How far the two clocks may be apart, in seconds."""


class UnknownClient(Exception):
    """The client could not be authenticated; the text says why."""


class UnclearClient(Exception):
    """The request does not use exactly one way to authenticate; the text says how."""


class ClientAuthenticator:
    """Checks clients, and remembers the assertions that were used so that none counts twice."""

    def __init__(self) -> None:
        self._used: dict[str, float] = {}
        self._lock = Lock()

    def authenticate(self, authorization: str | None, form: Mapping[str, str], token_url: str) -> Client:
        """The client that this is.

        `token_url` is this endpoint as the client addressed it, which is what an assertion's `aud` must name.
        Raises UnclearClient for none or both ways at once, UnknownClient for wrong credentials.
        """
        has_assertion = "client_assertion" in form or "client_assertion_type" in form
        if authorization is not None and has_assertion:
            raise UnclearClient("Use one client authentication: either Basic or private_key_jwt.")
        if authorization is not None:
            return _client_of_basic(authorization)
        if has_assertion:
            self._check_assertion(form, token_url)
            return KEY_CLIENT
        raise UnknownClient("The client did not authenticate.")

    def _check_assertion(self, form: Mapping[str, str], token_url: str) -> None:
        if form.get("client_assertion_type") != ASSERTION_TYPE:
            raise UnclearClient(f"client_assertion_type must be {ASSERTION_TYPE}.")
        if "client_assertion" not in form:
            raise UnclearClient("client_assertion is missing.")
        claims = _verified_claims(form["client_assertion"])
        _check_claims(claims, token_url)
        self._use_once(claims["jti"], float(claims["exp"]))

    def _use_once(self, jti: str, expires: float) -> None:
        now = time.time()
        with self._lock:
            self._used = {used: until for used, until in self._used.items() if until + CLOCK_LEEWAY > now}
            if jti in self._used:
                raise UnknownClient("The assertion was used before: every jti counts once.")
            self._used[jti] = expires


def _client_of_basic(authorization: str) -> Client:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        raise UnknownClient("The Authorization header must be Basic.")
    try:
        given = base64.b64decode(encoded.strip(), validate=True)
    except binascii.Error:
        raise UnknownClient("The Basic credentials are not Base64.") from None
    for client, secret in SECRET_CLIENTS:
        if hmac.compare_digest(given, f"{client.client_id}:{secret}".encode()):
            return client
    raise UnknownClient("The client id or the client secret is wrong.")


def _verified_claims(assertion: str) -> dict[str, Any]:
    try:
        if jwt.get_unverified_header(assertion).get("kid") != KEY_ID:
            raise UnknownClient("The assertion's kid names no key of this client.")
        claims: dict[str, Any] = jwt.decode(
            assertion,
            private_key().public_key(),
            algorithms=["ES256"],
            leeway=CLOCK_LEEWAY,
            options={"require": ["iss", "sub", "aud", "jti", "iat", "exp"], "verify_aud": False},
        )
    except jwt.InvalidTokenError as error:
        raise UnknownClient(f"The assertion is not valid: {error}.") from None
    return claims


def _check_claims(claims: Mapping[str, Any], token_url: str) -> None:
    if claims["iss"] != KEY_CLIENT_ID or claims["sub"] != KEY_CLIENT_ID:
        raise UnknownClient("The assertion's iss and sub must both be the client id.")
    if claims["aud"] != token_url:
        raise UnknownClient("The assertion's aud must be the token URL.")
    if not 0 < float(claims["exp"]) - float(claims["iat"]) <= ASSERTION_LIFE:
        raise UnknownClient(f"The assertion may live {ASSERTION_LIFE} seconds at most.")
    if not _is_uuid(claims["jti"]):
        raise UnknownClient("The assertion's jti must be a UUID.")


def _is_uuid(value: object) -> bool:
    try:
        uuid.UUID(str(value))
    except ValueError:
        return False
    return True
