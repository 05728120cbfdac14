"""The two API clients that the sandbox knows, one for each way to authenticate (the reference, "Tokens")."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

CLIENT_ID = "sandbox-client"
CLIENT_SECRET = "sandbox-secret"  # noqa: S105 - opens made-up orders only

KEY_CLIENT_ID = "sandbox-key-client"
KEY_ID = "sandbox-key-1"

_KEY_PHRASE = b"The sandbox guards nothing, so everybody may know its key."


@cache
def private_key() -> ec.EllipticCurvePrivateKey:
    """The key client's P-256 key, derived from a public phrase: no key material lies in the repository."""
    secret = int.from_bytes(hashlib.sha256(_KEY_PHRASE).digest(), "big")
    return ec.derive_private_key(secret, ec.SECP256R1())


def private_key_base64() -> str:
    """The key client's private key as the vendor hands keys out: Base64 of PKCS#8 DER."""
    der = private_key().private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return base64.b64encode(der).decode("ascii")
