"""Zendesk: the desktop posts its agent's token, and its script tells the customer (docs/desktops/zendesk.md)."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass
from typing import Any

import msgspec

from orders.embed.desktops.entry import DesktopEntry
from orders.embed.errors import LaunchCode, LaunchRefused
from orders.embed.host_keys import KeyEntry, read_keys
from orders.embed.hosts import EmbedHost, HostKey
from orders.embed.launches import CLOCK_SKEW_SECONDS, Launch
from orders.embed.strict_json import read_fields
from orders.embed.web_tokens import named_key, parse_unverified, require_plain_header, verified_claims

ALGORITHM = "RS256"
_ROOTS = ("ticket.", "user.", "organization.", "currentUser.")
_PRODUCT = "support"
_MAX_AGE_SECONDS = 300
_REQUIRED = ["iss", "aud", "sub", "iat", "exp"]
_USER = re.compile(r"/users/([0-9]{1,20})\.json\Z")


@dataclass(frozen=True)
class ZendeskDesktop(EmbedHost):
    """An installation of the app, shown at one location."""

    installation: str = ""
    location: str = ""


class ZendeskEntry(DesktopEntry, kw_only=True):
    """An installation, as the settings list it."""

    installation: str
    keys: list[KeyEntry]
    location: str = "ticket_sidebar"

    def read(self, *, allow_plain: bool) -> ZendeskDesktop:
        """Read the desktop. Raises ValueError with what to correct."""
        if not self.installation.isdigit():
            raise ValueError("installation must be the number of the app's installation")
        if not self.location.strip():
            raise ValueError("location must name where the app is shown, such as ticket_sidebar")
        if any(entry.algorithm != ALGORITHM for entry in self.keys):
            raise ValueError(f"keys: algorithm must be {ALGORITHM}")
        return ZendeskDesktop(
            **self.common(_ROOTS, allow_plain=allow_plain),
            keys=read_keys(self.keys, f" of installation {self.installation}"),
            installation=self.installation,
            location=self.location.strip(),
        )


class _Context(msgspec.Struct):
    product: str
    location: str


class _Claims(msgspec.Struct):
    iss: str
    aud: str | list[str]
    sub: str
    iat: float
    exp: float
    context: _Context
    locale: Any = None


def verify(text: str, desktop: EmbedHost) -> Launch:
    """Verify a token, but not that it is unused. Raises LaunchRefused."""
    if not isinstance(desktop, ZendeskDesktop):
        raise TypeError("the desktop is no Zendesk")
    key, payload = _signed(text, desktop)
    claims = _claims(payload, desktop)
    _require_installation(claims, desktop)
    if claims.iat + _MAX_AGE_SECONDS + CLOCK_SKEW_SECONDS < time.time():
        raise LaunchRefused(LaunchCode.EXPIRED, "iat is more than five minutes ago", desktop)
    return Launch(
        host=desktop,
        key=key,
        agent=_agent(claims, desktop),
        # Without the signature, which can be spelled in several ways.
        token_id=hashlib.sha256(text.rpartition(".")[0].encode()).hexdigest(),
        expires=min(claims.exp, claims.iat + _MAX_AGE_SECONDS),
        locale=claims.locale if isinstance(claims.locale, str) else "",
    )


def _signed(token: str, desktop: EmbedHost) -> tuple[HostKey, dict[str, Any]]:
    """Give the key that has signed the token, and its claims. Zendesk need not name the key."""
    try:
        header, _ = parse_unverified(token)
    except LaunchRefused as refused:
        raise LaunchRefused(refused.reason, host=desktop) from None
    require_plain_header(header, desktop)
    keys = list(desktop.keys.values()) if header.get("kid") is None else [named_key(header, desktop)]
    for key in keys:
        try:
            return key, verified_claims(token, header, desktop, key, required=_REQUIRED)
        except LaunchRefused as refused:
            if refused.reason is not LaunchCode.SIGNATURE:
                raise
    raise LaunchRefused(LaunchCode.SIGNATURE, host=desktop)


def _claims(payload: dict[str, Any], desktop: EmbedHost) -> _Claims:
    try:
        return read_fields(payload, _Claims)
    except ValueError as error:
        raise LaunchRefused(LaunchCode.CLAIMS, str(error), desktop) from None


def _require_installation(claims: _Claims, desktop: ZendeskDesktop) -> None:
    """Raise LaunchRefused unless the token is of the configured account, installation and place."""
    origin = claims.iss if "://" in claims.iss else f"https://{claims.iss}"
    if not desktop.has_origin(origin):
        raise LaunchRefused(LaunchCode.UNKNOWN_HOST, "iss is no account of its origins", desktop)
    audiences = [claims.aud] if isinstance(claims.aud, str) else claims.aud
    if f"{origin}/api/v2/apps/installations/{desktop.installation}.json" not in audiences:
        raise LaunchRefused(LaunchCode.AUDIENCE, "aud is another installation", desktop)
    if (claims.context.product, claims.context.location) != (_PRODUCT, desktop.location):
        raise LaunchRefused(LaunchCode.LOCATION, host=desktop)


def _agent(claims: _Claims, desktop: EmbedHost) -> str:
    """Read the agent's number, unless the agent or the desktop is switched off. Raises LaunchRefused."""
    found = _USER.search(claims.sub)
    if not found:
        raise LaunchRefused(LaunchCode.CLAIMS, "sub does not end in /users/ and a number", desktop)
    if not desktop.is_enabled:
        raise LaunchRefused(LaunchCode.HOST_OFF, host=desktop)
    agent = found[1]
    if agent in desktop.revoked_agents:
        raise LaunchRefused(LaunchCode.AGENT_OFF, host=desktop)
    return agent
