"""The server starts, remembers what it was asked, and ends."""

from __future__ import annotations

import ast
import logging
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
import requests

import ercportal.demo.sandbox
from ercportal.demo.sandbox.catalogue.readings import READINGS
from ercportal.demo.sandbox.catalogue.searches import SEARCHES
from ercportal.demo.sandbox.family_faults import FAULTS_OF
from ercportal.demo.sandbox.server import SandboxServer
from tests.ercportal.demo.sandbox.family_client import ALL_SCOPES, FamilyClient, orders_path
from tests.support.api_client import ApiClient

SANDBOX = Path(ercportal.demo.sandbox.__file__).parent


def test_server_says_that_it_is_well(api: ApiClient) -> None:
    answer = requests.get(f"{api.sandbox.base_url}/healthz", timeout=5)

    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_front_page_lists_the_showcase(api: ApiClient) -> None:
    answer = requests.get(api.sandbox.base_url, timeout=5)

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "A-20731" in answer.text
    assert "F-next-only-known" in answer.text


def test_front_page_names_every_address_scope_and_client(api: ApiClient) -> None:
    page = requests.get(api.sandbox.base_url, timeout=5).text

    for tail in ("external/customers", "orders", "customers/{customer_id}/most-recent-order"):
        assert f"GET {api.sandbox.base_url}/erc/ecommerce/{tail} " in page
    for name in (*ALL_SCOPES.split(), "sandbox-client", "sandbox-items-client", "sandbox-key-client"):
        assert name in page


def test_front_page_names_every_fault_reading_and_search(api: ApiClient) -> None:
    page = requests.get(api.sandbox.base_url, timeout=5).text
    words = set(page.split())

    for place, faults in FAULTS_OF.items():
        assert f"F-{place}-…," in words
        assert {fault_id.removeprefix(f"F-{place}-") for fault_id in faults} <= words
    assert all(reading.about in page for reading in READINGS.values())
    assert all(search.text in page and search.about in page for search in SEARCHES)


def test_requests_are_remembered_without_credentials(own_api: ApiClient) -> None:
    own_api.items("C-1001", "A-20731", {"limit": "5"}, headers={"X-Correlation-ID": "abc"})

    token_request, items_request = own_api.sandbox.requests
    assert (token_request.method, token_request.path, token_request.status) == ("POST", "/oauth/token", 200)
    assert items_request.path == "/erc/ecommerce/customers/C-1001/orders/A-20731/items?limit=5"
    assert items_request.route == "/erc/ecommerce/customers/{customer_id}/orders/{order_id}/items"
    assert items_request.correlation_id == "abc"
    assert "authorization" not in items_request.headers


def test_requests_can_be_forgotten(own_api: ApiClient) -> None:
    own_api.fresh_token()

    own_api.sandbox.requests.clear()

    assert len(own_api.sandbox.requests) == 0


def test_log_names_the_route_and_nothing_of_the_customer(
    own_api: ApiClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "ercportal.demo.sandbox")
    token = own_api.fresh_token()

    own_api.items("C-1001", "A-20731", {"brand": "Tarnvik"}, token=token)
    own_api.sandbox.stop()

    assert "GET /erc/ecommerce/customers/{customer_id}/orders/{order_id}/items 200" in caplog.text
    for secret in (token, "C-1001", "A-20731", "Tarnvik"):
        assert secret not in caplog.text


def test_log_names_the_route_and_nothing_of_what_was_searched_for(
    own_family: FamilyClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "ercportal.demo.sandbox")

    own_family.search(email="amal.haddad@mail.example", phone="+4915112340001")
    own_family.read(orders_path("C-1001"), {"search": "HM7K2Q"})
    own_family.send("/stop")

    assert "GET /erc/ecommerce/external/customers 200" in caplog.text
    assert "GET /erc/ecommerce/customers/{customer_id}/orders 200" in caplog.text
    for secret in ("amal.haddad", "4915112340001", "C-1001", "HM7K2Q"):
        assert secret not in caplog.text


def test_connection_stays_open_between_requests(api: ApiClient) -> None:
    host, port = api.sandbox.base_url.removeprefix("http://").split(":")
    with closing(HTTPConnection(host, int(port), timeout=5)) as connection:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        first_socket = connection.sock

        connection.request("GET", "/healthz")
        answer = connection.getresponse().read()

        assert answer == b"ok\n"
        assert connection.sock is first_socket


def test_many_clients_are_served_at_once(api: ApiClient) -> None:
    token = api.fresh_token()

    def fetch(_: int) -> int:
        url = api.items_url("C-1006", "A-21250")
        return requests.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=10).status_code

    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(fetch, range(60)))

    assert set(statuses) == {200}


def test_stopped_server_refuses_open_connections_too() -> None:
    with SandboxServer() as sandbox, requests.Session() as session:
        address = f"{sandbox.base_url}/healthz"
        assert session.get(address, timeout=5).status_code == 200

        sandbox.stop()

        with pytest.raises(requests.ConnectionError):
            session.get(address, timeout=5)


def test_taken_port_is_an_error(sandbox: SandboxServer) -> None:
    port = int(sandbox.base_url.rpartition(":")[2])

    with pytest.raises(OSError, match="in use"):
        SandboxServer(port=port)


@pytest.mark.parametrize(
    "head",
    [
        "GET / HTTP/1.1\r\n\r\n",
        "POST /oauth/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
    ],
)
def test_request_that_strays_from_http_is_a_bad_request(api: ApiClient, head: str) -> None:
    address = api.sandbox.base_url.removeprefix("http://").split(":")
    with socket.create_connection((address[0], int(address[1])), timeout=5) as connection:
        connection.sendall(head.encode())

        answer = connection.makefile("rb").read()

    assert answer.startswith(b"HTTP/1.1 400 ")


def test_too_large_body_is_refused(api: ApiClient) -> None:
    assert api.ask_token({"scope": "x" * 70_000}).status_code == 413


def test_sandbox_knows_nothing_of_the_portal() -> None:
    imported = {
        name
        for path in SANDBOX.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _imported_names(node)
    }

    assert not {name for name in imported if name.split(".")[0] in {"django", "orders"}}
    of_the_site = {name for name in imported if name.startswith("ercportal.") and "sandbox" not in name}
    assert of_the_site <= {"ercportal.demo.http_server"}


def _imported_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return []
