"""Packs pages with gzip as Django does, by a library that takes half the time for it."""

from __future__ import annotations

import gzip
import secrets

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers
from zlib_ng import gzip_ng

_MIN_BYTES = 1000
_LEVEL = 6
# RFC 1952, section 2.3: the fixed part of the header, and the flag that says a file name follows.
_HEADER_BYTES, _FLAGS_AT = 10, 3


class PackingMiddleware(GZipMiddleware):
    """Whole pages go through zlib-ng; what is short, streamed or packed already is left to Django."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Pack the answer where its client takes that."""
        accepts = re_accepts_gzip.search(request.headers.get("Accept-Encoding", ""))
        if (
            not accepts
            or not isinstance(response, HttpResponse)
            or len(response.content) < _MIN_BYTES
            or response.has_header("Content-Encoding")
        ):
            return super().process_response(request, response)
        patch_vary_headers(response, ("Accept-Encoding",))
        response.content = packed(response.content, self.max_random_bytes)
        response.headers["Content-Length"] = str(len(response.content))
        response.headers["Content-Encoding"] = "gzip"
        return response


def packed(content: bytes, most_random_bytes: int) -> bytes:
    """The content as gzip, with a file name of random length: sizes shall not tell guesses apart (BREACH)."""
    plain: bytes = gzip_ng.compress(content, _LEVEL, mtime=0)  # type: ignore[no-untyped-call]
    header = bytearray(plain[:_HEADER_BYTES])
    header[_FLAGS_AT] |= gzip.FNAME
    name = b"a" * secrets.randbelow(most_random_bytes) + b"\0"
    return bytes(header) + name + plain[_HEADER_BYTES:]
