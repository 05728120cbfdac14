"""How the client proves itself to the token endpoint: by a secret, or by an assertion signed with its key."""

from __future__ import annotations

import base64
import time
import uuid
from typing import TYPE_CHECKING, Any, Protocol

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_private_key, load_pem_private_key

if TYPE_CHECKING:
    from collections.abc import Mapping


_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ASSERTION_LIFE = 300


class ClientAuthentication(Protocol):
    """How the client proves itself to the token endpoint."""

    client_id: str

    def headers(self) -> Mapping[str, str]:
        """Headers to add to the token request."""

    def form_fields(self, token_url: str, /) -> Mapping[str, str]:
        """Form fields to add to the token request."""


class BasicAuthentication:
    """`Authorization: Basic base64(client_id:client_secret)`."""

    def __init__(self, client_id: str, client_secret: str) -> None:
        self.client_id = client_id
        self._secret = client_secret

    def headers(self) -> Mapping[str, str]:
        pair = f"{self.client_id}:{self._secret}".encode()
        return {"Authorization": "Basic " + base64.b64encode(pair).decode("ascii")}

    def form_fields(self, _token_url: str, /) -> Mapping[str, str]:
        return {}


class PrivateKeyJwtAuthentication:
    """A client assertion signed with the client's elliptic-curve key (RFC 7523).

    `private_key` is Base64 PKCS#8 or PEM. Raises ValueError when it is neither, or not EC.
    """

    def __init__(self, client_id: str, key_id: str, private_key: str) -> None:
        self.client_id = client_id
        self._key_id = key_id
        self._key = load_private_key(private_key)
        self._algorithm = _algorithm(self._key)

    def headers(self) -> Mapping[str, str]:
        return {}

    def form_fields(self, token_url: str, /) -> Mapping[str, str]:
        """A new assertion for each request."""
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": token_url,
            "jti": str(uuid.uuid4()),
            "iat": now,
            "exp": now + _ASSERTION_LIFE,
        }
        assertion = jwt.encode(claims, self._key, algorithm=self._algorithm, headers={"kid": self._key_id})
        return {"client_assertion_type": _ASSERTION_TYPE, "client_assertion": assertion}


def load_private_key(text: str) -> ec.EllipticCurvePrivateKey:
    """Read an EC private key from Base64 PKCS#8 or PEM. Raises ValueError; the message never quotes the key."""
    try:
        if "-----BEGIN" in text:
            key = load_pem_private_key(text.replace("\\n", "\n").encode(), password=None)
        else:
            key = load_der_private_key(base64.b64decode("".join(text.split()), validate=True), password=None)
    except (ValueError, TypeError):
        raise ValueError("the private key is not Base64 PKCS#8 (or PEM)") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("the private key is not an elliptic-curve key")  # noqa: TRY004 - its value is wrong
    _algorithm(key)
    return key


def _algorithm(key: ec.EllipticCurvePrivateKey) -> str:
    names = {"secp256r1": "ES256", "secp384r1": "ES384", "secp521r1": "ES512"}
    try:
        return names[key.curve.name]
    except KeyError:
        raise ValueError(f"keys on the curve {key.curve.name} cannot sign client assertions") from None
