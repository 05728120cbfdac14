"""How many bytes go over the wire, gzipped."""

from __future__ import annotations

import gzip
import re
import urllib.request
from urllib.parse import urljoin

_OWN_STATIC = re.compile(r'(?:src|href)="(/static/[^"]+\.(?:js|css))"')


def fetched(url: str, headers: dict[str, str]) -> bytes:
    """The body as it came, packed where the server packs it."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip", **headers})
    with urllib.request.urlopen(request, timeout=30) as answer:
        body: bytes = answer.read()
        return body if answer.headers.get("Content-Encoding") == "gzip" else gzip.compress(body, 6)


def first_load(url: str, headers: dict[str, str]) -> int:
    """Bytes of a page with its style and scripts."""
    packed = fetched(url, headers)
    total = len(packed)
    for path in sorted(set(_OWN_STATIC.findall(gzip.decompress(packed).decode()))):
        total += len(fetched(urljoin(url, path), {}))
    return total


def fragment(url: str, headers: dict[str, str]) -> int:
    """Bytes of what htmx gets."""
    return len(fetched(url, {**headers, "HX-Request": "true"}))
