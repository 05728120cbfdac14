from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from ercportal.demo.sandbox.wire import encode
from orders.erc.customers import Contact, CustomersPage
from orders.erc.deadline import Deadline
from orders.erc.decode_customers import decode_customer, decode_customers_page
from orders.erc.errors import InvalidResponse
from orders.erc.timestamps import Timestamp
from tests.support.sandbox import shared_catalogue

WHOLE = {
    "customer_id": "C-1",
    "name": "Ana Sá",
    "brand": "Arda",
    "created_at": "2026-01-02T03:04:05Z",
    "updated_at": "2026-02-03",
    "emails": ["ana@example.com", "sa@example.com"],
    "phones": ["+351910000000"],
    "custom_fields": {"tier": 2, "rate": 0.5},
}
TYPED = Contact(
    "C-1",
    "Ana Sá",
    "Arda",
    Timestamp("2026-01-02T03:04:05Z"),
    Timestamp("2026-02-03"),
    ("ana@example.com", "sa@example.com"),
    ("+351910000000",),
    {"tier": 2, "rate": Decimal("0.5")},
)


def found(contacts: Any, **rest: Any) -> CustomersPage:
    return decode_customers_page(json.dumps({"_embedded": {"contacts": contacts}, **rest}).encode())


def contacts(count: int) -> list[dict[str, Any]]:
    return [{"customer_id": f"C-{number}"} for number in range(count)]


def test_contact_with_every_field_is_decoded_whole() -> None:
    page = found([WHOLE], total=1, count=1, page=1, per_page=50, total_pages=1)

    assert page == CustomersPage(contacts=(TYPED,), total=1, page=1, total_pages=1)


def test_contact_without_anything_optional_needs_its_id_alone() -> None:
    optional = [field.name for field in msgspec.structs.fields(Contact) if not field.required]

    page = found([{"customer_id": "C-1"}, {"customer_id": "C-1", **dict.fromkeys(optional)}])

    assert page == CustomersPage(contacts=(Contact("C-1"), Contact("C-1")))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"customer_id": 7}, Contact("7")),
        ({"id": "C-9"}, Contact("C-9")),
        ({"customer_id": None, "id": 9}, Contact("9")),
        ({"customer_id": "C-1", "id": "other"}, Contact("C-1")),
        ({"customer_id": "C-1", "emails": "a@b.example"}, Contact("C-1", emails=("a@b.example",))),
        ({"customer_id": "C-1", "phones": {"0": 351910000000}}, Contact("C-1", phones=("351910000000",))),
        (
            {"customer_id": "C-1", "emails": [None, "a@b.example"], "phones": " "},
            Contact("C-1", emails=("a@b.example",)),
        ),
        ({"customer_id": "C-1", "created_at": 1790000000}, Contact("C-1", created_at=Timestamp("1790000000"))),
        ({"customer_id": "C-1", "name": 12}, Contact("C-1", "12")),
        ({"customer_id": "C-1", "phones": 351910000000}, Contact("C-1", phones=("351910000000",))),
    ],
)
def test_value_of_another_type_with_the_same_meaning_is_read(given: dict[str, Any], expected: Contact) -> None:
    page = found([given])

    assert (page.contacts, page.defaulted) == ((expected,), ())


@pytest.mark.parametrize(
    ("name", "given", "where"),
    [
        ("name", {"first": "Ana"}, "name"),
        ("emails", True, "emails"),
        ("emails", [{"value": "a@b.example"}], "emails[0]"),
        ("phones", [True], "phones[0]"),
        ("created_at", [], ""),
        ("updated_at", True, "updated_at"),
        ("custom_fields", "x", "custom_fields"),
    ],
)
def test_detail_that_cannot_be_read_is_left_out_and_noted(name: str, given: Any, where: str) -> None:
    page = found([{"customer_id": "C-1", "brand": "Arda", name: given}])

    assert [(one.customer_id, one.brand) for one in page.contacts] == [("C-1", "Arda")]
    assert [note.where for note in page.defaulted] == ([f"contacts[0].{where}"] if where else [])
    assert "b.example" not in str(page.defaulted)


@pytest.mark.parametrize("malformed", [None, "text", 7, [], {}, {"name": "n"}, {"customer_id": True}, {"id": {}}])
def test_malformed_entry_is_counted_and_leaves_the_others(malformed: Any) -> None:
    page = found([WHOLE, malformed, WHOLE])

    assert page.contacts == (TYPED, TYPED)
    assert [one.where for one in page.unreadable] == ["contacts[1]"]


@pytest.mark.parametrize(
    "body",
    [
        {"total": 0, "count": 0, "page": 1, "per_page": 50, "total_pages": 0},
        {"total": 0, "page": 1, "total_pages": 0, "_embedded": {"contacts": []}},
        {"total": 0, "page": 1, "total_pages": 0, "_embedded": {}},
        {"total": 0, "page": 1, "total_pages": 0, "_embedded": None},
    ],
)
def test_page_without_contacts_says_that_nothing_was_found(body: dict[str, Any]) -> None:
    page = decode_customers_page(json.dumps(body).encode())

    assert page == CustomersPage(total=0, page=1, total_pages=0)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"message":"no"}',
        b'{"total":3,"page":1}',
        b'{"_embedded":"x"}',
        b'{"_embedded":{"contacts":7}}',
        b'{"_embedded":{"contacts":[]},"total":1,"total":2}',
        b'{"_embedded":{"contacts":[{"customer_id":"\xff"}]}}',
        b'{"a":' * 100_000,
    ],
)
def test_body_of_another_shape_is_an_invalid_response(content: bytes) -> None:
    for decode in (decode_customers_page, decode_customer):
        with pytest.raises(InvalidResponse):
            decode(content)


def test_contacts_may_be_a_map_of_entries_or_one_alone() -> None:
    assert found(WHOLE).contacts == found({"0": WHOLE}).contacts == (TYPED,)


@pytest.mark.parametrize(
    ("paging", "following"),
    [
        ({"page": 1, "total_pages": 3}, 2),
        ({"page": 3, "total_pages": 3}, None),
        ({"page": "1", "total_pages": "2"}, 2),
        ({"page": 1.0, "total_pages": 2}, 2),
        ({"page": 4, "total_pages": 3}, None),
        ({"page": 1}, None),
        ({"total_pages": 3}, None),
        ({"page": None, "total_pages": None}, None),
        ({"page": 1, "total_pages": -1}, None),
        ({"page": 1, "total_pages": 10**30}, None),
        ({"page": 1, "total_pages": "many"}, None),
        ({"page": 1, "total_pages": 2.5}, None),
        ({"page": {}, "total_pages": 3}, None),
        # All that there is stands on this page, or on those before it.
        ({"page": 1, "total_pages": 900, "total": 2}, None),
        ({"page": 2, "total_pages": 900, "per_page": 2, "total": 4}, None),
        ({"page": 1, "total_pages": 3, "per_page": 2, "total": 5}, 2),
        # Fewer in all than on this page is a mistake.
        ({"page": 1, "total_pages": 2, "total": 1}, 2),
    ],
)
def test_next_page_is_the_following_one_until_the_last(paging: dict[str, Any], following: int | None) -> None:
    assert found(contacts(2), **paging).next_page == following


@pytest.mark.parametrize(
    ("href", "following"),
    [
        ("https://elsewhere.example/?page=5&name=x", 5),
        ("?page=1", 3),
        ("?page=2", 3),
        ("?page=-4", 3),
        ("?page=٥", 3),
        ("?page=" + "9" * 5000, 3),
        ("?cursor=abc", 3),
        ("", 3),
        ({"a": 1}, 3),
    ],
)
def test_next_link_counts_where_it_leads_on(href: Any, following: int) -> None:
    links = {"self": {"href": "x"}, "next": {"href": href}}

    assert found(contacts(2), page=2, total_pages=4, _links=links).next_page == following
    assert found(contacts(2), page=2, total_pages=2, _links={"next": {"href": "?page=3"}}).next_page == 3


def test_page_without_entries_has_no_next_page_whatever_it_says() -> None:
    assert found([], page=1, total_pages=9, _links={"next": {"href": "?page=2"}}).next_page is None
    assert found(["odd"], page=1, total_pages=9).next_page == 2


@pytest.mark.parametrize("value", [-1, 2.5, "many", True, 10**30, [1]])
def test_number_of_the_page_that_cannot_be_meant_is_noted(value: Any) -> None:
    page = found(contacts(2), total=value, page=value, total_pages=value)

    assert (page.total, page.page, page.total_pages) == (None, None, None)
    assert [note.where for note in page.defaulted] == ["total", "page", "total_pages"]


@pytest.mark.parametrize(("count", "beyond"), [(1000, 0), (1001, 1)])
def test_contacts_beyond_the_bound_are_counted(count: int, beyond: int) -> None:
    page = found(contacts(count))

    assert (len(page.contacts), page.beyond) == (1000, beyond)


def test_reading_stops_at_the_deadline_after_the_first_hundred_entries() -> None:
    body = json.dumps({"_embedded": {"contacts": contacts(150)}}).encode()

    page = decode_customers_page(body, deadline=Deadline(-1))

    assert (len(page.contacts), page.beyond) == (100, 50)


def test_body_that_was_checked_before_is_read_the_same() -> None:
    body = json.dumps({"_embedded": {"contacts": [WHOLE]}, "total": 1}).encode()

    assert decode_customers_page(body, is_checked=True) == decode_customers_page(body)


def test_every_customer_of_the_sandbox_is_read_without_a_loss() -> None:
    known = shared_catalogue().customers()

    page = decode_customers_page(encode({"_embedded": {"contacts": [one.contact for one in known]}}))
    reads = [decode_customer(encode(one.details)) for one in known]

    assert len(known) >= 40
    assert (page.unreadable, page.defaulted) == ((), ())
    assert [read.customer_id for read in page.contacts] == [one.customer_id for one in known]
    assert [(read.id, read.defaulted) for read in reads] == [(one.customer_id, ()) for one in known]
