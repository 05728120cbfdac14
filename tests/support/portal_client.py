"""Speaks to a portal that runs in a process of its own, as its proxy does, and signs in by its form."""

from __future__ import annotations

import re
from typing import NamedTuple

import requests

AGENT = "agent"
PASSWORD = "correct horse battery staple"

AS_BY_PROXY = {"X-Forwarded-Proto": "https"}
"""What the proxy says of each request; an instance that is asked directly needs it said, too."""


def client(certificate: str = "") -> requests.Session:
    """Goes straight to the site, whatever proxies and certificates the machine's environment names."""
    session = requests.Session()
    session.trust_env = False
    session.verify = certificate or True
    return session


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
