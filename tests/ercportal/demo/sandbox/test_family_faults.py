"""Each endpoint around the items misbehaves as an id says, and everything else about that id is well."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from ercportal.demo.sandbox.family_faults import (
    CUSTOMER,
    CUSTOMERS_ORDERS,
    FAULTS_OF,
    MOST_RECENT_ORDER,
    ORDER,
)
from ercportal.demo.sandbox.family_faults import CUSTOMERS as CUSTOMERS_PLACE
from ercportal.demo.sandbox.family_faults import ORDERS as ORDERS_PLACE
from tests.ercportal.demo.sandbox.family_client import (
    ALL_SCOPES,
    CUSTOMERS,
    ORDERS,
    FamilyClient,
    contact_ids,
    customer_path,
    order_ids,
    order_path,
    orders_path,
    recent_path,
)
from tests.support.api_client import fault_fields, next_cursor

pytestmark = pytest.mark.slow

PLACES = list(FAULTS_OF)
LISTS = [CUSTOMERS_PLACE, CUSTOMERS_ORDERS, ORDERS_PLACE]
BY_CURSOR = [CUSTOMERS_ORDERS, ORDERS_PLACE]
PARAMETERS = {CUSTOMERS_PLACE: "ids", ORDERS_PLACE: "search", ORDER: "order_id"}


def _target(place: str, fault: str) -> tuple[str, dict[str, str]]:
    """Where a fault of a place is met: the path and the parameters."""
    fault_id = f"F-{place}-{fault}"
    return {
        CUSTOMERS_PLACE: (CUSTOMERS, {"ids": fault_id}),
        CUSTOMER: (customer_path(fault_id), {}),
        CUSTOMERS_ORDERS: (orders_path(fault_id), {}),
        ORDERS_PLACE: (ORDERS, {"search": fault_id}),
        ORDER: (order_path("C-FAULTS", fault_id), {}),
        MOST_RECENT_ORDER: (recent_path(fault_id), {}),
    }[place]


def _meet(family: FamilyClient, place: str, fault: str, **options: Any) -> requests.Response:
    path, params = _target(place, fault)
    return family.send(path, {**params, **options.pop("more", {})}, **options)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 500])
def test_status_fault_has_the_documented_body(family: FamilyClient, place: str, status: int) -> None:
    response = _meet(family, place, str(status))

    assert response.status_code == status
    assert {"code", "message"} <= response.json().keys()


@pytest.mark.parametrize("place", PLACES)
def test_bad_request_fault_names_what_is_at_fault_there(family: FamilyClient, place: str) -> None:
    assert fault_fields(_meet(family, place, "400")) == [PARAMETERS.get(place, "customer_id")]


@pytest.mark.parametrize("place", PLACES)
def test_fault_comes_after_token_scope_and_parameters(family: FamilyClient, place: str) -> None:
    unknown = _meet(family, place, "500", token="wrong")
    forbidden = _meet(family, place, "500", token=family.token("sandbox-nothing:read"))
    bad = _meet(family, place, "500", more={"bad": "1"})

    assert [response.status_code for response in (unknown, forbidden, bad)] == [401, 403, 400]


@pytest.mark.parametrize("place", PLACES)
def test_busy_faults_say_for_how_long_or_nothing(own_family: FamilyClient, place: str) -> None:
    short = [_meet(own_family, place, "429-short") for _ in range(3)]
    long, bare = (_meet(own_family, place, fault) for fault in ("429-long", "429-bare"))

    assert [response.status_code for response in short] == [429, 200, 429]
    assert short[0].headers["Retry-After"] == "1"
    assert (long.status_code, long.headers["Retry-After"]) == (429, "3600")
    assert (bare.status_code, "Retry-After" in bare.headers) == (429, False)


@pytest.mark.parametrize("place", PLACES)
def test_503_is_fine_the_third_time_and_starts_over(own_family: FamilyClient, place: str) -> None:
    statuses = [_meet(own_family, place, "503-then-fine").status_code for _ in range(4)]

    assert statuses == [503, 503, 200, 503]


def test_faults_of_one_place_leave_those_of_another_where_they_are(own_family: FamilyClient) -> None:
    first = [_meet(own_family, place, "503-then-fine").status_code for place in PLACES]
    second = [_meet(own_family, place, "429-short").status_code for place in PLACES]

    assert set(first) == {503}
    assert set(second) == {429}


@pytest.mark.parametrize("place", PLACES)
def test_expired_token_is_refused_until_a_fresh_one_comes(own_family: FamilyClient, place: str) -> None:
    old, fresh = own_family.token(ALL_SCOPES), own_family.token(ALL_SCOPES)

    statuses = [
        _meet(own_family, place, "token-expired-once", token=token).status_code for token in (old, old, fresh)
    ]

    assert statuses == [401, 401, 200]


@pytest.mark.parametrize("place", PLACES)
def test_html_faults_are_no_json(family: FamilyClient, place: str) -> None:
    gateway, sign_in = (_meet(family, place, fault) for fault in ("502-html", "html"))

    assert (gateway.status_code, sign_in.status_code) == (502, 200)
    assert gateway.headers["Content-Type"] == sign_in.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("place", PLACES)
def test_slow_fault_is_fine_in_the_end(family: FamilyClient, place: str) -> None:
    assert _meet(family, place, "slow").status_code == 200


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("fault", ["no-answer", "reset", "cut-short"])
def test_fault_of_the_connection_gives_no_whole_answer(family: FamilyClient, place: str, fault: str) -> None:
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        _meet(family, place, fault)


@pytest.mark.parametrize("place", PLACES)
def test_garbled_fault_is_json_by_its_type_alone(family: FamilyClient, place: str) -> None:
    response = _meet(family, place, "garbled")

    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    with pytest.raises(ValueError, match=r"decode|Expecting|BOM"):
        response.json()


@pytest.mark.parametrize("place", PLACES)
def test_wrong_shapes_are_json_that_is_no_such_resource(family: FamilyClient, place: str) -> None:
    shape, kinds, no_object = (
        _meet(family, place, fault).json() for fault in ("wrong-shape", "wrong-kinds", "no-object")
    )

    assert shape.keys() == {"data", "total"}
    assert isinstance(kinds["id"], list)
    assert isinstance(kinds["_embedded"], str)
    assert isinstance(no_object, list)


@pytest.mark.parametrize("place", LISTS)
def test_malformed_entries_come_before_those_that_are_not(family: FamilyClient, place: str) -> None:
    page = _meet(family, place, "malformed-entries").json()

    (entries,) = page["_embedded"].values()
    assert entries[:3] == [None, "an entry", {}]
    assert len(entries) > 4
    assert all(entry.get("id") or entry.get("customer_id") for entry in entries[4:])


@pytest.mark.parametrize("place", BY_CURSOR)
def test_next_elsewhere_names_another_host_and_its_cursor_works_here(family: FamilyClient, place: str) -> None:
    path, params = _target(place, "next-elsewhere")
    pages = list(family.pages(path, **params, limit="20"))

    ids = [order_id for page in pages for order_id in order_ids(page)]
    assert urlsplit(pages[0]["_links"]["next"]["href"]).netloc == "attacker.example"
    assert len(ids) == len(set(ids)) > 40


@pytest.mark.parametrize("place", BY_CURSOR)
def test_next_repeats_gives_the_same_page_and_cursor_for_ever(family: FamilyClient, place: str) -> None:
    path, params = _target(place, "next-repeats")
    first = family.read(path, params)
    second = family.read(path, {**params, "cursor": next_cursor(first)})

    assert next_cursor(first) == next_cursor(second) is not None
    assert order_ids(first) == order_ids(second)


@pytest.mark.parametrize("place", BY_CURSOR)
def test_next_only_known_gives_new_cursors_and_known_orders(family: FamilyClient, place: str) -> None:
    path, params = _target(place, "next-only-known")
    first = family.read(path, params)
    second = family.read(path, {**params, "cursor": next_cursor(first)})
    third = family.read(path, {**params, "cursor": next_cursor(second)})

    assert len({next_cursor(page) for page in (first, second, third)}) == 3
    assert order_ids(first) == order_ids(second) == order_ids(third)


def test_customers_pages_for_ever_are_the_same_and_never_end(family: FamilyClient) -> None:
    path, params = _target(CUSTOMERS_PLACE, "pages-for-ever")
    first, later = (family.read(path, {**params, "page": page}) for page in ("1", "500"))

    assert contact_ids(first) == contact_ids(later) != []
    assert (first["total_pages"], later["page"]) == (999, 500)


def test_customers_next_link_leads_to_the_others_and_no_further(family: FamilyClient) -> None:
    path, params = _target(CUSTOMERS_PLACE, "next-link")
    first = family.read(path, {**params, "per_page": "10"})
    second = family.read(first["_links"]["next"]["href"])

    assert (contact_ids(first), contact_ids(second)) == (["C-1001"], ["C-1002"])
    assert first["total_pages"] == 1
    assert "next" not in second["_links"]


@pytest.mark.parametrize(
    "criteria",
    [
        {"ids": "F-customers-500"},
        {"name": "F-customers-500"},
        {"name": "f-customers-500", "matchMode": "fuzzy"},
        {"email": "F-customers-500@faults.example"},
        {"email": "f-customers-500@faults.example"},
    ],
)
def test_customers_fault_is_met_by_any_text(family: FamilyClient, criteria: dict[str, str]) -> None:
    assert family.send(CUSTOMERS, criteria).status_code == 500


@pytest.mark.parametrize("search", ["F-orders-500", "#F-orders-500", "#f-orders-500"])
def test_orders_fault_is_met_by_a_number(family: FamilyClient, search: str) -> None:
    assert family.send(ORDERS, {"search": search}).status_code == 500


@pytest.mark.parametrize("place", [CUSTOMER, CUSTOMERS_ORDERS, MOST_RECENT_ORDER])
def test_faulty_customer_is_well_elsewhere(family: FamilyClient, place: str) -> None:
    for fault_id in FAULTS_OF[place]:
        paths = {
            CUSTOMER: customer_path(fault_id),
            CUSTOMERS_ORDERS: orders_path(fault_id),
            MOST_RECENT_ORDER: recent_path(fault_id),
            ORDER: order_path(fault_id, f"A-{fault_id}-0"),
            "items": f"{order_path(fault_id, f'A-{fault_id}-0')}/items",
        }
        del paths[place]

        assert {family.send(path).status_code for path in paths.values()} == {200}
        assert family.search(ids=fault_id) == [fault_id]


def test_faulty_order_has_items_and_is_in_its_customers_list(family: FamilyClient) -> None:
    listed = set(order_ids(family.read(orders_path("C-FAULTS"), {"limit": "100"})))

    assert FAULTS_OF[ORDER].keys() <= listed
    for order_id in FAULTS_OF[ORDER]:
        assert len(family.read(f"{order_path('C-FAULTS', order_id)}/items")["_embedded"]["items"]) == 1


def test_order_whose_items_misbehave_is_well_itself(family: FamilyClient) -> None:
    assert family.read(order_path("C-FAULTS", "F-500"))["items_number"] == 3


@pytest.mark.parametrize("fault_id", ["F-customer-next-repeats", "F-customer-", "F-order-500", "F-nowhere-500"])
def test_id_that_names_no_fault_of_the_place_is_not_found(family: FamilyClient, fault_id: str) -> None:
    assert family.send(customer_path(fault_id)).status_code == 404
