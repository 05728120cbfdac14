"""The format of values in the shared cache: MessagePack, compressed where that pays, and signed.

Without the seal, anybody who can write to the cache server could decide what the portal shows or sends. The seal
uses the site's secret and covers the key, so that no value can replace another. A value with a wrong seal
(garbage, another program's or version's value, a pickle) is never decoded.
"""

from __future__ import annotations

import hmac
import zlib
from typing import Any

import msgspec
from django.conf import settings

# At the quickest level a page of 13 kB takes 0.14 ms to write, 0.09 ms to read, and shrinks to a fifth.
_MIN_COMPRESSED_BYTES = 1_000
_LEVEL = 1
_SEAL_BYTES = 16


class Unreadable(ValueError):
    """The stored bytes are not this site's value for this key."""


class _Sealed(msgspec.Struct, array_like=True, frozen=True):
    seal: bytes
    is_compressed: bool
    body: bytes


_decoder = msgspec.msgpack.Decoder(_Sealed)


def seal(key: str, value: Any) -> bytes:
    """Encode and seal a value for a key. Raises TypeError for anything but plain data."""
    body = msgspec.msgpack.encode(value)
    is_compressed = len(body) >= _MIN_COMPRESSED_BYTES
    if is_compressed:
        body = zlib.compress(body, _LEVEL)
    return msgspec.msgpack.encode(_Sealed(_seal(key, body, is_compressed=is_compressed), is_compressed, body))


def unseal(key: str, stored: bytes) -> Any:
    """Decode the sealed value of a key; tuples come back as lists. Raises Unreadable."""
    try:
        found = _decoder.decode(stored)
        if not hmac.compare_digest(found.seal, _seal(key, found.body, is_compressed=found.is_compressed)):
            raise Unreadable("the seal does not fit")
        return msgspec.msgpack.decode(zlib.decompress(found.body) if found.is_compressed else found.body)
    except (msgspec.MsgspecError, zlib.error, ValueError, RecursionError) as error:
        raise Unreadable(type(error).__name__) from None


def _seal(key: str, body: bytes, *, is_compressed: bool) -> bytes:
    secret = f"ercportal.cache_values:{settings.SECRET_KEY}".encode()
    name = f"{len(key)}:{key}:{is_compressed:d}:".encode("utf-8", "surrogatepass")
    return hmac.digest(secret, name + body, "sha256")[:_SEAL_BYTES]
