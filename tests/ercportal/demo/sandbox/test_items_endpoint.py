"""The items endpoint checks what it is sent, and sends the bodies of docs/api-reference.md."""

from __future__ import annotations

import pytest
import requests

from tests.support.api_client import ApiClient, fault_fields, item_ids, read_json
from tests.support.sandbox_orders import LONG_ORDER


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "BREW"])
def test_items_by_other_method_are_refused_first(api: ApiClient, method: str) -> None:
    answer = api.send(method, api.items_url("nobody", "nothing"), token="wrong")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer unknown", "Basic abc", "unknown"])
def test_items_without_a_living_token_are_unauthorized(api: ApiClient, authorization: str) -> None:
    answer = api.items("nobody", "nothing", {"bad": "1"}, headers={"Authorization": authorization})

    assert answer.status_code == 401
    assert answer.json()["code"] == "unauthorized"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_items_with_another_scope_are_forbidden(api: ApiClient) -> None:
    token = api.fresh_token("sandbox-nothing:read")

    answer = api.items("nobody", "nothing", {"bad": "1"}, token)

    assert (answer.status_code, answer.json()["message"]) == (403, "Forbidden")


@pytest.mark.parametrize("accept", [None, "text/html", "application/json;q=0", "application/xml, text/*"])
def test_items_for_a_client_that_takes_no_json_are_a_bad_request(api: ApiClient, accept: str | None) -> None:
    assert api.items(*LONG_ORDER, headers={"Accept": accept}).status_code == 400


@pytest.mark.parametrize("accept", ["*/*", "text/html, application/json;q=0.5", "application/*"])
def test_items_for_a_client_that_takes_json_too_are_served(api: ApiClient, accept: str) -> None:
    assert api.items(*LONG_ORDER, headers={"Accept": accept}).status_code == 200


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=-1", "limit"),
        ("limit=2.5", "limit"),
        ("limit=many", "limit"),
        ("limit=", "limit"),
        ("limit=5&limit=6", "limit"),
        ("order_by=price", "order_by"),
        ("order_by=price:down", "order_by"),
        ("order_by=id:asc", "order_by"),
        ("order_by=price:asc:desc", "order_by"),
        ("page=2", "page"),
        ("Limit=5", "Limit"),
        ("cursor=", "cursor"),
        ("cursor=forged", "cursor"),
        ("cursor=AAAAAAAAABQAAAAAAAAAAAAAAAAAAAAA", "cursor"),
        ("brand=", "brand"),
        ("delivery_date_start=tomorrow", "delivery_date_start"),
    ],
)
def test_items_with_wrong_parameter_are_a_bad_request_that_names_it(
    api: ApiClient, params: str, field: str
) -> None:
    answer = api.items("nobody", "nothing", params)

    assert answer.status_code == 400
    assert answer.json().keys() == {"code", "message", "description", "fields"}
    assert fault_fields(answer) == [field]


def test_items_with_several_wrong_parameters_name_each(api: ApiClient) -> None:
    answer = api.items(*LONG_ORDER, {"limit": "0", "order_by": "x", "bad": "1"})

    assert sorted(fault_fields(answer)) == ["bad", "limit", "order_by"]


@pytest.mark.parametrize("query", ["brand=%FF", "limit", "&&"])
def test_items_with_unreadable_query_are_a_bad_request(api: ApiClient, query: str) -> None:
    assert api.send("GET", f"{api.items_url(*LONG_ORDER)}?{query}").status_code == 400


@pytest.mark.parametrize("ids", [("C-1001", "A-99999"), ("C-9999", "A-20731"), ("C-1002", "A-20731")])
def test_items_of_unknown_order_are_not_found(api: ApiClient, ids: tuple[str, str]) -> None:
    answer = api.items(*ids)

    assert answer.status_code == 404
    assert (answer.json()["code"], answer.json()["message"]) == ("not_found", "Not Found")


@pytest.mark.parametrize(
    "path", ["/nowhere", "/erc/ecommerce/customers/C-1001/orders/A-20731/parcels", "/oauth/token/"]
)
def test_other_paths_are_not_found(api: ApiClient, path: str) -> None:
    answer = api.send("GET", api.sandbox.base_url + path)

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_ids_with_reserved_characters_are_one_segment_each(api: ApiClient) -> None:
    page = read_json(api.items("kunde/ä 7", "a/b#c?d%é"))

    assert len(item_ids(page)) == 2


def test_ids_that_are_not_encoded_are_not_found(api: ApiClient) -> None:
    url = f"{api.sandbox.base_url}/erc/ecommerce/customers/kunde/ä 7/orders/a/b/items"

    assert api.send("GET", url).status_code == 404


def test_correlation_id_comes_back(api: ApiClient) -> None:
    answer = api.items(*LONG_ORDER, headers={"X-Correlation-ID": "abc-123"})

    assert answer.headers["X-Correlation-ID"] == "abc-123"


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip", "gzip"), ("identity", None), ("gzip;q=0", None)])
def test_body_is_zipped_only_for_who_admits_it(api: ApiClient, accepted: str, encoding: str | None) -> None:
    answer = api.items(*LONG_ORDER, headers={"Accept-Encoding": accepted})

    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Content-Type"] == "application/json"
    assert len(item_ids(read_json(answer))) == 20
    if encoding is None:
        assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_request_without_a_valid_host_is_a_bad_request(api: ApiClient) -> None:
    answer = requests.get(api.sandbox.base_url, headers={"Host": "a b"}, timeout=5)

    assert answer.status_code == 400
