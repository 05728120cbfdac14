"""What stands in for the API, each with an order to ask for and the client that may."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
import requests

from ercportal.demo.sandbox.clients import (
    CLIENT_ID,
    CLIENT_SECRET,
    ITEMS_CLIENT_ID,
    ITEMS_CLIENT_SECRET,
    KEY_CLIENT_ID,
    KEY_ID,
    private_key_base64,
)
from ercportal.demo.sandbox.server import SandboxServer
from orders.erc import ErcClient, connect
from tests.benchmarks.portal.stub import Answers
from tests.support.erc_calls import make_config
from tests.support.family import serve_family
from tests.support.pages import paged
from tests.support.sandbox import shared_catalogue
from tests.support.stores import DictCache
from tests.support.stub_erc import StubErc, item
from tests.support.stub_routes import ACCOUNT_SCOPE, CUSTOMER_SCOPE, PATHS

SCOPE = "erc-ecommerce-connections-orders:read"
GRANT = {"grant_type": "client_credentials", "scope": SCOPE}
_TIMEOUT_SECONDS = 10.0
_OF_AN_ACCOUNT = [
    f"CONTRACT_{name}"
    for name in ("BASE_URL", "TOKEN_URL", "CUSTOMER_ID", "ORDER_ID", "CLIENT_ID", "CLIENT_SECRET")
]
_OF_A_FAMILY = [
    f"CONTRACT_{name}" for name in ("FAMILY_CUSTOMER_ID", "FAMILY_ORDER_ID", "EMAIL", "PHONE", "ORDER_NUMBER")
]


@dataclass(frozen=True)
class Known:
    """A customer whom a caller's words lead to, with one of their orders; they have three or more."""

    customer_id: str = ""
    order_id: str = ""
    email: str = ""
    phone: str = ""
    order_number: str = ""


@dataclass(frozen=True)
class Api:
    """The API at an address, as its clients see it; `items_client` has the items' scope alone."""

    base_url: str
    token_url: str
    customer_id: str
    order_id: str
    client_id: str
    client_secret: str = field(repr=False)
    key: dict[str, str] = field(default_factory=dict, repr=False)
    expire_tokens: Callable[[], None] = lambda: None
    known: Known = Known()
    items_client: Callable[[], tuple[str, str]] = lambda: ("", "")

    def ask_token(self, form: dict[str, str] | None = None, **options: Any) -> requests.Response:
        """Ask for a token, by default as a client that may have one."""
        options = {"auth": (self.client_id, self.client_secret), **options}
        return requests.post(self.token_url, data=form or GRANT, timeout=_TIMEOUT_SECONDS, **options)

    def ask_items(self, *, order_id: str = "", token: str | None = None, **parameters: str) -> requests.Response:
        """Ask for the order's items with a fresh token, or with the one that is given; "" sends none."""
        token = self.fresh_token(SCOPE) if token is None else token
        return _get(self.items_url(order_id), token, parameters)

    def fresh_token(self, scope: str) -> str:
        """A token of these scopes."""
        return str(self.ask_token({**GRANT, "scope": scope}).json()["access_token"])

    def ask(
        self, endpoint: str, token: str, *, customer_id: str = "", order_id: str = "", **parameters: str
    ) -> requests.Response:
        """Ask an endpoint of the family, by default about the known customer and order; "" sends no token."""
        return _get(self.url(endpoint, customer_id, order_id), token, parameters)

    def url(self, endpoint: str, customer_id: str = "", order_id: str = "") -> str:
        """The address of an endpoint of the family, by default for the known customer and order."""
        ids = {"customer_id": customer_id or self.known.customer_id, "order_id": order_id or self.known.order_id}
        encoded = {name: quote(value, safe="") for name, value in ids.items()}
        return self.base_url + PATHS[endpoint].format(**encoded)

    def items_url(self, order_id: str = "") -> str:
        """The address of the order's items."""
        customer, order = quote(self.customer_id, safe=""), quote(order_id or self.order_id, safe="")
        return f"{self.base_url}/erc/ecommerce/customers/{customer}/orders/{order}/items"

    def client(self, **changes: Any) -> ErcClient:
        """The portal's own client of it, which has no token yet; `changes` are of its configuration."""
        config = make_config(
            self.base_url,
            token_url=self.token_url,
            connect_timeout=5.0,
            read_timeout=_TIMEOUT_SECONDS,
            max_body_bytes=5_000_000,
            **{"client_id": self.client_id, "client_secret": self.client_secret, **changes},
        )
        return connect(config, store=DictCache(), observe=lambda _exchange: None)


def _get(url: str, token: str, parameters: dict[str, str]) -> requests.Response:
    headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    return requests.get(url, params=parameters, headers=headers, timeout=_TIMEOUT_SECONDS)


@contextmanager
def sandbox() -> Iterator[Api]:
    """What the demo and the browser tests run against."""
    key = {"client_id": KEY_CLIENT_ID, "key_id": KEY_ID, "private_key": private_key_base64()}
    with SandboxServer(catalogue=shared_catalogue()) as server:
        yield Api(
            server.base_url,
            server.token_url,
            "C-1002",
            "A-20810",
            CLIENT_ID,
            CLIENT_SECRET,
            key,
            server.expire_tokens,
            Known("C-2011", "A-30080", "jp.goncalves@correio.example", "+351910000000", "#Y34DHR"),
            lambda: (ITEMS_CLIENT_ID, ITEMS_CLIENT_SECRET),
        )


@contextmanager
def stub() -> Iterator[Api]:
    """What most tests run against, with an order of several pages; it takes whoever says who they are."""
    known = Known("C-1", "O-1", "ines@mail.example", "+351910000001", "#N001")
    key = {"client_id": "client", "key_id": KEY_ID, "private_key": private_key_base64()}
    with StubErc() as server:
        priced = [item(f"i{number}", price={"value": number * 7 % 45, "currency": "EUR"}) for number in range(45)]
        server.items = server.guarded(paged(priced))
        serve_family(server)

        def items_client() -> tuple[str, str]:
            server.refuse_scopes(CUSTOMER_SCOPE, ACCOUNT_SCOPE)
            return "client", "secret"

        yield Api(
            server.base_url,
            f"{server.base_url}/oauth/token",
            "C-1",
            "O-1",
            "client",
            "secret",
            key,
            server.expire_tokens,
            known,
            items_client,
        )


@contextmanager
def benchmark() -> Iterator[Api]:
    """What the benchmarks run against: fast, it checks nothing, and its list goes on for ever."""
    loop = asyncio.new_event_loop()
    connections: list[Answers] = []

    def connection() -> Answers:
        connections.append(Answers())
        return connections[-1]

    def end() -> None:
        for one in connections:
            one.transport.abort()
        loop.call_soon(loop.stop)

    server = loop.run_until_complete(loop.create_server(connection, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield Api(base_url, f"{base_url}/oauth/token", "0-c", "20-a", "bench", "bench")
    finally:
        loop.call_soon_threadsafe(end)
        thread.join()
        server.close()
        loop.close()


@contextmanager
def account() -> Iterator[Api]:
    """A real account, which the environment names."""
    base_url, token_url, customer_id, order_id, *credentials = (os.environ[name] for name in _OF_AN_ACCOUNT)
    known = Known(*(os.environ.get(name, "") for name in _OF_A_FAMILY))
    yield Api(base_url.rstrip("/"), token_url, customer_id, order_id, credentials[0], credentials[1], known=known)


STAND_INS: dict[str, Callable[[], AbstractContextManager[Api]]] = {
    "sandbox": sandbox,
    "stub": stub,
    "benchmark": benchmark,
    "account": account,
}


def against(*names: str, needs: Sequence[str] = _OF_AN_ACCOUNT) -> pytest.MarkDecorator:
    """Runs a test against these of them, the account only where the environment has all that it `needs`."""
    has_account = all(os.environ.get(name) for name in needs)
    present = [name for name in names if name != "account" or has_account]
    return pytest.mark.parametrize("api", present, indirect=True)


EVERYTHING = against(*STAND_INS)
EVERYTHING_THAT_CHECKS = against("sandbox", "stub", "account")
"""All but the benchmark's stub, which is made to cost nothing."""

EVERYTHING_WITH_A_FAMILY = against("sandbox", "stub", "account", needs=[*_OF_AN_ACCOUNT, *_OF_A_FAMILY])
"""All that serve customers and orders; of an account the environment has to say whose."""

EVERYTHING_WITH_A_CATALOGUE = against("sandbox", "account")
"""The stub serves whichever order a test asks for, to whoever asks, with whichever parameters."""

ALL_THAT_ARE_OURS = against("sandbox", "stub")
"""Those that a test may do to what it would not do to an account."""
