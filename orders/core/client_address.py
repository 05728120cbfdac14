"""Which address a request comes from."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's IP address as the outermost trusted proxy saw it; "" where there is none.

    Only the last `PROXY_COUNT` entries of X-Forwarded-For come from proxies; whatever stands left of them is the
    client's own word.
    """
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    count: int = settings.PROXY_COUNT
    seen_by_proxy = forwarded[-count] if 0 < count <= len(forwarded) else ""
    return _address(seen_by_proxy) or _address(request.META.get("REMOTE_ADDR", ""))


def client_network(request: HttpRequest) -> str:
    """What a throttle counts by: the address, or the first one of its /64 for IPv6; "" where there is none.

    A single machine has a whole /64 to choose its addresses from.
    """
    address = client_address(request)
    return str(ip_network(f"{address}/64", strict=False).network_address) if ":" in address else address


def _address(value: str) -> str:
    """The address in its one usual spelling; "" for anything else."""
    try:
        address = ip_address(value.strip())
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    # A zone is not part of the address, and holds any text.
    return str(address.ipv4_mapped or IPv6Address(int(address)))
