"""What the tests see of the running site, and how they ask it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
import requests

from ercportal.demo.desktop.host import Host
from orders.embed.signing import launch_token
from tests.cluster.instances import Instance
from tests.cluster.nginx import needs_nginx
from tests.support.postgres_server import needs_postgres
from tests.support.redis_server import needs_redis
from tests.support.stub_erc import StubErc

AGENT = "agent"
PASSWORD = "correct horse battery staple"
AUDIENCE = "https://portal.example.com"

needs_servers = [needs_redis, needs_postgres, needs_nginx, pytest.mark.xdist_group("cluster")]
"""For each module here; the group shares one site where tests run side by side."""

AS_BY_PROXY = {"X-Forwarded-Proto": "https"}
"""What the proxy says of each request; an instance that is asked directly needs it said, too."""


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


def client(certificate: str = "") -> requests.Session:
    """Goes straight to the site, whatever proxies and certificates the machine's environment names."""
    session = requests.Session()
    session.trust_env = False
    session.verify = certificate or True
    return session


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


class SignInForm(NamedTuple):
    """What the sign-in page gives a browser that is to be sent back with name and password."""

    address: str
    cookie: str
    secret: str


def sign_in_form(address: str) -> SignInForm:
    """That of the portal at an address."""
    with client() as session:
        answer = session.get(f"{address}/login/", headers=AS_BY_PROXY, timeout=30)
    secret = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)
    assert secret, answer.text
    # Secure cookies do not go over http by themselves.
    return SignInForm(f"{address}/login/", f"csrftoken={answer.cookies['csrftoken']}", secret[1])


def sign_in(session: requests.Session, form: SignInForm) -> requests.Response:
    """Send the form with the agent's name and password."""
    headers = {**AS_BY_PROXY, "Referer": form.address.replace("http:", "https:"), "Cookie": form.cookie}
    fields = {"username": AGENT, "password": PASSWORD, "csrfmiddlewaretoken": form.secret}
    return session.post(form.address, fields, headers=headers, allow_redirects=False, timeout=30)


def signed_in(address: str) -> str:
    """Sign in by the form of an instance; the cookie that proves it."""
    with client() as session:
        answer = sign_in(session, sign_in_form(address))
    assert answer.status_code == 302, answer.text
    return f"sessionid={answer.cookies['sessionid']}"
