"""Sessions of a panel, as launches start them."""

from __future__ import annotations

from typing import Any

from orders.embed.entries import read_hosts
from orders.embed.hosts import EmbedHost
from orders.embed.launch_tokens import verify
from orders.embed.sessions import EmbedSession, start_session
from tests.support.launching import AUDIENCE, host, rsa_host, token


def hosts(**changes: Any) -> dict[str, EmbedHost]:
    return read_hosts([host(**changes), rsa_host()], allow_plain=False)


def session(**claims: Any) -> EmbedSession:
    """The session of a launch."""
    return start_session(verify(token(**claims), hosts(), AUDIENCE))
