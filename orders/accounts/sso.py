"""The OpenID Connect provider: starts a sign-in and verifies its callback.

Authlib implements the protocol: discovery, PKCE (S256), state, nonce and the id token's validation. This module
makes it strict, and maps each failure to one reason.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import DjangoIntegration
from django.conf import settings
from joserfc.errors import BadSignatureError, ClaimError, ExpiredTokenError, InvalidKeyIdError, JoseError

from orders.accounts.calls import App, call_provider
from orders.accounts.errors import SignInCode, SignInRefused
from orders.accounts.pending import PendingSignIn

_TIMEOUT_SECONDS = 5
_CONNECT_SECONDS = 3
_FAILURE_SECONDS = 5.0
_LEEWAY_SECONDS = 60
_SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_CLAIM_REASONS = {
    "iss": SignInCode.ISSUER,
    "aud": SignInCode.AUDIENCE,
    "azp": SignInCode.AUDIENCE,
    "nonce": SignInCode.NONCE,
}
_TOKEN_ERRORS = {
    "invalid_grant": SignInCode.CODE,
    "invalid_client": SignInCode.CLIENT,
    "unauthorized_client": SignInCode.CLIENT,
}

_failures: dict[tuple[str, ...], tuple[SignInCode, float]] = {}


def start_sign_in(redirect_uri: str, next_address: str) -> tuple[str, PendingSignIn]:
    """Give the provider's address and the values that the callback has to match. Raises SignInRefused."""
    client = _client()
    with _translate_errors():
        started = client.create_authorization_url(redirect_uri)
    return started["url"], PendingSignIn(
        state=started["state"],
        nonce=started["nonce"],
        code_verifier=started["code_verifier"],
        next_address=next_address,
        at=time.time(),
    )


def verify_callback(params: Mapping[str, str], pending: PendingSignIn | None, redirect_uri: str) -> dict[str, Any]:
    """Fetch the id token of a callback and give its validated claims. Raises SignInRefused."""
    if "error" in params:
        raise SignInRefused(SignInCode.DENIED if params["error"] == "access_denied" else SignInCode.PROVIDER)
    if not params.get("code") or pending is None:
        raise SignInRefused(SignInCode.STATE)
    client = _client()
    with _translate_errors(), call_provider(_TIMEOUT_SECONDS):
        token = client.fetch_access_token(
            redirect_uri, code=params["code"], state=pending.state, code_verifier=pending.code_verifier
        )
        claims = client.parse_id_token(
            token,
            nonce=pending.nonce,
            claims_options={
                "iss": {"essential": True, "value": client.server_metadata["issuer"]},
                "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
                "sub": {"essential": True},
            },
            leeway=_LEEWAY_SECONDS,
        )
    if claims is None:
        raise SignInRefused(SignInCode.TOKEN)
    return dict(claims)


def _client() -> Any:
    """Give the provider's client. Raises SignInRefused, also for some seconds after a failure."""
    provider = (
        settings.OIDC_ISSUER,
        settings.OIDC_CLIENT_ID,
        settings.OIDC_CLIENT_SECRET,
        settings.OIDC_SCOPES,
    )
    reason, until = _failures.get(provider, (None, 0.0))
    if reason and time.monotonic() < until:
        raise SignInRefused(reason)
    try:
        # Metadata and keys are fetched again every hour, so that a withdrawn key stops working.
        with _translate_errors():
            return _load_client(*provider, int(time.time() // 3600))
    except SignInRefused as refused:
        if refused.reason is not SignInCode.BUSY:
            _failures.clear()
            _failures[provider] = refused.reason, time.monotonic() + _FAILURE_SECONDS
        raise


@lru_cache(maxsize=4)
def _load_client(issuer: str, client_id: str, client_secret: str, scopes: str, _hour: int) -> Any:
    client = App(
        DjangoIntegration("sso"),
        "sso",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": scopes,
            "code_challenge_method": "S256",
            "default_timeout": (_CONNECT_SECONDS, _TIMEOUT_SECONDS),
            # A redirect could send a credential to another address.
            "max_redirects": 0,
        },
    )
    with call_provider(_TIMEOUT_SECONDS):
        metadata = client.load_server_metadata()
    client.server_metadata = _check(metadata, issuer)
    methods = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if "client_secret_basic" not in methods and "client_secret_post" in methods:
        client.client_kwargs["token_endpoint_auth_method"] = "client_secret_post"  # noqa: S105 - no password
    return client


def _check(metadata: dict[str, Any], issuer: str) -> dict[str, Any]:
    """Raise SignInRefused for metadata of another issuer or with an unsafe address."""
    if str(metadata["issuer"]).rstrip("/") != issuer:
        raise SignInRefused(SignInCode.ISSUER)
    allowed_schemes = ("https",) if issuer.startswith("https:") else ("https", "http")
    if any(urlsplit(metadata[name]).scheme not in allowed_schemes for name in _ENDPOINTS):
        raise SignInRefused(SignInCode.PROVIDER)
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    signatures = [name for name in offered if name in _SIGNATURES]
    if not signatures:
        raise SignInRefused(SignInCode.SIGNATURE)
    used = {name: metadata[name] for name in ("issuer", *_ENDPOINTS, "_loaded_at")}
    return {**used, "id_token_signing_alg_values_supported": signatures}


@contextmanager
def _translate_errors() -> Iterator[None]:
    try:
        yield
    except (AuthlibBaseError, JoseError, OSError, ValueError, TypeError, LookupError, RuntimeError) as error:
        # Without the error, which may quote a code or a token.
        raise SignInRefused(_reason(error)) from None


def _reason(error: Exception) -> SignInCode:
    match error:
        case AuthlibBaseError():
            return _TOKEN_ERRORS.get(str(error.error), SignInCode.PROVIDER)
        case ExpiredTokenError():
            return SignInCode.EXPIRED
        case ClaimError():
            return _CLAIM_REASONS.get(error.claim, SignInCode.CLAIMS)
        case BadSignatureError() | InvalidKeyIdError():
            return SignInCode.SIGNATURE
        case JoseError():
            return SignInCode.TOKEN
        case OSError():
            return SignInCode.UNREACHABLE
        case _:
            return SignInCode.PROVIDER
