"""A client of the endpoints around the items, with every scope that they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tests.support.api_client import GRANT, next_cursor, read_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    import requests

    from tests.support.api_client import ApiClient

ORDERS_SCOPE = "erc-ecommerce-connections-orders:read"
CUSTOMER_SCOPE = "erc-ecommerce-connections-customers:read"
ACCOUNT_SCOPE = "erc-ecommerce-customers:read"
ALL_SCOPES = f"{ORDERS_SCOPE} {CUSTOMER_SCOPE} {ACCOUNT_SCOPE}"

CUSTOMERS = "/erc/ecommerce/external/customers"
ORDERS = "/erc/ecommerce/orders"
ROOT = "/erc/ecommerce/customers"
CONNECTIONS = "/erc/ecommerce/connections/customers"


def customer_path(customer_id: str, tail: str = "", root: str = ROOT) -> str:
    """The path of a customer, or of what `tail` names below it; the tail is percent-encoded already."""
    return f"{root}/{quote(customer_id, safe='')}{tail}"


def orders_path(customer_id: str, root: str = ROOT) -> str:
    return customer_path(customer_id, "/orders", root)


def order_path(customer_id: str, order_id: str, root: str = ROOT) -> str:
    return customer_path(customer_id, f"/orders/{quote(order_id, safe='')}", root)


def recent_path(customer_id: str, root: str = ROOT) -> str:
    return customer_path(customer_id, "/most-recent-order", root)


class FamilyClient:
    """Asks one sandbox for paths, with a token of its own."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api
        self.base_url = api.sandbox.base_url
        self._token = self.token(ALL_SCOPES)

    def token(self, scope: str) -> str:
        """A fresh token of these scopes."""
        return str(self._api.ask_token({**GRANT, "scope": scope}).json()["access_token"])

    def send(self, path: str, params: Any = None, method: str = "GET", **options: Any) -> requests.Response:
        """The response to one request; `path` may be a whole address of this server."""
        url = path if path.startswith("http") else self.base_url + path
        options = {"token": self._token, **options}
        return self._api.send(method, url, params=params, **options)

    def read(self, path: str, params: Any = None, **options: Any) -> dict[str, Any]:
        """The body of a 200 with exact numbers."""
        return read_json(self.send(path, params, **options))

    def pages(self, path: str, **params: str) -> Iterator[dict[str, Any]]:
        """Every page of a list that is paged by cursor."""
        while True:
            page = self.read(path, params)
            yield page
            cursor = next_cursor(page)
            if cursor is None:
                return
            params = {**params, "cursor": cursor}

    def search(self, **criteria: str) -> list[str]:
        """The ids of the customers that are found."""
        return contact_ids(self.read(CUSTOMERS, criteria))


def contact_ids(page: dict[str, Any]) -> list[str]:
    return [contact["customer_id"] for contact in page.get("_embedded", {}).get("contacts", [])]


def order_ids(page: dict[str, Any]) -> list[str]:
    return [order["id"] for order in page.get("_embedded", {}).get("orders", [])]
