"""Launch tokens that are read and judged in tests, and those that libraries refuse to make."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import pytest

from orders.embed.entries import read_hosts
from orders.embed.errors import LaunchCode, LaunchRefused
from orders.embed.launch_tokens import verify
from orders.embed.launches import Launch
from tests.support.launching import AUDIENCE, claims, host, rsa_host

HOSTS = read_hosts([host(), rsa_host()], allow_plain=False)


def check(text: str) -> Launch:
    """What a token says."""
    return verify(text, HOSTS, AUDIENCE)


def refused(text: str, **changes: Any) -> LaunchRefused:
    """The refusal of a token; the changes are those of the host's registration."""
    hosts = read_hosts([host(**changes), rsa_host()], allow_plain=False)
    with pytest.raises(LaunchRefused) as refusal:
        verify(text, hosts, AUDIENCE)
    return refusal.value


def reason(text: str, **changes: Any) -> LaunchCode:
    """Why a token is refused."""
    return refused(text, **changes).reason


def part(content: object) -> str:
    """A part of a token."""
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def forged(header: dict[str, Any], secret: bytes = b"", payload: Any = None) -> str:
    """A token made by hand, as libraries refuse to make it."""
    signed = f"{part(header)}.{part(claims() if payload is None else payload)}"
    signature = hmac.new(secret, signed.encode(), hashlib.sha256).digest() if secret else b""
    return f"{signed}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def now() -> int:
    """The present second, as claims have it."""
    return int(time.time())
