"""Reads the keys of hosts from the settings' JSON."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from jwt.algorithms import HMACAlgorithm
from jwt.exceptions import InvalidKeyError

from orders.embed.hosts import HostKey, VerificationKey

_MAX_KEYS = 2
_MIN_SECRET_BYTES = 32
_MIN_RSA_BITS = 2048


class KeyEntry(msgspec.Struct, forbid_unknown_fields=True):
    """A key of a launch token, as the settings list it."""

    kid: str
    algorithm: str
    secret: str = ""
    public_key: str = ""


def read_keys(entries: Sequence[KeyEntry], tenant: str = "") -> dict[str, HostKey]:
    """Read keys by their ids; `tenant` is that of each.

    Raises ValueError with what to correct, without key material.
    """
    if not 1 <= len(entries) <= _MAX_KEYS:
        raise ValueError("keys must hold one key, or two while one replaces the other")
    keys: dict[str, HostKey] = {}
    for entry in entries:
        if not entry.kid.strip() or entry.kid in keys:
            raise ValueError("each key needs a kid of its own")
        try:
            keys[entry.kid] = HostKey(entry.kid, entry.algorithm, _verification_key(entry), tenant)
        except ValueError as error:
            raise ValueError(f"key {entry.kid}: {error}") from None
    return keys


def _shared_secret(entry: KeyEntry) -> bytes:
    if entry.public_key or len(entry.secret.encode()) < _MIN_SECRET_BYTES:
        raise ValueError(f"HS256 needs a secret of at least {_MIN_SECRET_BYTES} bytes, and nothing else")
    try:
        return HMACAlgorithm(HMACAlgorithm.SHA256).prepare_key(entry.secret)
    except InvalidKeyError:
        raise ValueError("the secret of HS256 must not be a key or certificate of another kind") from None


def _verification_key(entry: KeyEntry) -> VerificationKey:
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
