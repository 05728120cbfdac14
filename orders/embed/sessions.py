"""Embed sessions without cookies: the page holds a signed token in memory and sends it as a header."""

from __future__ import annotations

import time
from collections.abc import Mapping

import msgspec
from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare

from orders.embed.errors import LaunchCode, LaunchRefused, Look
from orders.embed.hosts import EmbedHost
from orders.embed.launch_tokens import CLOCK_SKEW_SECONDS, Launch

HEADER = "Embed-Token"

_SALT = "orders.embed.session"


class EmbedSession(msgspec.Struct, frozen=True, kw_only=True):
    """One agent's access to one customer, or to one order only where `order_id` is not empty.

    `key_mark` is the mark of the launch's key. `started` and `expires` are in seconds since 1970.
    """

    issuer: str
    kid: str
    key_mark: str
    agent: str
    agent_name: str
    customer_id: str
    order_id: str
    locale: str
    zone: str
    theme: str
    started: int
    expires: int
    customer_zone: str = ""

    @property
    def look(self) -> Look:
        """Give the look that the launch asked for."""
        return Look(self.locale, self.zone, self.theme)

    def allows(self, customer_id: str, order_id: str) -> bool:
        return customer_id == self.customer_id and self.order_id in ("", order_id)

    def to_token(self) -> str:
        return signing.dumps(msgspec.to_builtins(self), salt=_SALT, compress=True)

    def renew(self) -> EmbedSession:
        """Give the session after one more use, which prolongs it up to its longest life."""
        return msgspec.structs.replace(self, expires=_expiry(self.started))


def start_session(launch: Launch) -> EmbedSession:
    """Start the session of a launch."""
    now = int(time.time())
    return EmbedSession(
        issuer=launch.host.issuer,
        kid=launch.key.kid,
        key_mark=launch.key.mark,
        agent=launch.agent,
        agent_name=launch.agent_name,
        customer_id=launch.customer_id,
        order_id=launch.order_id,
        locale=launch.locale,
        zone=launch.zone,
        customer_zone=launch.customer_zone,
        theme=launch.theme,
        started=now,
        expires=_expiry(now),
    )


def read_session(token: str, hosts: Mapping[str, EmbedHost]) -> EmbedSession:
    """Read the session of a token. Raises LaunchRefused unless its host, key and agent are still trusted."""
    session = _decode(token)
    host = hosts.get(session.issuer)
    if host is None or not host.is_enabled:
        raise LaunchRefused(LaunchCode.HOST_OFF, host=host)
    key = host.keys.get(session.kid)
    # A secret that was replaced under its id is another key.
    if key is None or not constant_time_compare(key.mark, session.key_mark):
        raise LaunchRefused(LaunchCode.UNKNOWN_KEY, host=host)
    if session.agent in host.revoked_agents:
        raise LaunchRefused(LaunchCode.AGENT_OFF, host=host)
    if not _is_alive(session):
        raise LaunchRefused(LaunchCode.SESSION_EXPIRED, host=host)
    return session


def _is_alive(session: EmbedSession) -> bool:
    """Whether it has not expired; one of a clock that was ahead, which would live too long, has."""
    now = time.time()
    return (
        session.started <= now + CLOCK_SKEW_SECONDS
        and now < session.expires <= now + settings.EMBED_TOKEN_SECONDS + CLOCK_SKEW_SECONDS
        and now < session.started + settings.EMBED_SESSION_SECONDS
    )


def look(token: str) -> Look:
    """Read the look from a token, also of an expired session, for the text of the refusal."""
    try:
        return _decode(token).look
    except LaunchRefused:
        return Look()


def _decode(token: str) -> EmbedSession:
    if not token:
        raise LaunchRefused(LaunchCode.SESSION_MISSING)
    try:
        return msgspec.convert(signing.loads(token, salt=_SALT), EmbedSession)
    except (signing.BadSignature, msgspec.ValidationError, ValueError):
        raise LaunchRefused(LaunchCode.SESSION_FORGED) from None


def _expiry(started: int) -> int:
    return min(int(time.time()) + settings.EMBED_TOKEN_SECONDS, started + settings.EMBED_SESSION_SECONDS)
