"""Takes secrets out of upstream text before it is kept or shown to an administrator."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.conf import settings

HIDDEN = "…"

_NAMED = re.compile(
    r"""(?ix)
    (["']?\b(?:access_token|refresh_token|id_token|client_secret|client_assertion|password|secret|api_key|token
        |authorization|assertion)\b["']?\s*[:=]\s*)
    ("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|(?:(?:Bearer|Basic)\s+)?[^\s"'&<>,;}]+)
    """
)
_SCHEME = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}")
_JWT = re.compile(r"\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*\.?[A-Za-z0-9_-]*")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SHORTEST_SECRET = 6


def redacted(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without these and the portal's own secrets, without tokens, and without what no database holds."""
    for secret in [*secrets, *_own_secrets()]:
        text = text.replace(secret, HIDDEN)
    text = _NAMED.sub(lambda found: found[1] + _like(found[2]), text)
    text = _JWT.sub(HIDDEN, _SCHEME.sub(rf"\1 {HIDDEN}", text))
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text.encode("utf-8", "replace").decode())


def _like(value: str) -> str:
    quote = value[0] if value[:1] in "\"'" else ""
    return f"{quote}{HIDDEN}{quote}"


def _own_secrets() -> list[str]:
    known = (settings.ERC_CLIENT_SECRET, settings.ERC_PRIVATE_KEY, settings.SECRET_KEY)
    return [secret for secret in known if len(secret) >= _SHORTEST_SECRET]
