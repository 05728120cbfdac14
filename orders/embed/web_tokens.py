"""Reads JSON Web Tokens (RFC 7519) by the rules of RFC 8725.

The key fixes the algorithm; header fields that could bring a key or change the rules are refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import jwt
from jwt.types import Options
from jwt.utils import base64url_decode

from orders.embed.errors import LaunchCode, LaunchRefused
from orders.embed.hosts import EmbedHost, HostKey
from orders.embed.launches import CLOCK_SKEW_SECONDS
from orders.embed.strict_json import read_object

MAX_TOKEN = 4096
"""The longest token that is read, in characters."""

_HEADER_FIELDS = {"alg", "kid", "typ"}


class Unverified(NamedTuple):
    """What a token says before anything proves it."""

    header: dict[str, Any]
    claims: dict[str, Any]


def parse_unverified(token: str) -> Unverified:
    """Parse a token. Raises LaunchRefused where it is none, is too long, or says a thing twice."""
    if not token:
        raise LaunchRefused(LaunchCode.MISSING)
    if len(token) > MAX_TOKEN:
        raise LaunchRefused(LaunchCode.TOO_LARGE)
    # By hand: PyJWT refuses some headers before the claims name the host.
    try:
        header, payload, signature = token.split(".")
        base64url_decode(signature)
        return Unverified(*(read_object(base64url_decode(part)) for part in (header, payload)))
    except ValueError:
        raise LaunchRefused(LaunchCode.MALFORMED) from None


def require_plain_header(header: Mapping[str, Any], host: EmbedHost) -> None:
    """Raise LaunchRefused where a header has more than the algorithm, the key's id and the type of a JWT."""
    if set(header) - _HEADER_FIELDS or str(header.get("typ", "JWT")).upper() != "JWT":
        raise LaunchRefused(LaunchCode.HEADER, host=host)


def named_key(header: Mapping[str, Any], host: EmbedHost) -> HostKey:
    """Give the host's key that the header names. Raises LaunchRefused where there is none."""
    kid = header.get("kid")
    key = host.keys.get(kid) if isinstance(kid, str) else None
    if key is None:
        raise LaunchRefused(LaunchCode.UNKNOWN_KEY, host=host)
    return key


def verified_claims(
    token: str, header: Mapping[str, Any], host: EmbedHost, key: HostKey, *, required: Sequence[str], **checks: Any
) -> dict[str, Any]:
    """Give the claims of a token that the key has signed, and that is not too old or too early.

    `checks` are more arguments of jwt.decode. Raises LaunchRefused.
    """
    if header.get("alg") != key.algorithm:
        raise LaunchRefused(LaunchCode.ALGORITHM, host=host)
    options: Options = {"require": list(required), "verify_aud": "audience" in checks}
    try:
        return jwt.decode(
            token,
            key=key.verification_key,
            algorithms=[key.algorithm],
            leeway=CLOCK_SKEW_SECONDS,
            options=options,
            **checks,
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
