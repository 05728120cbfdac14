"""The API's end of a look-up without sockets: what the transport brings is what an example says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.utils import timezone

from orders.erc import OAUTH_ROUTE
from orders.erc.errors import Response
from orders.erc.transport import Request, Transport
from orders.lookup import attention
from tests.fuzz.values import NOW
from tests.support.connection import forget_connection

Bodies = Callable[[str | None], bytes]
"""The body for a cursor, None at the start."""

_TOKEN = json.dumps({"access_token": "token", "token_type": "Bearer", "expires_in": 600}).encode()
_JSON = {"Content-Type": "application/json"}


class Upstream:
    """Answers the portal's requests with `bodies`, and counts those for items."""

    def __init__(self) -> None:
        self.bodies: Bodies = lambda _cursor: b""
        self.asked = 0

    def send(self, request: Request) -> Response:
        """What the transport brings back."""
        parts = urlsplit(request.url)
        if parts.path == OAUTH_ROUTE:
            return Response(200, _JSON, _TOKEN)
        self.asked += 1
        return Response(200, _JSON, self.bodies(parse_qs(parts.query).get("cursor", [None])[0]))

    @contextmanager
    def serving(self, bodies: Bodies) -> Iterator[None]:
        """Serve these bodies to a portal that remembers nothing of the example before."""
        cache.clear()
        forget_connection()
        self.bodies, self.asked = bodies, 0
        yield


@pytest.fixture
def upstream(monkeypatch: pytest.MonkeyPatch, settings: object) -> Upstream:
    """The portal connected to what an example says, at the hour that the examples are made for."""
    made = Upstream()
    for name, value in {
        "ERC_API_BASE_URL": "https://api.example",
        "ERC_TOKEN_URL": f"https://api.example{OAUTH_ROUTE}",
        "ERC_CLIENT_ID": "client",
        "ERC_CLIENT_SECRET": "secret",
        "ERC_PRIVATE_KEY": "",
    }.items():
        setattr(settings, name, value)
    monkeypatch.setattr(Transport, "send", lambda _transport, request, _deadline: made.send(request))
    clock = SimpleNamespace(localtime=lambda: timezone.localtime(NOW))
    monkeypatch.setattr(attention, "timezone", clock)
    return made
