"""One-time codes: the window in which an agent signs in hands one to the panel that opened it.

A code is good once, for a minute, at one desktop, and for the frame that knows the verifier of its challenge (that
is PKCE, RFC 7636, with S256). It is sealed, so it holds the agent's sign-in and needs no row of its own.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import time

import msgspec
from django.db import Error as DatabaseError
from django.utils.crypto import constant_time_compare

from orders.core.sealing import seal, unseal
from orders.embed.errors import LaunchCode, LaunchRefused
from orders.embed.hosts import EmbedHost
from orders.embed.launches import CLOCK_SKEW_SECONDS
from orders.embed.sessions import SignedIn
from orders.embed.used_launches import is_first_use

CODE_SECONDS = 60

_PURPOSE = "embed-one-time-code"
_USES = "one-time code"
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


class _Grant(msgspec.Struct, frozen=True, array_like=True):
    """What a code holds; `at` is in seconds since 1970."""

    number: str
    slug: str
    challenge: str
    agent: SignedIn
    at: float


def is_challenge(text: str) -> bool:
    """Whether a text has the form of a challenge."""
    return _CHALLENGE.fullmatch(text) is not None


def challenge_of(verifier: str) -> str:
    """Give the challenge that a verifier answers; "" for a text that cannot be a verifier."""
    if not _VERIFIER.fullmatch(verifier):
        return ""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def make_code(desktop: EmbedHost, challenge: str, agent: SignedIn) -> str:
    """Make a code for a desktop's panel that has sent this challenge."""
    grant = _Grant(secrets.token_hex(16), desktop.issuer, challenge, agent, time.time())
    return seal(msgspec.json.encode(grant), _PURPOSE)


def redeem(code: str, verifier: str, desktop: EmbedHost) -> SignedIn:
    """Give the agent of a code, which counts once, also with a wrong verifier. Raises LaunchRefused."""
    content = unseal(code, _PURPOSE)
    if content is None:
        raise LaunchRefused(LaunchCode.CODE_FOREIGN, "not a code of this portal", desktop)
    grant = msgspec.json.decode(content, type=_Grant)
    if not _is_first(grant, desktop):
        raise LaunchRefused(LaunchCode.CODE_USED, host=desktop)
    if grant.slug != desktop.issuer:
        raise LaunchRefused(LaunchCode.CODE_FOREIGN, "a code for another desktop", desktop)
    if not -CLOCK_SKEW_SECONDS <= time.time() - grant.at <= CODE_SECONDS:
        raise LaunchRefused(LaunchCode.CODE_EXPIRED, host=desktop)
    if not constant_time_compare(challenge_of(verifier), grant.challenge):
        raise LaunchRefused(LaunchCode.CODE_FOREIGN, "a code for another frame", desktop)
    return grant.agent


def _is_first(grant: _Grant, desktop: EmbedHost) -> bool:
    try:
        return is_first_use(_USES, grant.number, grant.at + CODE_SECONDS + CLOCK_SKEW_SECONDS)
    except DatabaseError as error:
        # A code that may have been used is refused.
        raise LaunchRefused(LaunchCode.MEMORY, type(error).__name__, desktop) from error
