"""Takes secrets out of upstream text before it is kept or shown to an administrator."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus

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
# A run of such characters is looked at once, from its beginning, so that a long one costs no more than its length.
_JWT = re.compile(r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{5,}+\.[A-Za-z0-9_-]*\.?[A-Za-z0-9_-]*")
_USER_INFO = re.compile(r"(?<=//)[^\s/@:]*:[^\s/@]+@")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SHORTEST_SECRET = 6


def redacted(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without these and the portal's own secrets, without tokens, and without what no database holds."""
    for secret in [*secrets, *_own_secrets()]:
        for spelling in _spellings(secret):
            text = text.replace(spelling, HIDDEN)
    text = _NAMED.sub(lambda found: found[1] + _like(found[2]), text)
    text = _USER_INFO.sub(f"{HIDDEN}@", text)
    text = _JWT.sub(HIDDEN, _SCHEME.sub(rf"\1 {HIDDEN}", text))
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text.encode("utf-8", "replace").decode())


def _like(value: str) -> str:
    quote = value[0] if value[:1] in "\"'" else ""
    return f"{quote}{HIDDEN}{quote}"


def _spellings(secret: str) -> Iterator[str]:
    """The secret as it is, and as JSON, HTML and addresses quote it."""
    in_json = json.dumps(secret)[1:-1]
    spellings = (
        secret,
        in_json,
        in_json.replace("/", "\\/"),
        json.dumps(secret, ensure_ascii=False)[1:-1],
        html.escape(secret),
        quote(secret, safe=""),
        quote(secret),
        quote_plus(secret),
    )
    yield from dict.fromkeys(spellings)


def _own_secrets() -> list[str]:
    known = (settings.ERC_CLIENT_SECRET, settings.ERC_PRIVATE_KEY, settings.SECRET_KEY)
    return [secret for secret in known if len(secret) >= _SHORTEST_SECRET]
