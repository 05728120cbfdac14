"""Verifies launch tokens: a trusted host's statement which agent may see which customer's order, once and briefly.

A launch token is a JWT (RFC 7519), checked by the rules of RFC 8725. Issuer and `kid` select the key, and the key
the algorithm; header fields that could bring a key or change the rules are refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import jwt
import msgspec
from django.db import Error as DatabaseError
from jwt.utils import base64url_decode

from orders.embed.errors import LaunchCode, LaunchRefused, Look
from orders.embed.hosts import EmbedHost, HostKey
from orders.embed.used_launches import is_first_use
from orders.erc.query import has_dot_segment, is_usable_id

MAX_LIFE_SECONDS = 300
CLOCK_SKEW_SECONDS = 30

_MAX_TOKEN = 4096
_MAX_TEXT = 200
_HEADER_FIELDS = {"alg", "kid", "typ"}
_REQUIRED = ["iss", "aud", "sub", "iat", "exp", "jti", "customer_id"]


class Launch(NamedTuple):
    """The content of a launch token. Times are in seconds since 1970; texts may be empty."""

    host: EmbedHost
    key: HostKey
    agent: str
    agent_name: str
    customer_id: str
    order_id: str
    locale: str
    zone: str
    customer_zone: str
    theme: str
    jti: str
    expires: float


class _Claims(msgspec.Struct):
    sub: str
    jti: str
    iat: float
    exp: float
    customer_id: str
    order_id: str | None = None
    name: str | None = None
    locale: str | None = None
    zone: str | None = None
    customer_zone: str | None = None
    theme: str | None = None


def verify(token: str, hosts: Mapping[str, EmbedHost], audience: str) -> Launch:
    """Verify a token, but not that it is unused. Raises LaunchRefused."""
    if not token:
        raise LaunchRefused(LaunchCode.MISSING)
    if len(token) > _MAX_TOKEN:
        raise LaunchRefused(LaunchCode.TOO_LARGE)
    header, unverified = _parse_unverified(token)
    host = _host(unverified, hosts)
    key = _key(header, host)
    claims = _claims(_payload(token, host, key, audience), host)
    if not host.is_enabled:
        raise LaunchRefused(LaunchCode.HOST_OFF, host=host)
    agent = claims.sub.strip()
    if agent in host.revoked_agents:
        raise LaunchRefused(LaunchCode.AGENT_OFF, host=host)
    return Launch(
        host=host,
        key=key,
        agent=agent,
        agent_name=claims.name or "",
        customer_id=claims.customer_id.strip(),
        order_id=(claims.order_id or "").strip(),
        locale=claims.locale or "",
        zone=claims.zone or "",
        customer_zone=claims.customer_zone or "",
        theme=claims.theme or "",
        jti=claims.jti,
        expires=claims.exp,
    )


def look(token: str) -> Look:
    """Read the look from a token without verifying it, only for the text of a refusal."""
    try:
        _, claims = _parse_unverified(token[:_MAX_TOKEN])
    except LaunchRefused:
        return Look()
    return Look(*(value if isinstance(value := claims.get(name), str) else "" for name in Look._fields))


def consume(launch: Launch) -> None:
    """Mark a launch token as used. Raises LaunchRefused if it was used before, or if that cannot be stored."""
    try:
        is_first = is_first_use(launch.host.issuer, launch.jti, launch.expires + CLOCK_SKEW_SECONDS)
    except DatabaseError as error:
        # A token that may have been used is refused.
        raise LaunchRefused(LaunchCode.MEMORY, type(error).__name__, launch.host) from error
    if not is_first:
        raise LaunchRefused(LaunchCode.REPLAYED, host=launch.host)


def _parse_unverified(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    # By hand: PyJWT refuses some headers before the claims name the host.
    try:
        header, payload, signature = token.split(".")
        base64url_decode(signature)
        return _object(header), _object(payload)
    except (ValueError, RecursionError):
        raise LaunchRefused(LaunchCode.MALFORMED) from None


def _object(part: str) -> dict[str, Any]:
    """Decode a part of a token. Raises ValueError where it is no JSON object, or repeats a key."""
    found = json.loads(base64url_decode(part), object_pairs_hook=_unique_fields)
    if not isinstance(found, dict):
        raise ValueError("not an object")  # noqa: TRY004 - what the token holds is a value, not an argument
    return found


def _unique_fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a name twice")
    return fields


def _host(unverified: Mapping[str, Any], hosts: Mapping[str, EmbedHost]) -> EmbedHost:
    issuer = unverified.get("iss")
    host = hosts.get(issuer) if isinstance(issuer, str) else None
    if host is None:
        raise LaunchRefused(LaunchCode.UNKNOWN_HOST)
    return host


def _key(header: Mapping[str, Any], host: EmbedHost) -> HostKey:
    if set(header) - _HEADER_FIELDS or str(header.get("typ", "JWT")).upper() != "JWT":
        raise LaunchRefused(LaunchCode.HEADER, host=host)
    kid = header.get("kid")
    key = host.keys.get(kid) if isinstance(kid, str) else None
    if key is None:
        raise LaunchRefused(LaunchCode.UNKNOWN_KEY, host=host)
    if header.get("alg") != key.algorithm:
        raise LaunchRefused(LaunchCode.ALGORITHM, host=host)
    return key


def _payload(token: str, host: EmbedHost, key: HostKey, audience: str) -> dict[str, Any]:
    try:
        return jwt.decode(
            token,
            key=key.verification_key,
            algorithms=[key.algorithm],
            audience=audience,
            issuer=host.issuer,
            leeway=CLOCK_SKEW_SECONDS,
            options={"require": _REQUIRED},
        )
    except jwt.InvalidSignatureError:
        raise LaunchRefused(LaunchCode.SIGNATURE, host=host) from None
    except jwt.ExpiredSignatureError:
        raise LaunchRefused(LaunchCode.EXPIRED, host=host) from None
    except jwt.ImmatureSignatureError:
        raise LaunchRefused(LaunchCode.NOT_YET, host=host) from None
    except jwt.InvalidAudienceError:
        raise LaunchRefused(LaunchCode.AUDIENCE, host=host) from None
    except jwt.MissingRequiredClaimError as error:
        raise LaunchRefused(LaunchCode.CLAIMS, f"the claim {error.claim} is missing", host) from None
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
        raise LaunchRefused(LaunchCode.CLAIMS, "a claim has no usable value", host) from None


def _claims(payload: dict[str, Any], host: EmbedHost) -> _Claims:
    try:
        claims = msgspec.convert(payload, _Claims)
    except msgspec.ValidationError as error:
        # The error names the claim and its type, never its value.
        raise LaunchRefused(LaunchCode.CLAIMS, str(error), host) from None
    if not claims.jti or max(len(claims.sub), len(claims.name or "")) > _MAX_TEXT:
        raise LaunchRefused(LaunchCode.CLAIMS, "jti must not be empty, sub and name at most 200 characters", host)
    if claims.exp - claims.iat > MAX_LIFE_SECONDS:
        raise LaunchRefused(LaunchCode.TOO_LONG, host=host)
    ids = {"sub": claims.sub, "customer_id": claims.customer_id, "order_id": claims.order_id or "x"}
    for name, value in ids.items():
        if has_dot_segment(value.strip()):
            raise LaunchRefused(
                LaunchCode.CLAIMS, f"{name} has a part that is . or .., which no id can have", host
            )
        if not is_usable_id(value.strip()):
            raise LaunchRefused(LaunchCode.CLAIMS, f"{name} holds what no id can have", host)
    return claims
