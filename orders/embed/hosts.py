"""Hosts that may embed the portal, with their origins and the keys of their launches."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.crypto import salted_hmac

from orders.embed.sources import Sources
from orders.models import Proof

_MARK_LENGTH = 32
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = re.compile(
    rf"(?P<scheme>https?)://(?:(?P<wild>\*\.){_LABEL}\.{_LABEL}|{_LABEL})(?:\.{_LABEL})*(?::(?P<port>[1-9]\d{{0,4}}))?"
)

VerificationKey: TypeAlias = bytes | EllipticCurvePublicKey | RSAPublicKey


@dataclass(frozen=True)
class HostKey:
    """A key of a host. The key fixes the algorithm, not the token (RFC 8725, section 3.1).

    `tenant` is whose launches alone it verifies, where others have the same key: an organization or installation.
    """

    kid: str
    algorithm: str
    verification_key: VerificationKey = field(repr=False)
    tenant: str = ""

    @property
    def mark(self) -> str:
        """Give a digest, keyed by SECRET_KEY, that tells this key from another under its id, or for others."""
        key = self.verification_key
        material = (
            key if isinstance(key, bytes) else key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        )
        return salted_hmac(f"orders.embed.key{self.tenant}", material, algorithm="sha256").hexdigest()[
            :_MARK_LENGTH
        ]


class Kind(enum.StrEnum):
    """The ways in which hosts launch the panel (docs/embedding.md): our own, and those of desktops one can buy."""

    OWN = "own"
    SALESFORCE = "salesforce"
    ZENDESK = "zendesk"
    AMAZON_CONNECT = "amazon-connect"
    GENESYS = "genesys"
    CHATWOOT = "chatwoot"
    ADDRESS = "address"

    @property
    def label(self) -> str:
        """The name under which administrators know it."""
        return _LABELS[self]


_LABELS = {
    Kind.OWN: "Launch token",
    Kind.SALESFORCE: "Salesforce Canvas",
    Kind.ZENDESK: "Zendesk",
    Kind.AMAZON_CONNECT: "Amazon Connect",
    Kind.GENESYS: "Genesys Cloud",
    Kind.CHATWOOT: "Chatwoot",
    Kind.ADDRESS: "Plain address",
}


@dataclass(frozen=True)
class EmbedHost:
    """A host that may embed the portal. `keys` are by key id; pages of `origins` may frame the panel.

    `issuer` names it: the `iss` of its launch tokens, or the slug in the address of a desktop of another kind.
    `sources` tell where such a desktop's customer is found.
    """

    issuer: str
    name: str
    origins: tuple[str, ...]
    keys: Mapping[str, HostKey] = field(default_factory=dict, repr=False)
    is_enabled: bool = True
    revoked_agents: frozenset[str] = frozenset()
    kind: Kind = Kind.OWN
    sources: Sources = field(default_factory=Sources)

    @property
    def signs_agents(self) -> bool:
        """Whether a signature proves its agents; those of other kinds sign in to the portal in the panel."""
        return self.kind in (Kind.OWN, Kind.SALESFORCE, Kind.ZENDESK)

    @property
    def proof(self) -> Proof:
        """How its customers come to the panel."""
        if self.kind in (Kind.OWN, Kind.SALESFORCE):
            return Proof.SIGNED
        return Proof.VERIFIED if self.kind is Kind.GENESYS else Proof.TOLD

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


def require_origins(origins: Sequence[str], *, allow_plain: bool) -> None:
    """Raise ValueError unless these are origins, one at least; `allow_plain` takes http."""
    if not origins:
        raise ValueError("origins must list at least one origin")
    for origin in origins:
        _require_origin(origin, allow_plain=allow_plain)


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
