"""Finds e-mail addresses: alone, behind a name, in a link, in a sentence."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

import regex

_BORDER = re.compile(r'[\s<>()\[\]{},;:"|\\/=&]+')
# Python's own \w leaves out the vowel signs of Indic scripts and the tones of Thai.
_LOCAL_PART = regex.compile(r"[\w\p{M}.!#$%'*+?^`~-]{1,64}")
_DOMAIN = regex.compile(r"(?:[\w\p{M}-]{1,63}\.)+\p{L}(?:[\w\p{M}-]{0,61}[\w\p{M}])")
_QUOTED_AT = "%40"
_MAX_LENGTH = 254
_BESIDE = "'*_~`."
_ENDING = _BESIDE + "!?/…-"


def find_emails(text: str) -> tuple[str, ...]:
    """Find the addresses in a text, each once."""
    # Between two borders there is at most one: the time grows with the text's length alone.
    found = (normalize_email(word) for word in _BORDER.split(text) if "@" in word or _QUOTED_AT in word)
    return tuple(dict.fromkeys(filter(None, found)))


def normalize_email(word: str) -> str:
    """Normalise an address; "" where it is none."""
    local_part, _at, domain = unquote(word).partition("@")
    # A mailto: link may go on with a subject.
    domain = domain.partition("?")[0].rstrip(_ENDING)
    address = unicodedata.normalize("NFC", f"{local_part.lstrip(_BESIDE)}@{domain}".lower())
    local_part, _at, domain = address.partition("@")
    is_address = len(address) <= _MAX_LENGTH and _LOCAL_PART.fullmatch(local_part) and _DOMAIN.fullmatch(domain)
    return address if is_address else ""
