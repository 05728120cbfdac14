"""Encrypts and signs content with keys derived from SECRET_KEY, so that only this portal can make and read it."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def seal(content: bytes, purpose: str) -> str:
    """Seal content for a place that others can read or write; only `unseal` for the same purpose opens it."""
    return _box(purpose).encrypt(content).decode()


def unseal(text: str, purpose: str, *, seconds: int | None = None) -> bytes | None:
    """Open sealed content; None where it is not this portal's, or is older than `seconds`."""
    try:
        return _box(purpose).decrypt(text.encode(), ttl=seconds)
    except (InvalidToken, ValueError):
        return None


def _box(purpose: str) -> MultiFernet:
    return MultiFernet(
        [Fernet(_key(purpose, secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(purpose: str, secret: str | bytes) -> bytes:
    digest = salted_hmac(f"orders.sealed.{purpose}", "", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
