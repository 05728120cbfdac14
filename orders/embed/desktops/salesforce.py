"""Salesforce Canvas: the desktop posts a request that the consumer secret signs (docs/desktops/salesforce.md)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import msgspec

from orders.embed.contact import Contact, read_contact, usable_ids
from orders.embed.desktops.entry import DesktopEntry
from orders.embed.desktops.salesforce_ids import both_forms, is_same_id
from orders.embed.errors import LaunchCode, LaunchRefused, Look
from orders.embed.hosts import EmbedHost, HostKey
from orders.embed.launches import Launch
from orders.embed.strict_json import read_fields, read_object
from orders.erc.query import is_usable_id

ALGORITHM = "HMACSHA256"
_ROOTS = ("parameters.", "record.")
_MAX_SECRETS = 2

MAX_REQUEST = 32 * 1024
"""So many characters a request may have; those of records with many fields have over 4,000."""

# Requests have no end of their own, so one counts once for so long.
_REMEMBERED_SECONDS = 7 * 24 * 60 * 60
_MAX_TEXT = 200
_THEMES = {"light", "dark"}
_URL_ALPHABET = str.maketrans("-_", "+/")


@dataclass(frozen=True)
class SalesforceDesktop(EmbedHost):
    """A connected app in one organization."""

    organization: str = ""


class SecretEntry(msgspec.Struct, forbid_unknown_fields=True):
    """A consumer secret, as the settings list it."""

    kid: str
    secret: str


class SalesforceEntry(DesktopEntry, kw_only=True):
    """A connected app, as the settings list it."""

    organization: str
    secrets: list[SecretEntry]

    def read(self, *, allow_plain: bool) -> SalesforceDesktop:
        """Read the desktop. Raises ValueError with what to correct, without a secret."""
        if not self.organization.strip():
            raise ValueError("organization must be the id of the Salesforce organization, such as 00D…")
        if not (self.customer_from or self.order_number_from or self.email_from or self.phone_from):
            raise ValueError("order_from alone names no customer; customer_from or another list must")
        common = self.common(_ROOTS, allow_plain=allow_plain)
        # Requests name agents in the long form, and administrators copy the short one out of addresses.
        common["revoked_agents"] = frozenset(both_forms(self.revoked_agents))
        organization = self.organization.strip()
        return SalesforceDesktop(
            **common,
            keys=_keys(self.secrets, f" of organization {organization}"),
            organization=organization,
        )


def _keys(entries: Sequence[SecretEntry], tenant: str) -> dict[str, HostKey]:
    if not 1 <= len(entries) <= _MAX_SECRETS:
        raise ValueError("secrets must hold one secret, or two while one replaces the other")
    keys: dict[str, HostKey] = {}
    for entry in entries:
        if not entry.kid.strip() or entry.kid in keys:
            raise ValueError("secrets: each needs a kid of its own")
        # Salesforce chooses them, so a shortest length would only lock out the short ones.
        if not entry.secret.strip():
            raise ValueError(f"secrets: {entry.kid} has an empty secret")
        keys[entry.kid] = HostKey(entry.kid, ALGORITHM, entry.secret.encode(), tenant)
    return keys


class _User(msgspec.Struct, rename="camel"):
    user_id: str
    full_name: str | None = None
    locale: str | None = None
    time_zone: str | None = None


class _Organization(msgspec.Struct, rename="camel"):
    organization_id: str


class _Environment(msgspec.Struct, rename="camel"):
    parameters: Any = None
    record: Any = None
    ui_theme: Any = None


class _Context(msgspec.Struct):
    user: _User
    organization: _Organization
    environment: _Environment


class _Request(msgspec.Struct, rename="camel"):
    """What the panel needs of a request. Its `client` holds a live access token, which is never looked at."""

    user_id: str
    context: _Context

    @property
    def look(self) -> Look:
        """Give the look of the agent's own settings."""
        theme = self.context.environment.ui_theme
        theme = theme.lower() if isinstance(theme, str) else ""
        user = self.context.user
        return Look(_short(user.locale), _short(user.time_zone), theme if theme in _THEMES else "")


def verify(text: str, desktop: EmbedHost) -> Launch:
    """Verify a signed request, but not that it is unused. Raises LaunchRefused."""
    if not text:
        raise LaunchRefused(LaunchCode.MISSING, host=desktop)
    if len(text) > MAX_REQUEST:
        raise LaunchRefused(LaunchCode.TOO_LARGE, host=desktop)
    signature, _, signed = text.partition(".")
    key = _key(signature, signed, desktop)
    request = _request(signed, desktop)
    agent = request.user_id
    if not desktop.is_enabled:
        raise LaunchRefused(LaunchCode.HOST_OFF, host=desktop)
    if agent in desktop.revoked_agents:
        raise LaunchRefused(LaunchCode.AGENT_OFF, host=desktop)
    contact = _contact(request.context.environment, desktop)
    look = request.look
    return Launch(
        host=desktop,
        key=key,
        agent=agent,
        agent_name=_short(request.context.user.full_name),
        customer_id=contact.customer_id,
        order_id=contact.order_id,
        sought=contact.sought,
        locale=look.locale,
        zone=look.zone,
        theme=look.theme,
        # The signature can be spelled in several ways, what it signs in one.
        token_id=hashlib.sha256(signed.encode()).hexdigest(),
        expires=time.time() + _REMEMBERED_SECONDS,
    )


def look(text: str) -> Look:
    """Read the look from a request without verifying it, only for the text of a refusal."""
    try:
        payload = read_object(_decode(text[:MAX_REQUEST].partition(".")[2]))
        return read_fields(payload, _Request).look
    except ValueError:
        return Look()


def _key(signature: str, signed: str, desktop: EmbedHost) -> HostKey:
    """Find the secret that signs the text as it was received."""
    try:
        given, message = _decode(signature), signed.encode("ascii")
    except ValueError:
        raise LaunchRefused(LaunchCode.MALFORMED, host=desktop) from None
    fitting = [key for key in desktop.keys.values() if _signs(key, message, given)]
    if not message:
        raise LaunchRefused(LaunchCode.MALFORMED, host=desktop)
    if not fitting:
        raise LaunchRefused(LaunchCode.SIGNATURE, host=desktop)
    return fitting[0]


def _signs(key: HostKey, message: bytes, signature: bytes) -> bool:
    secret = key.verification_key
    return isinstance(secret, bytes) and hmac.compare_digest(hmac.digest(secret, message, "sha256"), signature)


def _decode(part: str) -> bytes:
    """Decode base64 of either alphabet, with or without its padding. Raises ValueError."""
    bare = part.rstrip("=").translate(_URL_ALPHABET)
    decoded = base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    # The last character may hold bits that encode nothing; no encoder sets them.
    if base64.b64encode(decoded).decode().rstrip("=") != bare:
        raise ValueError("not as an encoder writes it")
    return decoded


def _request(signed: str, desktop: EmbedHost) -> _Request:
    """Read what is signed, and check who says it of whom."""
    try:
        payload = read_object(_decode(signed))
    except ValueError:
        raise LaunchRefused(LaunchCode.MALFORMED, host=desktop) from None
    if payload.get("algorithm") != ALGORITHM:
        raise LaunchRefused(LaunchCode.ALGORITHM, host=desktop)
    try:
        request = read_fields(payload, _Request)
    except ValueError as error:
        raise LaunchRefused(LaunchCode.CLAIMS, str(error), desktop) from None
    organization = desktop.organization if isinstance(desktop, SalesforceDesktop) else ""
    if not is_same_id(request.context.organization.organization_id, organization):
        raise LaunchRefused(LaunchCode.ORGANIZATION, host=desktop)
    if request.user_id != request.context.user.user_id:
        _refuse("userId is not that of context.user", desktop)
    if len(request.user_id) > _MAX_TEXT or not is_usable_id(request.user_id.strip()):
        _refuse("userId holds what no id can have", desktop)
    return request


def _contact(environment: _Environment, desktop: EmbedHost) -> Contact:
    """Read who the customer is; an order that is named limits the panel to it, as with our own launches."""
    said = {"parameters": _parameters(environment.parameters, desktop), "record": environment.record}
    values = desktop.sources.find_values(said)
    order_ids = values.get("order_id", ())
    order_id = next(usable_ids(order_ids), "")
    if order_ids and not order_id:
        _refuse("order_id holds what no id can have", desktop)
    contact = read_contact({name: texts for name, texts in values.items() if name != "order_id"})
    if not contact.customer_id and not contact.sought:
        _refuse("one of customer_id, order_number, email and phone is needed", desktop)
    return contact._replace(order_id=order_id)


def _parameters(parameters: Any, desktop: EmbedHost) -> Any:
    """Read the parameters of the page's tag, which come as an object or as its JSON."""
    if not isinstance(parameters, str) or not parameters.strip():
        return parameters
    try:
        return read_object(parameters)
    except ValueError:
        _refuse("parameters is no JSON object, or has a name twice", desktop)


def _refuse(detail: str, desktop: EmbedHost) -> NoReturn:
    raise LaunchRefused(LaunchCode.CLAIMS, detail, desktop)


def _short(text: str | None) -> str:
    """Give a text that the panel's own token can carry; nothing where it is too long to be one of Salesforce's."""
    return text if text and len(text) <= _MAX_TEXT else ""
