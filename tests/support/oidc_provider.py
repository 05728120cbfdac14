"""OpenID Connect providers for tests: a real one in a process of its own, and one that answers what it is told."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from functools import cache
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from tests.support.stub_erc import Asked, Reply, StubErc

CLIENT_ID = "portal"


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


_opener = build_opener(_NoRedirect)


def _answer(request: Request | str) -> Any:
    try:
        return _opener.open(request, timeout=5)
    except HTTPError as answer:
        return answer


class Provider:
    """A provider in a process of its own; whoever is asked for may sign in there."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.issuer = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        self.stop()
        pytest.fail("the provider did not start")

    def stop(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()

    def knows(self, subject: str, **claims: Any) -> None:
        """Let it say these claims about somebody."""
        headers = {"Content-Type": "application/json"}
        request = Request(
            f"{self.issuer}/users/{subject}", json.dumps(claims).encode(), headers=headers, method="PUT"
        )
        with _answer(request) as answer:
            assert answer.status == 204

    def signs_in(self, address: str, subject: str) -> str:
        """Fill in the provider's sign-in form; the address that it sends the browser to."""
        return self._decides(address, sub=subject)

    def denies(self, address: str) -> str:
        """Press its button “Deny”; the address that it sends the browser to."""
        return self._decides(address, action="deny")

    @staticmethod
    def _decides(address: str, **fields: str) -> str:
        with _answer(address) as page:
            assert b"<form" in page.read()
        with _answer(Request(address, urlencode(fields).encode())) as answer:
            return str(answer.headers["Location"])


@cache
def _key(_key_id: str) -> rsa.RSAPrivateKey:
    """The key of this name; to make one takes a tenth of a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class ScriptedProvider:
    """Answers with id tokens of a test's making: `claims`, `header` and `key` are what the next one has."""

    def __init__(self, stub: StubErc) -> None:
        self.stub = stub
        self.issuer = stub.base_url
        self.new_key("k")
        self.algorithm = "RS256"
        self.claims: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.token_reply: Reply | None = None
        self._nonce = ""
        stub.items = self._serve
        stub.token = self._token

    def new_key(self, key_id: str) -> None:
        """Publish this key alone, and sign with it."""
        self._key_id = key_id
        self._published = _key(key_id)
        self.key: Any = self._published

    def began(self, address: str) -> str:
        """Note what the sign-in asked for; the state of it."""
        query = parse_qs(urlsplit(address).query)
        self._nonce = query["nonce"][0]
        return query["state"][0]

    def _serve(self, asked: Asked) -> Reply:
        if asked.path == "/jwks":
            public = RSAAlgorithm.to_jwk(self._published.public_key(), as_dict=True)
            return Reply(content={"keys": [{**public, "kid": self._key_id, "use": "sig", "alg": "RS256"}]})
        return Reply(
            content={
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/oauth/token",
                "jwks_uri": f"{self.issuer}/jwks",
                "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
                **self.metadata,
            }
        )

    def _token(self, _asked: Asked) -> Reply:
        if self.token_reply:
            return self.token_reply
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": "subject-1",
            "iat": now,
            "exp": now + 300,
            "nonce": self._nonce,
            **self.claims,
        }
        told = {name: value for name, value in claims.items() if value is not None}
        token = jwt.encode(told, self.key, algorithm=self.algorithm, headers={"kid": self._key_id})
        return Reply(content={"access_token": "planted-access", "token_type": "Bearer", "id_token": token})
