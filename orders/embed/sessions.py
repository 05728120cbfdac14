"""Embed sessions without cookies: the page holds a signed token in memory and sends it as a header.

A launch that names no customer has to find one first. Until then its session opens nothing; then it is bound to
one of those who were found, for good. Where the desktop's script tells the customer, each contact has a session of
its own, which continues the agent's. Where the desktop does not sign its agents, the session goes on while the
agent's sign-in to the portal does, which each request looks up.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec
from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.db import Error as DatabaseError
from django.utils.crypto import constant_time_compare

from orders.accounts.sign_ins import find_signed_in
from orders.core.sealing import seal, unseal
from orders.embed.contact import Contact
from orders.embed.errors import LaunchCode, LaunchRefused, Look
from orders.embed.hosts import EmbedHost
from orders.embed.launches import CLOCK_SKEW_SECONDS, Launch
from orders.embed.sought import seal_sought

HEADER = "Embed-Token"

MAX_CANDIDATES = 50
"""So many customers can be chosen from: their marks stand in a header of each request until one is chosen."""

_SALT = "orders.embed.session"
_SIGN_IN_PURPOSE = "embed-sign-in"
# Only this launch's few candidates are told apart by it, within a signed token.
_MARK_BYTES = 8


class EmbedSession(msgspec.Struct, frozen=True, kw_only=True):
    """One agent's access to one customer, or to one order only where `order_id` is not empty.

    It is emptied once the order system has said that there is no such order, so that the agent may try another.

    Without a `customer_id` it is not bound yet: `sought` is what to search for, sealed; `candidates` are the marks
    of the customers who were found, one of whom it may be bound to. `may_search` says that nobody was found, so
    that the agent may search; `is_searched`, that the agent has found the customer so. `key_mark` is the mark of
    the launch's key. Where no signature proves the agent, it is the desktop's kind, which says how customers come;
    `account` is the key of the portal's account, and `sign_in` seals the sign-in that must go on. `started` and
    `expires` are in seconds since 1970.
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
    customer_locale: str = ""
    sought: str = ""
    candidates: tuple[str, ...] = ()
    may_search: bool = False
    is_searched: bool = False
    account: int = 0
    sign_in: str = ""

    @property
    def look(self) -> Look:
        """Give the look that the launch asked for."""
        return Look(self.locale, self.zone, self.theme)

    @property
    def is_bound(self) -> bool:
        return bool(self.customer_id)

    def allows(self, customer_id: str, order_id: str) -> bool:
        return self.is_bound and customer_id == self.customer_id and self.order_id in ("", order_id)

    def allows_list(self, customer_id: str) -> bool:
        """Whether it opens all of the customer's orders."""
        return not self.order_id and self.allows(customer_id, "")

    def can_choose(self, customer_id: str) -> bool:
        """Whether it is not bound yet, and the customer is among those who were found."""
        return not self.is_bound and _mark(customer_id) in self.candidates

    def offer(self, customer_ids: Iterable[str], *, may_search: bool) -> EmbedSession:
        """Give the session that may be bound to one of these."""
        candidates = tuple(map(_mark, list(customer_ids)[:MAX_CANDIDATES]))
        return msgspec.structs.replace(self, candidates=candidates, may_search=may_search)

    def bind(self, customer_id: str) -> EmbedSession:
        """Give the session that is bound to a customer."""
        return msgspec.structs.replace(
            self, customer_id=customer_id, sought="", candidates=(), may_search=False, is_searched=self.may_search
        )

    def open_other_orders(self) -> EmbedSession:
        """Give the session for any order of its customer: its only one does not exist."""
        return msgspec.structs.replace(self, order_id="")

    def tell(self, contact: Contact) -> EmbedSession:
        """Give the same agent's session for another contact; the agent searches where nothing is known of it."""
        return msgspec.structs.replace(
            self,
            customer_id=contact.customer_id,
            order_id="",
            sought=seal_sought(contact.sought),
            candidates=(),
            may_search=not (contact.customer_id or contact.sought),
            is_searched=False,
        ).renew()

    def to_token(self) -> str:
        return signing.dumps(msgspec.to_builtins(self), salt=_SALT, compress=True)

    def renew(self) -> EmbedSession:
        """Give the session after one more use, which prolongs it up to its longest life."""
        if self.account:
            # It can be ended on the server at any time, so it needs no short life.
            return self
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
        sought=seal_sought(launch.sought),
        locale=launch.locale,
        zone=launch.zone,
        customer_zone=launch.customer_zone,
        customer_locale=launch.customer_locale,
        theme=launch.theme,
        started=now,
        expires=_expiry(now),
    )


class SignedIn(NamedTuple):
    """An agent's sign-in to the portal: the account's key and name, the session's key, and the language."""

    account: int
    name: str
    session_key: str
    locale: str


def begin_session(host: EmbedHost, agent: SignedIn) -> EmbedSession:
    """Begin the session of an agent who has signed in to the portal; it waits to be told the customer."""
    now = int(time.time())
    return EmbedSession(
        issuer=host.issuer,
        kid="",
        key_mark=host.kind,
        agent=agent.name,
        agent_name="",
        customer_id="",
        order_id="",
        locale=agent.locale,
        zone="",
        theme="",
        started=now,
        expires=now + settings.EMBED_SESSION_SECONDS,
        account=agent.account,
        sign_in=seal(agent.session_key.encode(), _SIGN_IN_PURPOSE),
    )


def read_session(token: str, hosts: Mapping[str, EmbedHost], *, is_quiet: bool = False) -> EmbedSession:
    """Read the session of a token. Raises LaunchRefused unless its host, key and agent are still trusted.

    Unless the request `is_quiet`, it counts as use of the agent's sign-in to the portal.
    """
    session = _decode(token)
    host = hosts.get(session.issuer)
    if host is None or not host.is_enabled:
        raise LaunchRefused(LaunchCode.HOST_OFF, host=host)
    if host.signs_agents:
        _require_signed(session, host)
    else:
        _require_signed_in(session, host, is_quiet=is_quiet)
    return session


def _require_signed(session: EmbedSession, host: EmbedHost) -> None:
    """Raise LaunchRefused unless the session's launch would still be trusted."""
    key = host.keys.get(session.kid)
    # A secret that was replaced under its id is another key.
    if key is None or not constant_time_compare(key.mark, session.key_mark):
        raise LaunchRefused(LaunchCode.UNKNOWN_KEY, host=host)
    if session.agent in host.revoked_agents:
        raise LaunchRefused(LaunchCode.AGENT_OFF, host=host)
    if not _is_alive(session, settings.EMBED_TOKEN_SECONDS):
        raise LaunchRefused(LaunchCode.SESSION_EXPIRED, host=host)


def _require_signed_in(session: EmbedSession, host: EmbedHost, *, is_quiet: bool) -> None:
    """Raise LaunchRefused unless the agent's sign-in goes on, and the agent still has the rights."""
    session_key = unseal(session.sign_in, _SIGN_IN_PURPOSE)
    is_other = session.key_mark != host.kind
    if is_other or session_key is None or not _is_alive(session, settings.EMBED_SESSION_SECONDS):
        raise LaunchRefused(LaunchCode.SIGNED_OUT, host=host)
    try:
        user = find_signed_in(session_key.decode(), is_quiet=is_quiet)
        if user is None or user.pk != session.account:
            raise LaunchRefused(LaunchCode.SIGNED_OUT, host=host)
        require_rights(user, host)
    except DatabaseError as error:
        raise LaunchRefused(LaunchCode.MEMORY, type(error).__name__, host) from error


def require_rights(user: User, host: EmbedHost) -> None:
    """Raise LaunchRefused unless a user may look orders up, at this desktop. Raises the errors of `django.db`."""
    if not user.has_perm("orders.look_up") or user.get_username() in host.revoked_agents:
        raise LaunchRefused(LaunchCode.AGENT_OFF, host=host)


def _is_alive(session: EmbedSession, longest: int) -> bool:
    """Whether it has not expired; one of a clock that was ahead, which would live too long, has.

    `longest` is how many seconds it may have left.
    """
    now = time.time()
    return (
        session.started <= now + CLOCK_SKEW_SECONDS
        and now < session.expires <= now + longest + CLOCK_SKEW_SECONDS
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


def _mark(customer_id: str) -> str:
    return hashlib.blake2b(customer_id.encode("utf-8", "replace"), digest_size=_MARK_BYTES).hexdigest()
