"""Digests what was searched for: the log tells who searched for a known text, and is no list of addresses."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from django.conf import settings
from django.utils.crypto import salted_hmac

from orders.models import AccessKind

_SALT = "orders.audit.search"
_ACCENTS = range(0x300, 0x370)
_NUMBER_SIGNS = "#＃№"


def digest_search(kind: AccessKind, text: str) -> str:
    """Digest a search's text with SECRET_KEY, so that nobody without the key can try texts out.

    The kind is a part of it: a phone number and an order number of the same digits have different digests. Texts
    that differ only in spelling have the same one (`_NORMALIZED`). After a change of SECRET_KEY the rows of before
    are found only while the old key stands in SECRET_KEY_FALLBACKS.
    """
    return _digest(kind, text, settings.SECRET_KEY)


def known_digests(kind: AccessKind, text: str) -> tuple[str, ...]:
    """Give the digests that such a search may have, one for each key; none for a text that says nothing."""
    if not _NORMALIZED[kind](text):
        return ()
    return tuple(_digest(kind, text, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def _digest(kind: AccessKind, text: str, key: str | bytes) -> str:
    normalized = _NORMALIZED[kind](text).encode("utf-8", "replace")
    return salted_hmac(f"{_SALT}.{kind.value}", normalized, secret=key, algorithm="sha256").hexdigest()


def _email(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _name(text: str) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if ord(sign) not in _ACCENTS)
    return " ".join(unicodedata.normalize("NFKC", plain.casefold()).split())


def _number(text: str) -> str:
    bare = "".join(text.split()).lstrip(_NUMBER_SIGNS)
    return unicodedata.normalize("NFKC", bare).casefold()


def _phone(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())


# E-mail addresses without case and blanks; names without case and accents of Latin, Greek and Cyrillic letters,
# with one blank between words; order numbers without case, blanks and a number sign in front; ids as they are. Of
# phone numbers only the digits count: they come in E.164, which knows the country.
_NORMALIZED: dict[AccessKind, Callable[[str], str]] = {
    AccessKind.SEARCH_EMAIL: _email,
    AccessKind.SEARCH_PHONE: _phone,
    AccessKind.SEARCH_NAME: _name,
    AccessKind.SEARCH_NUMBER: _number,
    AccessKind.SEARCH_ID: str.strip,
}
