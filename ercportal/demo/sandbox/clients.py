"""The API clients that the sandbox knows: one for each way to authenticate, two with the items' scope alone."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ercportal.demo.sandbox.scopes import ALL_SCOPES, FOR_ITEMS

CLIENT_ID = "sandbox-client"
CLIENT_SECRET = "sandbox-secret"  # noqa: S105 - opens made-up orders only

ITEMS_CLIENT_ID = "sandbox-items-client"
ITEMS_CLIENT_SECRET = "sandbox-items-secret"  # noqa: S105 - opens made-up orders only

OTHER_ITEMS_CLIENT_ID = "sandbox-items-client-400"

KEY_CLIENT_ID = "sandbox-key-client"
KEY_ID = "sandbox-key-1"


@dataclass(frozen=True)
class Client:
    """One client and the scopes that it has.

    `status_of_lack` is what the token endpoint answers where the client asks for one that it does not have: the
    reference allows 401 and 400.
    """

    client_id: str
    scopes: frozenset[str]
    status_of_lack: int = 401


KEY_CLIENT = Client(KEY_CLIENT_ID, ALL_SCOPES)
SECRET_CLIENTS = (
    (Client(CLIENT_ID, ALL_SCOPES), CLIENT_SECRET),
    (Client(ITEMS_CLIENT_ID, FOR_ITEMS), ITEMS_CLIENT_SECRET),
    (Client(OTHER_ITEMS_CLIENT_ID, FOR_ITEMS, status_of_lack=400), ITEMS_CLIENT_SECRET),
)
"""The clients that authenticate with a secret (Basic), each with it."""

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
