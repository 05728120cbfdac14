"""Determines the client's IP address."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Give the client's IP address as the outermost trusted proxy saw it; "" where there is none.

    Only the last `PROXY_COUNT` entries of X-Forwarded-For are trusted; the client can forge the others.
    """
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    count: int = settings.PROXY_COUNT
    seen_by_proxy = forwarded[-count] if 0 < count <= len(forwarded) else ""
    return _address(seen_by_proxy) or _address(request.META.get("REMOTE_ADDR", ""))


def client_network(request: HttpRequest) -> str:
    """Give the address, for IPv6 the first of its /64, which one machine may have whole; "" without one."""
    address = client_address(request)
    return str(ip_network(f"{address}/64", strict=False).network_address) if ":" in address else address


def _address(value: str) -> str:
    try:
        address = ip_address(value.strip())
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    # Drop the zone, which may contain any text.
    return str(address.ipv4_mapped or IPv6Address(int(address)))
