"""Single requests: what they bring, and how many bytes go over the wire, gzipped."""

from __future__ import annotations

import gzip
import http.client
import re
import urllib.request
from urllib.parse import urlencode, urljoin, urlsplit

_OWN_STATIC = re.compile(r'(?:src|href)="(/static/[^"]+\.(?:js|css))"')


def fetched(url: str, headers: dict[str, str]) -> bytes:
    """The body as it came, packed where the server packs it."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip", **headers})
    with urllib.request.urlopen(request, timeout=30) as answer:
        body: bytes = answer.read()
        return body if answer.headers.get("Content-Encoding") == "gzip" else gzip.compress(body, 6)


def page(url: str, headers: dict[str, str]) -> str:
    """The page's HTML."""
    return gzip.decompress(fetched(url, headers)).decode()


def redirect(url: str, form: dict[str, str], headers: dict[str, str]) -> str:
    """Where a posted form leads, without the host; empty where it leads nowhere."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        sent = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        connection.request("POST", urlsplit(url).path, urlencode(form), sent)
        return connection.getresponse().headers.get("Location", "")
    finally:
        connection.close()


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
