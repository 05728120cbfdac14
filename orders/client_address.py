"""The address that a request comes from."""

from __future__ import annotations

from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's IP address; empty where there is none."""
    return str(request.META.get("REMOTE_ADDR", ""))
