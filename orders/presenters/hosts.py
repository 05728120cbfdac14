"""Decides which hosts a page may use in a link or a picture: those of the public web, not the portal's own.

Otherwise a picture's request could carry the agent's session to the portal, or reach into the agent's network.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import unicodedata
from functools import cache, lru_cache
from urllib.parse import unquote, urlsplit

import idna
from django.conf import settings
from django.http.request import validate_host

from orders.lookup.conventions import LOCAL_NAMES

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_MAX_LENGTH = 253
# Labels between single dots, or IPv6 without a scope.
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|[0-9a-f:.]*:[0-9a-f:.]*")
_LOCAL = tuple(f".{name}" for name in LOCAL_NAMES)
# Addresses for documentation lead nowhere, so they are safe; the demo uses them.
_EXAMPLES = tuple(
    map(
        ipaddress.ip_network,
        ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"),
    )
)
# Ranges of IPv6 that embed an IPv4 address, and its distance from the end in bits.
_CARRIERS = ((ipaddress.ip_network("64:ff9b::/96"), 0), (ipaddress.ip_network("2002::/16"), 80))


def is_public(host: str) -> bool:
    """Whether browsers take a host for one of the public web."""
    return 0 < len(host) <= _MAX_LENGTH and _is_public(host, own_names())


@cache
def own_names() -> tuple[str, ...]:
    """Give the portal's own names; a leading dot includes all subdomains."""
    names = (
        urlsplit(name if "://" in name else f"//{name}").hostname or ""
        for name in (*settings.ALLOWED_HOSTS, *settings.CSRF_TRUSTED_ORIGINS)
    )
    # A star alone means every name, so it names none.
    return tuple(name.replace("*.", ".").rstrip(".") for name in names if name not in ("", "*"))


@lru_cache(maxsize=1024)
def _is_public(host: str, own: tuple[str, ...]) -> bool:
    name = _as_browsers_read(host)
    address = _address(name)
    if not name or validate_host(str(address or name), own):
        return False
    if address is not None:
        return _is_public_address(address)
    return "." in name and not _ends_in_a_number(name) and not validate_host(name, _LOCAL)


def _as_browsers_read(host: str) -> str:
    """Convert a host to lower-case ASCII without its trailing dot; empty where no browser would accept it."""
    try:
        text = unicodedata.normalize("NFKC", unquote(host, errors="strict"))
        mapped = idna.uts46_remap(text, std3_rules=False).removesuffix(".")
        labels = [
            label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in mapped.split(".")
        ]
    except (UnicodeError, idna.IDNAError):
        return ""
    name = ".".join(labels)
    return name if _NAME.fullmatch(name) else ""


def _address(name: str) -> _Address | None:
    """Parse IPv6, or IPv4 in all of its forms (127.1, 0x7f000001, 017700000001)."""
    try:
        if ":" in name:
            return ipaddress.IPv6Address(name)
        return ipaddress.IPv4Address(socket.inet_aton(name)) if _ends_in_a_number(name) else None
    except (OSError, ValueError):
        return None


def _ends_in_a_number(name: str) -> bool:
    """Whether browsers take it for an IP address, and open nothing if it is malformed."""
    last = name.rpartition(".")[2]
    return ":" in name or last.isdigit() or last.startswith("0x")


def _is_public_address(address: _Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or next(
            (
                ipaddress.IPv4Address(int(address) >> shift & 0xFFFFFFFF)
                for net, shift in _CARRIERS
                if address in net
            ),
            None,
        )
        if inner is not None:
            return _is_public_address(inner)
        if address.is_site_local:
            return False
    if any(address in examples for examples in _EXAMPLES):
        return True
    return address.is_global and not address.is_multicast and not address.is_reserved
