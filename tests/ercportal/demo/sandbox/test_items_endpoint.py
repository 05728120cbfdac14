"""The items endpoint checks what it is sent, and sends the bodies of docs/api-reference.md."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import requests

from tests.support.api_client import ApiClient, fault_fields, item_ids, next_cursor, read_json

ORDER = ("C-1002", "A-20810")


ROOT = "/erc/ecommerce/customers"
CONNECTIONS = "/erc/ecommerce/connections/customers"


@pytest.mark.parametrize("root", [ROOT, CONNECTIONS])
def test_items_are_served_on_both_paths(api: ApiClient, root: str) -> None:
    page = read_json(api.send("GET", api.items_url("C-1001", "A-20731", root)))

    assert item_ids(page) == ["itm-20731-1"]
    assert page["_links"]["self"]["href"].startswith(api.sandbox.base_url + root)


@pytest.mark.parametrize(("limit", "count"), [("2", 2), ("45", 45), ("100", 45)])
def test_connections_page_names_no_next_one(api: ApiClient, limit: str, count: int) -> None:
    page = read_json(api.send("GET", api.items_url(*ORDER, CONNECTIONS), params={"limit": limit}))

    assert len(item_ids(page)) == count
    assert list(page["_links"]) == ["self"]


@pytest.mark.parametrize("order", ["A-21204", "A-21207"])
def test_connections_page_names_none_where_an_order_ends_oddly(api: ApiClient, order: str) -> None:
    page = read_json(api.send("GET", api.items_url("C-1006", order, CONNECTIONS)))

    assert list(page["_links"]) == ["self"]


@pytest.mark.parametrize("value", ["", "forged", None])
def test_connections_know_no_cursor(api: ApiClient, value: str | None) -> None:
    cursor = next_cursor(read_json(api.items(*ORDER))) if value is None else value

    answer = api.send("GET", api.items_url(*ORDER, CONNECTIONS), params={"cursor": cursor})

    assert answer.status_code == 400
    assert fault_fields(answer) == ["cursor"]


def test_connections_take_the_other_parameters(api: ApiClient) -> None:
    params = {"order_by": "name:desc", "brand": "Tarnvik", "limit": "3"}

    page = read_json(api.send("GET", api.items_url(*ORDER, CONNECTIONS), params=params))

    assert {item["brand"] for item in page["_embedded"]["items"]} == {"Tarnvik"}


def test_connections_statuses_are_no_enum(api: ApiClient) -> None:
    ids = ("C-1002", "A-20822")
    here, there = (read_json(api.send("GET", api.items_url(*ids, root))) for root in (CONNECTIONS, ROOT))

    assert {"in-transit", "out-for-delivery", "held-at-customs"} < set(_statuses(here))
    assert [name.upper().replace("-", "_") for name in _statuses(here)] == _statuses(there)


def test_connections_leave_entries_without_statuses_as_they_are(api: ApiClient) -> None:
    ids = ("C-1006", "A-21207")
    here, there = (read_json(api.send("GET", api.items_url(*ids, root))) for root in (CONNECTIONS, ROOT))

    assert here["_embedded"]["items"][1] is None
    assert [type(entry) for entry in here["_embedded"]["items"]] == [
        type(entry) for entry in there["_embedded"]["items"]
    ]


def _statuses(page: dict[str, Any]) -> list[str]:
    return [
        delivery["latest_status_info"]["type"]
        for item in page["_embedded"]["items"]
        for delivery in item["deliveries"]
    ]


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
    assert api.items(*ORDER, headers={"Accept": accept}).status_code == 400


@pytest.mark.parametrize("accept", ["*/*", "text/html, application/json;q=0.5", "application/*"])
def test_items_for_a_client_that_takes_json_too_are_served(api: ApiClient, accept: str) -> None:
    assert api.items(*ORDER, headers={"Accept": accept}).status_code == 200


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
    answer = api.items(*ORDER, {"limit": "0", "order_by": "x", "bad": "1"})

    assert sorted(fault_fields(answer)) == ["bad", "limit", "order_by"]


@pytest.mark.parametrize("query", ["brand=%FF", "limit", "&&"])
def test_items_with_unreadable_query_are_a_bad_request(api: ApiClient, query: str) -> None:
    assert api.send("GET", f"{api.items_url(*ORDER)}?{query}").status_code == 400


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


def test_pages_follow_each_other_until_the_last(api: ApiClient) -> None:
    pages = list(api.pages(*ORDER))

    ids = [item_id for page in pages for item_id in item_ids(page)]
    assert [len(item_ids(page)) for page in pages] == [20, 20, 5]
    assert ids == [f"itm-20810-{number:02}" for number in range(1, 46)]
    assert "next" not in pages[-1]["_links"]


def test_next_link_works_as_it_is(api: ApiClient) -> None:
    first = read_json(
        api.items("kunde/ä 7", "50%25 + ½", {"limit": "2", "order_by": "name:asc", "description": "a"})
    )

    href = first["_links"]["next"]["href"]
    second = read_json(api.send("GET", href))

    assert href.startswith(api.items_url("kunde/ä 7", "50%25 + ½") + "?")
    assert not set(item_ids(first)) & set(item_ids(second))
    assert second["_links"]["self"]["href"] == href


def test_cursor_with_another_limit_goes_on_where_it_stands(api: ApiClient) -> None:
    cursor = next_cursor(read_json(api.items(*ORDER, {"limit": "10"})))

    page = read_json(api.items(*ORDER, {"limit": "3", "cursor": cursor}))

    assert item_ids(page) == ["itm-20810-11", "itm-20810-12", "itm-20810-13"]


@pytest.mark.parametrize(
    ("ids", "params"),
    [
        (("C-1006", "A-21250"), {}),
        (ORDER, {"order_by": "price:asc"}),
        (ORDER, {"order_by": "name:desc"}),
        (ORDER, {"brand": "Tarnvik"}),
    ],
)
def test_cursor_in_another_list_is_a_bad_request(
    api: ApiClient, ids: tuple[str, str], params: dict[str, str]
) -> None:
    cursor = next_cursor(read_json(api.items(*ORDER, {"order_by": "name:asc"})))

    answer = api.items(*ids, {**params, "cursor": cursor})

    assert answer.status_code == 400
    assert fault_fields(answer) == ["cursor"]


def test_cursor_that_was_changed_is_a_bad_request(api: ApiClient) -> None:
    cursor = next_cursor(read_json(api.items(*ORDER)))
    assert cursor is not None

    answer = api.items(*ORDER, {"cursor": cursor[:-1] + ("A" if cursor[-1] != "A" else "B")})

    assert fault_fields(answer) == ["cursor"]


def _column(pages: list[dict[str, Any]], field: str) -> list[Any]:
    return [item[field] for page in pages for item in page["_embedded"]["items"]]


@pytest.mark.parametrize("field", ["name", "quantity", "sku", "brand"])
@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_order_by_field_sorts_over_all_pages(api: ApiClient, field: str, direction: str) -> None:
    pages = list(api.pages(*ORDER, order_by=f"{field}:{direction}"))

    column = [value.casefold() if isinstance(value, str) else value for value in _column(pages, field)]
    assert len(column) == 45
    assert column == sorted(column, reverse=direction == "desc")


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_order_by_price_compares_bare_values(api: ApiClient, direction: str) -> None:
    page = read_json(api.items("C-1004", "A-21003", {"order_by": f"price:{direction}"}))

    currencies = [price["currency"] for price in _column([page], "price")]
    rising = ["GBP", "EUR", "KWD", "USD", "PTS", "JPY"]
    assert currencies == (rising if direction == "asc" else rising[::-1])


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_order_by_keeps_equal_items_in_their_order(api: ApiClient, direction: str) -> None:
    pages = list(api.pages(*ORDER, order_by=f"brand:{direction}"))

    tarnvik = [item["id"] for page in pages for item in page["_embedded"]["items"] if item["brand"] == "Tarnvik"]
    assert len(tarnvik) > 2
    assert tarnvik == sorted(tarnvik)


def test_order_by_puts_malformed_entries_last(api: ApiClient) -> None:
    page = read_json(api.items("C-1006", "A-21207", {"order_by": "price:desc"}))

    entries = page["_embedded"]["items"]
    assert [entry["price"]["value"] for entry in entries[:2]] == [Decimal("59.00"), 22]
    assert entries[-4:] == [None, "itm-21207-3", entries[-2], entries[-1]]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"brand": "Auralune"}, ["itm-21107-1"]),
        ({"brand": "auralune"}, []),
        ({"carrier": "Kestrel Express"}, ["itm-21107-1"]),
        ({"delivery_type": "PICKUP"}, ["itm-21107-2"]),
        ({"description": "NOISE CANCEL"}, ["itm-21107-1"]),
        ({"description": "keycaps"}, []),
        ({"shipping_date": "1999-12-31"}, []),
    ],
)
def test_filter_keeps_the_items_that_fit(api: ApiClient, params: dict[str, str], expected: list[str]) -> None:
    page = read_json(api.items("C-1005", "A-21107", params))

    assert item_ids(page) == expected


@pytest.mark.parametrize("field", ["shipping_date", "delivery_date_start", "delivery_date_end"])
def test_filter_by_date_keeps_the_items_of_that_day(api: ApiClient, field: str) -> None:
    deliveries = read_json(api.items("C-1005", "A-21107"))["_embedded"]["items"][0]["deliveries"]

    for value in (deliveries[0][field], deliveries[1][field]):
        assert item_ids(read_json(api.items("C-1005", "A-21107", {field: value}))) == ["itm-21107-1"]


def test_filters_go_on_over_pages(api: ApiClient) -> None:
    pages = list(api.pages(*ORDER, brand="Tarnvik", limit="2"))

    assert len(pages) > 1
    assert set(_column(pages, "brand")) == {"Tarnvik"}


def test_correlation_id_comes_back(api: ApiClient) -> None:
    answer = api.items(*ORDER, headers={"X-Correlation-ID": "abc-123"})

    assert answer.headers["X-Correlation-ID"] == "abc-123"


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip", "gzip"), ("identity", None), ("gzip;q=0", None)])
def test_body_is_zipped_only_for_who_admits_it(api: ApiClient, accepted: str, encoding: str | None) -> None:
    answer = api.items(*ORDER, headers={"Accept-Encoding": accepted})

    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Content-Type"] == "application/json"
    assert len(item_ids(read_json(answer))) == 20
    if encoding is None:
        assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_request_without_a_valid_host_is_a_bad_request(api: ApiClient) -> None:
    answer = requests.get(api.sandbox.base_url, headers={"Host": "a b"}, timeout=5)

    assert answer.status_code == 400
