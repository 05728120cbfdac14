"""What the tests see of the running site, and how they ask it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
import requests

from ercportal.desktop.host import Host, launch_token
from tests.cluster.instances import Instance
from tests.cluster.nginx import needs_nginx
from tests.postgres_server import needs_postgres
from tests.redis_server import needs_redis
from tests.stub_erc import StubErc

AGENT = "agent"
PASSWORD = "correct horse battery staple"
AUDIENCE = "https://portal.example.com"

needs_servers = [needs_redis, needs_postgres, needs_nginx, pytest.mark.xdist_group("cluster")]
"""For each module here; the group shares one site where tests run side by side."""

# What the proxy says of each request; an instance that is asked directly needs it said, too.
_AS_BY_PROXY = {"X-Forwarded-Proto": "https"}


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
        said = {"Cookie": self.cookie, **_AS_BY_PROXY, **(headers or {})}
        with client(self.certificate) as session:
            return session.get(address, params=order, headers=said, timeout=30)

    def at(self, path: str) -> requests.Response:
        """What anybody gets at the one address."""
        with client(self.certificate) as session:
            return session.get(f"{self.address}{path}", timeout=30)

    def launch(self, token: str) -> requests.Response:
        """What a host's page gets for a launch token."""
        headers = {"Origin": self.host.origin, "Sec-Fetch-Dest": "iframe"}
        with client(self.certificate) as session:
            return session.post(f"{self.address}/embed/launch", {"token": token}, headers=headers, timeout=30)

    def launch_token(self) -> str:
        """A fresh one, for one order."""
        return launch_token(
            self.host.secret,
            issuer=self.host.issuer,
            kid=self.host.kid,
            algorithm="HS256",
            audience=AUDIENCE,
            agent="dora",
            customer_id="C-1",
            order_id="O-1",
        )

    @property
    def certificate(self) -> str:
        """The file to trust the one address by."""
        return str(self.folder / "portal.pem")


def client(certificate: str = "") -> requests.Session:
    """Goes straight to the site, whatever proxies and certificates the machine's environment names."""
    session = requests.Session()
    session.trust_env = False
    session.verify = certificate or True
    return session


def signed_in(instance: Instance) -> str:
    """Sign in by the form of one instance; the cookie that proves it."""
    with client() as session:
        return _signed_in(session, f"{instance.address}/login/")


def _signed_in(session: requests.Session, address: str) -> str:
    form = session.get(address, headers=_AS_BY_PROXY, timeout=30)
    secret = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.text)
    assert secret, form.text
    # Secure cookies do not go over http by themselves.
    cookie = f"csrftoken={form.cookies['csrftoken']}"
    headers = {**_AS_BY_PROXY, "Referer": address.replace("http:", "https:"), "Cookie": cookie}
    fields = {"username": AGENT, "password": PASSWORD, "csrfmiddlewaretoken": secret[1]}
    answer = session.post(address, fields, headers=headers, allow_redirects=False, timeout=30)
    assert answer.status_code == 302, answer.text
    return f"sessionid={answer.cookies['sessionid']}"
