"""Hosts that may embed the portal, with their origins and the keys of their launch tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from django.utils.crypto import salted_hmac
from jwt.algorithms import HMACAlgorithm
from jwt.exceptions import InvalidKeyError

_MAX_KEYS = 2
_MIN_SECRET_BYTES = 32
_MIN_RSA_BITS = 2048
_MARK_LENGTH = 32
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = re.compile(
    rf"(?P<scheme>https?)://(?:(?P<wild>\*\.){_LABEL}\.{_LABEL}|{_LABEL})(?:\.{_LABEL})*(?::(?P<port>[1-9]\d{{0,4}}))?"
)

VerificationKey: TypeAlias = bytes | EllipticCurvePublicKey | RSAPublicKey


@dataclass(frozen=True)
class HostKey:
    """A key of a host. The key fixes the algorithm, not the token (RFC 8725, section 3.1)."""

    kid: str
    algorithm: str
    verification_key: VerificationKey = field(repr=False)

    @property
    def mark(self) -> str:
        """Give a digest, keyed by SECRET_KEY, that tells this key from another under the same id."""
        key = self.verification_key
        material = (
            key if isinstance(key, bytes) else key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        )
        return salted_hmac("orders.embed.key", material, algorithm="sha256").hexdigest()[:_MARK_LENGTH]


@dataclass(frozen=True)
class EmbedHost:
    """A host that may embed the portal. `keys` are by key id; pages of `origins` may frame the panel."""

    issuer: str
    name: str
    origins: tuple[str, ...]
    keys: Mapping[str, HostKey] = field(repr=False)
    is_enabled: bool = True
    revoked_agents: frozenset[str] = frozenset()

    def has_origin(self, origin: str) -> bool:
        """Whether an origin belongs to the host; `https://*.a.example` means every name below it."""
        return any(_matches(origin, registered) for registered in self.origins)


def _matches(origin: str, registered: str) -> bool:
    scheme, _, rest = registered.partition("://")
    if not rest.startswith("*."):
        return origin == registered
    return (
        origin.startswith(f"{scheme}://") and origin.endswith(rest[1:]) and _ORIGIN.fullmatch(origin) is not None
    )


class _KeyEntry(msgspec.Struct, forbid_unknown_fields=True):
    kid: str
    algorithm: str
    secret: str = ""
    public_key: str = ""


class _HostEntry(msgspec.Struct, forbid_unknown_fields=True):
    issuer: str
    origins: list[str]
    keys: list[_KeyEntry]
    name: str = ""
    enabled: bool = True
    revoked_agents: list[str] = []


def read_hosts(entries: Any, *, allow_plain: bool) -> dict[str, EmbedHost]:
    """Read hosts by issuer from the settings' JSON; `allow_plain` takes origins with http.

    Raises ValueError with what to correct and where, without key material.
    """
    try:
        read = msgspec.convert(entries, list[_HostEntry])
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None
    hosts: dict[str, EmbedHost] = {}
    for number, entry in enumerate(read, 1):
        where = f"host {number}" + (f" ({entry.issuer})" if entry.issuer.isprintable() and entry.issuer else "")
        if entry.issuer in hosts:
            raise ValueError(f"{where}: another host has the same issuer")
        try:
            hosts[entry.issuer] = _host(entry, allow_plain=allow_plain)
        except ValueError as error:
            raise ValueError(f"{where}: {error}") from None
    return hosts


def _host(entry: _HostEntry, *, allow_plain: bool) -> EmbedHost:
    if not entry.issuer.strip() or not entry.issuer.isprintable():
        raise ValueError("issuer must name the host, as in the iss claim of its tokens")
    if not entry.origins:
        raise ValueError("origins must list at least one origin")
    for origin in entry.origins:
        _require_origin(origin, allow_plain=allow_plain)
    return EmbedHost(
        issuer=entry.issuer,
        name=entry.name or entry.issuer,
        origins=tuple(entry.origins),
        keys=_keys(entry.keys),
        is_enabled=entry.enabled,
        revoked_agents=frozenset(entry.revoked_agents),
    )


def _require_origin(origin: str, *, allow_plain: bool) -> None:
    found = _ORIGIN.fullmatch(origin)
    is_default_port = found and (found["scheme"], found["port"]) in (("https", "443"), ("http", "80"))
    if not found or is_default_port or int(found["port"] or 0) > 65535:
        raise ValueError(
            "origins must be exact, in small letters, without a path or the default port, such as "
            "https://desktop.example or https://*.desktop.example"
        )
    if found["scheme"] != "https" and not allow_plain:
        raise ValueError("origins must start with https://")


def _keys(entries: Sequence[_KeyEntry]) -> dict[str, HostKey]:
    if not 1 <= len(entries) <= _MAX_KEYS:
        raise ValueError("keys must hold one key, or two while one replaces the other")
    keys: dict[str, HostKey] = {}
    for entry in entries:
        if not entry.kid.strip() or entry.kid in keys:
            raise ValueError("each key needs a kid of its own")
        try:
            keys[entry.kid] = HostKey(entry.kid, entry.algorithm, _verification_key(entry))
        except ValueError as error:
            raise ValueError(f"key {entry.kid}: {error}") from None
    return keys


def _shared_secret(entry: _KeyEntry) -> bytes:
    if entry.public_key or len(entry.secret.encode()) < _MIN_SECRET_BYTES:
        raise ValueError(f"HS256 needs a secret of at least {_MIN_SECRET_BYTES} bytes, and nothing else")
    try:
        return HMACAlgorithm(HMACAlgorithm.SHA256).prepare_key(entry.secret)
    except InvalidKeyError:
        raise ValueError("the secret of HS256 must not be a key or certificate of another kind") from None


def _verification_key(entry: _KeyEntry) -> VerificationKey:
    if entry.algorithm == "HS256":
        return _shared_secret(entry)
    if entry.algorithm not in ("ES256", "RS256"):
        raise ValueError("algorithm must be HS256, ES256 or RS256")
    if entry.secret or "PRIVATE KEY" in entry.public_key:
        raise ValueError(f"{entry.algorithm} needs the public key only; a private one must never leave the host")
    try:
        key = load_pem_public_key(entry.public_key.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise ValueError("public_key must be a public key in PEM") from None
    if entry.algorithm == "ES256":
        if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1):
            return key
        raise ValueError("ES256 needs a public key on the curve P-256")
    if isinstance(key, RSAPublicKey) and key.key_size >= _MIN_RSA_BITS:
        return key
    raise ValueError(f"RS256 needs an RSA public key of at least {_MIN_RSA_BITS} bits")
