"""Verifies launch tokens: a trusted host's statement which agent may see which customer's order, once and briefly.

A host that does not know the customer's id names what is to be searched for instead.

A launch token is a JWT (RFC 7519), checked by the rules of RFC 8725. Issuer and `kid` select the key, and the key
the algorithm.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from orders.embed.errors import LaunchCode, LaunchRefused, Look
from orders.embed.hosts import EmbedHost, Kind
from orders.embed.launches import Launch
from orders.embed.sought import read_sought
from orders.embed.strict_json import read_fields
from orders.embed.web_tokens import MAX_TOKEN, named_key, parse_unverified, require_plain_header, verified_claims
from orders.erc.query import has_dot_segment, is_usable_id
from orders.lookup.find import Reading

MAX_LIFE_SECONDS = 300

_MAX_TEXT = 200
_REQUIRED = ["iss", "aud", "sub", "iat", "exp", "jti"]


class _Claims(msgspec.Struct):
    sub: str
    jti: str
    iat: float
    exp: float
    customer_id: str | None = None
    order_number: str | None = None
    email: str | None = None
    phone: str | None = None
    order_id: str | None = None
    name: str | None = None
    locale: str | None = None
    zone: str | None = None
    customer_zone: str | None = None
    customer_locale: str | None = None
    theme: str | None = None


def verify(token: str, hosts: Mapping[str, EmbedHost], audience: str) -> Launch:
    """Verify a token, but not that it is unused. Raises LaunchRefused."""
    header, unverified = parse_unverified(token)
    host = _host(unverified, hosts)
    require_plain_header(header, host)
    key = named_key(header, host)
    payload = verified_claims(token, header, host, key, required=_REQUIRED, audience=audience, issuer=host.issuer)
    claims = _claims(payload, host)
    if not host.is_enabled:
        raise LaunchRefused(LaunchCode.HOST_OFF, host=host)
    agent, customer_id = claims.sub.strip(), (claims.customer_id or "").strip()
    if agent in host.revoked_agents:
        raise LaunchRefused(LaunchCode.AGENT_OFF, host=host)
    return Launch(
        host=host,
        key=key,
        agent=agent,
        agent_name=claims.name or "",
        customer_id=customer_id,
        order_id=(claims.order_id or "").strip(),
        sought=() if customer_id else _sought(claims, host),
        locale=claims.locale or "",
        zone=claims.zone or "",
        customer_zone=claims.customer_zone or "",
        customer_locale=claims.customer_locale or "",
        theme=claims.theme or "",
        token_id=claims.jti,
        expires=claims.exp,
    )


def look(token: str) -> Look:
    """Read the look from a token without verifying it, only for the text of a refusal."""
    try:
        _, claims = parse_unverified(token[:MAX_TOKEN])
    except LaunchRefused:
        return Look()
    return Look(*(value if isinstance(value := claims.get(name), str) else "" for name in Look._fields))


def _host(unverified: Mapping[str, Any], hosts: Mapping[str, EmbedHost]) -> EmbedHost:
    issuer = unverified.get("iss")
    host = hosts.get(issuer) if isinstance(issuer, str) else None
    # Desktops of other kinds have keys for their own protocol only.
    if host is None or host.kind is not Kind.OWN:
        raise LaunchRefused(LaunchCode.UNKNOWN_HOST)
    return host


def _claims(payload: dict[str, Any], host: EmbedHost) -> _Claims:
    try:
        claims = read_fields(payload, _Claims)
    except ValueError as error:
        raise LaunchRefused(LaunchCode.CLAIMS, str(error), host) from None
    if not claims.jti or max(len(claims.sub), len(claims.name or "")) > _MAX_TEXT:
        raise LaunchRefused(LaunchCode.CLAIMS, "jti must not be empty, sub and name at most 200 characters", host)
    if claims.exp - claims.iat > MAX_LIFE_SECONDS:
        raise LaunchRefused(LaunchCode.TOO_LONG, host=host)
    ids = {"customer_id": claims.customer_id or "", "order_id": claims.order_id or ""}
    given = {"sub": claims.sub, **{name: value for name, value in ids.items() if value}}
    for name, value in given.items():
        if has_dot_segment(value.strip()):
            raise LaunchRefused(
                LaunchCode.CLAIMS, f"{name} has a part that is . or .., which no id can have", host
            )
        if not is_usable_id(value.strip()):
            raise LaunchRefused(LaunchCode.CLAIMS, f"{name} holds what no id can have", host)
    return claims


def _sought(claims: _Claims, host: EmbedHost) -> tuple[Reading, ...]:
    try:
        sought = read_sought(number=claims.order_number or "", email=claims.email or "", phone=claims.phone or "")
    except ValueError as error:
        raise LaunchRefused(LaunchCode.CLAIMS, str(error), host) from None
    if not sought:
        raise LaunchRefused(LaunchCode.CLAIMS, "one of customer_id, order_number, email and phone is needed", host)
    return sought
