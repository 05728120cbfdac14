"""What the tests see of the running site, and how they ask it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
import requests

from ercportal.demo.desktop.host import Host
from orders.embed.signing import launch_token
from tests.cluster.instances import Instance
from tests.cluster.nginx import needs_nginx
from tests.support.portal_client import AS_BY_PROXY, client
from tests.support.postgres_server import needs_postgres
from tests.support.redis_server import needs_redis
from tests.support.stub_erc import StubErc

AUDIENCE = "https://portal.example.com"

needs_servers = [needs_redis, needs_postgres, needs_nginx, pytest.mark.xdist_group("cluster")]
"""For each module here; the group shares one site where tests run side by side."""


class Site(NamedTuple):
    """Its one address and the instances behind it; the folder has the proxy's certificate and logs.

    `cookie` is that of an agent who signed in at the first instance.
    """

    address: str
    folder: Path
    instances: tuple[Instance, Instance]
    erc: StubErc
    host: Host
    database: str
    cookie: str

    def look_up(
        self, order_id: str, at: Instance | None = None, headers: Mapping[str, str] | None = None
    ) -> requests.Response:
        """An order's page for the agent, from the one address or from one instance."""
        address = f"{at.address if at else self.address}/orders/"
        order = {"customer_id": "C-1", "order_id": order_id}
        said = {"Cookie": self.cookie, **AS_BY_PROXY, **(headers or {})}
        with client(self.certificate) as session:
            return session.get(address, params=order, headers=said, timeout=30)

    def at(self, path: str) -> requests.Response:
        """What anybody gets at the one address."""
        with client(self.certificate) as session:
            return session.get(f"{self.address}{path}", timeout=30)

    def launch(self, token: str) -> requests.Response:
        """What a host's page gets for a launch token."""
        return launched(self.address, self.host, token, self.certificate)

    def launch_token(self) -> str:
        """A fresh one, for one order."""
        return fresh_token(self.host)

    @property
    def certificate(self) -> str:
        """The file to trust the one address by."""
        return str(self.folder / "portal.pem")


def fresh_token(host: Host) -> str:
    """A launch token of a host, for one order."""
    return launch_token(
        host.secret,
        issuer=host.issuer,
        kid=host.kid,
        algorithm="HS256",
        audience=AUDIENCE,
        agent="dora",
        customer_id="C-1",
        order_id="O-1",
    )


def launched(address: str, host: Host, token: str, certificate: str = "") -> requests.Response:
    """What a host's page gets for a launch token at an address."""
    headers = {"Origin": host.origin, "Sec-Fetch-Dest": "iframe", **AS_BY_PROXY}
    with client(certificate) as session:
        return session.post(f"{address}/embed/launch", {"token": token}, headers=headers, timeout=30)
