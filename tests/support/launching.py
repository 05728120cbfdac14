"""A host's side in tests: its keys, its registration, and launch tokens good and bad."""

from __future__ import annotations

import time
import uuid
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from pytest_django.fixtures import Settings

from orders.embed.registry import registry

ISSUER = "desk"
ORIGIN = "https://desk.example"
AUDIENCE = "order-items-portal"
SECRET = "a-secret-of-this-test-that-is-long-enough"
CUSTOMER, ORDER = "C-1", "O-1"


@cache
def ec_key() -> ec.EllipticCurvePrivateKey:
    """The host's P-256 key."""
    return ec.generate_private_key(ec.SECP256R1())


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    """Another host's RSA key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_pem(key: Any) -> str:
    """The public half, as a host hands it to the portal."""
    return str(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())


def private_pem(key: Any) -> str:
    """The private half, which never leaves a host."""
    return str(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


def host(**changes: Any) -> dict[str, Any]:
    """The host's registration."""
    return {
        "issuer": ISSUER,
        "name": "The desk",
        "origins": [ORIGIN],
        "keys": [
            {"kid": "hs", "algorithm": "HS256", "secret": SECRET},
            {"kid": "es", "algorithm": "ES256", "public_key": public_pem(ec_key())},
        ],
        **changes,
    }


def rsa_host(**changes: Any) -> dict[str, Any]:
    """A second host, which signs with RS256."""
    keys = [{"kid": "rs", "algorithm": "RS256", "public_key": public_pem(rsa_key())}]
    return host(issuer="other-desk", origins=["https://*.other.example"], keys=keys, **changes)


def claims(**changes: Any) -> dict[str, Any]:
    """The claims of a good launch; a change to None leaves the claim out."""
    now = int(time.time())
    good = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "agent-7",
        "customer_id": CUSTOMER,
        "order_id": ORDER,
        "iat": now,
        "exp": now + 120,
        "jti": uuid.uuid4().hex,
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def token(key: Any = SECRET, algorithm: str | None = "HS256", headers: Any = None, **changes: Any) -> str:
    """A launch token; `headers` are those of the JWT."""
    return jwt.encode(claims(**changes), key, algorithm=algorithm, headers={"kid": "hs", **(headers or {})})


def register_hosts(settings: Settings) -> None:
    """Make `host()` and `rsa_host()` the hosts that may launch the panel."""
    settings.EMBED_HOSTS = [host(), rsa_host()]
    settings.EMBED_HOSTS_FILE = ""
    settings.EMBED_AUDIENCE = AUDIENCE
    registry.cache_clear()
