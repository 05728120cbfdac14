"""Removes secrets from the API's text before it is stored or shown to an administrator."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable

from django.conf import settings

from orders.erc.masking import HIDDEN, mask

_NAMED = re.compile(
    r"""(?ix)
    (["']?\b(?:(?:access|refresh|id)[_-]?token|client[_-]?secret|client[_-]?assertion|password|secret|api[_-]?key
        |token|authorization|assertion)\b["']?\s*[:=]\s*)
    ("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|(?:(?:Bearer|Basic)\s+)?[^\s"'&<>,;}]+)
    """
)
_SCHEME = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}")
# The look-behind matches a run of such characters only from its beginning, so that long ones take linear time. In
# another case it has to be as long as a header, because words begin so, too.
_JWT = re.compile(
    r"(?<![A-Za-z0-9_-])(?:eyJ[A-Za-z0-9_-]{5,}+|(?i:eyj)[A-Za-z0-9_-]{16,}+)"
    r"(?:\.|%2[Ee])[A-Za-z0-9_-]*(?:\.|%2[Ee])?[A-Za-z0-9_-]*"
)
_USER_INFO = re.compile(r"(?<=//)[^\s/@:]*:[^\s/@]+@")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MIN_SECRET = 6


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """Remove these and the portal's own secrets, tokens, and characters that databases refuse."""
    text = remove_credentials(text, secrets)
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text.encode("utf-8", "replace").decode())


def remove_credentials(text: str, secrets: Iterable[str] = ()) -> str:
    """Remove these and the portal's own secrets and tokens."""
    text = mask(text, [*secrets, *_own_secrets()])
    text = _NAMED.sub(lambda found: found[1] + _like(found[2]), text)
    text = _USER_INFO.sub(f"{HIDDEN}@", text)
    return _JWT.sub(HIDDEN, _SCHEME.sub(rf"\1 {HIDDEN}", text))


def _like(value: str) -> str:
    quote = value[0] if value[:1] in "\"'" else ""
    return f"{quote}{HIDDEN}{quote}"


def _own_secrets() -> list[str]:
    known = [
        settings.ERC_CLIENT_SECRET,
        settings.ERC_PRIVATE_KEY,
        settings.SECRET_KEY,
        settings.OIDC_CLIENT_SECRET,
        *(
            base64.b64encode(f"{name}:{secret}".encode()).decode("ascii").rstrip("=")
            for name, secret in (
                (settings.ERC_CLIENT_ID, settings.ERC_CLIENT_SECRET),
                (settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET),
            )
            if secret
        ),
    ]
    return [secret for secret in known if len(secret) >= _MIN_SECRET]
