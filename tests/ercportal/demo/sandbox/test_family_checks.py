"""Every endpoint around the items makes the same checks in the same order, and asks for a scope of its own."""

from __future__ import annotations

import pytest

from ercportal.demo.sandbox.clients import ITEMS_CLIENT_ID, ITEMS_CLIENT_SECRET
from tests.ercportal.demo.sandbox.family_client import (
    ACCOUNT_SCOPE,
    CONNECTIONS,
    CUSTOMER_SCOPE,
    CUSTOMERS,
    ORDERS,
    ORDERS_SCOPE,
    FamilyClient,
    customer_path,
    order_path,
    orders_path,
    recent_path,
)
from tests.support.api_client import GRANT, ApiClient, fault_fields

SCOPES = {
    CUSTOMERS: {CUSTOMER_SCOPE, ACCOUNT_SCOPE},
    ORDERS: {ACCOUNT_SCOPE},
    customer_path("C-1001"): {CUSTOMER_SCOPE},
    customer_path("C-1001", root=CONNECTIONS): {CUSTOMER_SCOPE},
    orders_path("C-1001"): {ORDERS_SCOPE},
    orders_path("C-1001", CONNECTIONS): {ORDERS_SCOPE},
    order_path("C-1001", "A-20731"): {ACCOUNT_SCOPE},
    order_path("C-1001", "A-20731", CONNECTIONS): {ACCOUNT_SCOPE},
    f"{order_path('C-1001', 'A-20731')}/items": {ORDERS_SCOPE},
    recent_path("C-1001"): {ORDERS_SCOPE},
    recent_path("C-1001", CONNECTIONS): {ORDERS_SCOPE},
}


@pytest.mark.parametrize("path", SCOPES)
@pytest.mark.parametrize("scope", [ORDERS_SCOPE, CUSTOMER_SCOPE, ACCOUNT_SCOPE, "sandbox-nothing:read"])
def test_endpoint_opens_to_its_scope_alone(family: FamilyClient, path: str, scope: str) -> None:
    response = family.send(path, token=family.token(scope))

    assert response.status_code == (200 if scope in SCOPES[path] else 403)
    if response.status_code == 403:
        assert response.json()["code"] == "forbidden"
        assert all(needed in response.json()["description"] for needed in SCOPES[path])


@pytest.mark.parametrize("path", SCOPES)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
def test_endpoint_by_other_method_is_refused_first(family: FamilyClient, path: str, method: str) -> None:
    response = family.send(path, {"bad": "1"}, method, token="wrong")

    assert (response.status_code, response.headers["Allow"]) == (405, "GET")


@pytest.mark.parametrize("path", SCOPES)
@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer unknown", "Basic abc"])
def test_endpoint_without_a_living_token_is_unauthorized(
    family: FamilyClient, path: str, authorization: str
) -> None:
    response = family.send(path, {"bad": "1"}, headers={"Authorization": authorization})

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("path", SCOPES)
def test_endpoint_asks_for_the_scope_before_the_parameters(family: FamilyClient, path: str) -> None:
    response = family.send(path, {"bad": "1"}, token=family.token("sandbox-nothing:read"))

    assert response.status_code == 403


@pytest.mark.parametrize("path", SCOPES)
def test_endpoint_for_a_client_that_takes_no_json_is_a_bad_request(family: FamilyClient, path: str) -> None:
    assert family.send(path, headers={"Accept": "text/html"}).status_code == 400


@pytest.mark.parametrize("path", SCOPES)
def test_endpoint_refuses_a_parameter_that_it_does_not_know(family: FamilyClient, path: str) -> None:
    response = family.send(path, "bad=1&worse=2")

    assert response.status_code == 400
    assert sorted(fault_fields(response)) == ["bad", "worse"]


@pytest.mark.parametrize("path", SCOPES)
@pytest.mark.parametrize("query", ["brand=%FF", "brand", "&&"])
def test_endpoint_refuses_an_unreadable_query(family: FamilyClient, path: str, query: str) -> None:
    assert family.send(f"{path}?{query}").status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        f"{CUSTOMERS}/",
        f"{ORDERS}/",
        f"{ORDERS}/A-20731",
        "/erc/ecommerce/connections/orders",
        "/erc/ecommerce/customers/",
        "/erc/ecommerce/customers//orders",
        "/erc/ecommerce/customers/%FF/orders",
        f"{customer_path('C-1001')}/",
        f"{customer_path('C-1001')}/order",
        f"{orders_path('C-1001')}/",
        f"{order_path('C-1001', 'A-20731')}/",
        f"{recent_path('C-1001')}/items",
        "/erc/ecommerce/Customers/C-1001",
        "/shopify-webhooks-handler/credentials",
    ],
)
def test_other_path_is_not_found(family: FamilyClient, path: str) -> None:
    response = family.send(path)

    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_ids_that_are_not_encoded_are_not_found(family: FamilyClient) -> None:
    assert family.send("/erc/ecommerce/customers/kunde/ä 7").status_code == 404


def test_requests_are_remembered_by_template(own_family: FamilyClient, own_api: ApiClient) -> None:
    paths = [*SCOPES]
    for path in paths:
        own_family.send(path)

    routes = [request.route for request in own_api.sandbox.requests if request.method == "GET"]

    assert len(routes) == len(paths)
    assert all("C-1001" not in route for route in routes)
    assert "/erc/ecommerce/connections/customers/{customer_id}/most-recent-order" in routes


def test_correlation_id_comes_back(family: FamilyClient) -> None:
    response = family.send(CUSTOMERS, headers={"X-Correlation-ID": "abc-123"})

    assert response.headers["X-Correlation-ID"] == "abc-123"


def test_client_of_the_items_scope_reaches_items_and_customers_orders_alone(
    family: FamilyClient, api: ApiClient
) -> None:
    granted = api.ask_token({**GRANT, "scope": ORDERS_SCOPE}, auth=(ITEMS_CLIENT_ID, ITEMS_CLIENT_SECRET))
    token = granted.json()["access_token"]

    statuses = {path: family.send(path, token=token).status_code for path in SCOPES}

    assert {path for path, status in statuses.items() if status == 200} == {
        path for path, scopes in SCOPES.items() if ORDERS_SCOPE in scopes
    }
