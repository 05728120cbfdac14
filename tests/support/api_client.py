"""A small client of the API for the sandbox's own tests: it sends what a test says, right or wrong."""

from __future__ import annotations

import json
import time
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, quote, urlsplit

import jwt
import requests

from ercportal.demo.sandbox.clients import CLIENT_ID, CLIENT_SECRET, KEY_CLIENT_ID, KEY_ID, private_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ercportal.demo.sandbox.server import SandboxServer

SCOPE = "erc-ecommerce-connections-orders:read"
GRANT = {"grant_type": "client_credentials", "scope": SCOPE}
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
BASIC = (CLIENT_ID, CLIENT_SECRET)


class ApiClient:
    """Speaks to one sandbox over one session."""

    def __init__(self, sandbox: SandboxServer) -> None:
        self.sandbox = sandbox
        self._session = requests.Session()
        self._token: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._session.close()

    def ask_token(self, form: Any = None, **options: Any) -> requests.Response:
        options = {"auth": BASIC, **options}
        return self._session.post(
            self.sandbox.token_url, data=GRANT if form is None else form, timeout=5, **options
        )

    def fresh_token(self, scope: str = SCOPE) -> str:
        return str(self.ask_token({**GRANT, "scope": scope}).json()["access_token"])

    def items_url(self, customer_id: str, order_id: str, root: str = "/erc/ecommerce/customers") -> str:
        path = f"{root}/{quote(customer_id, safe='')}/orders/{quote(order_id, safe='')}/items"
        return self.sandbox.base_url + path

    def send(self, method: str, url: str, token: str | None = None, **options: Any) -> requests.Response:
        if token is None:
            self._token = token = self._token or self.fresh_token()
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json", **options.pop("headers", {})}
        return self._session.request(method, url, headers=headers, timeout=5, allow_redirects=False, **options)

    def items(
        self, customer_id: str, order_id: str, params: Any = None, token: str | None = None, **options: Any
    ) -> requests.Response:
        return self.send("GET", self.items_url(customer_id, order_id), token, params=params, **options)

    def pages(self, customer_id: str, order_id: str, **params: str) -> Iterator[dict[str, Any]]:
        while True:
            page = read_json(self.items(customer_id, order_id, params))
            yield page
            cursor = next_cursor(page)
            if cursor is None:
                return
            params = {**params, "cursor": cursor}


def assertion(token_url: str, *, kid: str = KEY_ID, key: Any = None, alg: str = "ES256", **claims: Any) -> str:
    """A client assertion that is right but for what the caller says; a claim of None is left out."""
    now = int(time.time())
    right = {
        "iss": KEY_CLIENT_ID,
        "sub": KEY_CLIENT_ID,
        "aud": token_url,
        "jti": str(uuid.uuid4()),
        "iat": now,
        "exp": now + 300,
    }
    payload = {name: value for name, value in {**right, **claims}.items() if value is not None}
    return jwt.encode(payload, key or private_key(), algorithm=alg, headers={"kid": kid})


def key_form(token: str) -> dict[str, str]:
    """The token request's form with a client assertion."""
    return {**GRANT, "client_assertion_type": ASSERTION_TYPE, "client_assertion": token}


def read_json(response: requests.Response) -> dict[str, Any]:
    """The body of a 200 with exact numbers."""
    assert response.status_code == 200, response.text
    body: dict[str, Any] = json.loads(response.content, parse_float=Decimal)
    return body


def item_ids(page: dict[str, Any]) -> list[str]:
    return [item["id"] for item in page["_embedded"]["items"]]


def next_cursor(page: dict[str, Any]) -> str | None:
    link = page["_links"].get("next")
    return parse_qs(urlsplit(link["href"]).query)["cursor"][0] if link else None


def fault_fields(response: requests.Response) -> list[str]:
    """The names in `fields` of an error body."""
    return [field["name"] for field in response.json().get("fields", [])]
