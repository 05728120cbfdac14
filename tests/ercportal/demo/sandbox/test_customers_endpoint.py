"""The search for customers: what is found by which criterion, page by page, in the reference's envelope."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ercportal.demo.sandbox import shapes
from tests.ercportal.demo.sandbox.family_client import CUSTOMERS, FamilyClient, contact_ids
from tests.support.api_client import fault_fields


def test_customers_have_the_shape_of_the_reference(family: FamilyClient) -> None:
    page = family.read(CUSTOMERS, {"per_page": "100"})

    assert shapes.stray_fields(page, shapes.CUSTOMERS) == []
    seen = {name for contact in page["_embedded"]["contacts"] for name in contact}
    assert seen == shapes.field_names(shapes.CONTACT)


def test_customers_without_a_criterion_are_all(family: FamilyClient) -> None:
    page = family.read(CUSTOMERS)

    assert page["total"] > 40
    assert (page["count"], page["page"], page["per_page"]) == (50, 1, 50)
    assert page["_links"].keys() == {"self"}


def test_customers_come_page_by_page_each_once(family: FamilyClient) -> None:
    first = family.read(CUSTOMERS, {"per_page": "17"})
    pages = [
        family.read(CUSTOMERS, {"per_page": "17", "page": str(page)})
        for page in range(1, first["total_pages"] + 1)
    ]

    ids = [customer_id for page in pages for customer_id in contact_ids(page)]
    assert len(ids) == len(set(ids)) == first["total"]
    assert [page["count"] for page in pages[:-1]] == [17] * (len(pages) - 1)


def test_customers_beyond_the_last_page_are_an_empty_list(family: FamilyClient) -> None:
    page = family.read(CUSTOMERS, {"page": "9999"})

    assert page["count"] == 0
    assert page["_embedded"] == {"contacts": []}


def test_customers_self_link_works_as_it_is(family: FamilyClient) -> None:
    page = family.read(CUSTOMERS, {"name": "مح & ü", "matchMode": "fuzzy", "per_page": "3"})

    again = family.read(page["_links"]["self"]["href"])

    assert again == page


def test_customers_where_nothing_is_found_have_no_embedded(family: FamilyClient) -> None:
    page = family.read(CUSTOMERS, {"email": "nobody@mail.example"})

    assert "_embedded" not in page
    assert (page["total"], page["count"], page["total_pages"]) == (0, 0, 0)
    assert shapes.stray_fields(page, shapes.CUSTOMERS) == []


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ({"email": "amal.haddad@mail.example"}, ["C-1001"]),
        ({"email": "Amal.Haddad@Mail.Example"}, ["C-1001"]),
        ({"email": "amal.haddad"}, []),
        ({"email": "noor.vdberg@werk.example"}, ["C-1005"]),
        ({"phone": "+351910000000"}, ["C-2011"]),
        ({"phone": "351910000000"}, []),
        ({"phone": "+351 910 000 000"}, []),
        ({"phone": "+493023125001"}, ["C-2009", "C-2010"]),
        ({"name": "Nguyễn Thị Minh Khai"}, ["C-2005"]),
        ({"name": "nguyễn thị minh khai"}, ["C-2005"]),
        ({"name": "Nguyen Thi Minh Khai"}, []),
        ({"name": "Nguye\u0302\u0303n Thi\u0323 Minh Khai"}, ["C-2005"]),
        ({"name": "Minh Khai"}, []),
        ({"name": "王小明"}, ["C-2003"]),
        ({"name": "María Fernández"}, ["C-2040"]),
        ({"ids": "C-2001"}, ["C-2001"]),
        ({"ids": "C-2002,C-2001,nobody"}, ["C-2001", "C-2002"]),
        ({"ids": "kunde/ä 7"}, ["kunde/ä 7"]),
        ({"ids": "c-2001"}, []),
        ({"phone": "+493023125001", "name": "Lena Brandt"}, ["C-2009"]),
        ({"phone": "+493023125001", "brand": "Plainweave"}, []),
        ({"name": "Lena Brandt", "matchMode": "exact"}, ["C-2009"]),
    ],
)
def test_customers_are_found_exactly_unless_said_otherwise(
    family: FamilyClient, criteria: dict[str, str], expected: list[str]
) -> None:
    assert family.search(**criteria) == expected


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ({"name": "khai nguyen"}, ["C-2005"]),
        ({"name": "maria fernandez"}, ["C-2014", "C-2040"]),
        ({"name": "lucja"}, ["C-2007"]),
        ({"name": "kjaergard"}, []),
        ({"name": "grossmann"}, ["kunde/ä 7"]),
        ({"name": "ibrahim celik"}, ["C-2028"]),
        ({"name": "小明"}, ["C-2003"]),
        ({"name": "الزهراء"}, ["C-2001"]),
        ({"email": "BRANDT@post"}, ["C-2009", "C-2010"]),
        ({"phone": "23125001"}, ["C-2009", "C-2010"]),
        ({"phone": "910-000-000"}, ["C-2011"]),
        ({"phone": "none"}, []),
        ({"ids": "C-200"}, []),
        ({"name": "brandt", "brand": "tarnvik"}, []),
    ],
)
def test_customers_are_found_by_parts_in_fuzzy_mode(
    family: FamilyClient, criteria: dict[str, str], expected: list[str]
) -> None:
    assert family.search(**criteria, matchMode="fuzzy") == expected


def test_customers_by_brand_are_those_of_the_shop(family: FamilyClient) -> None:
    contacts = family.read(CUSTOMERS, {"brand": "Casa Lindeira"})["_embedded"]["contacts"]

    assert len(contacts) > 3
    assert {contact["brand"] for contact in contacts} == {"Casa Lindeira"}


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ("name=", "name"),
        ("email=", "email"),
        ("name=a&name=b", "name"),
        ("matchMode=Exact", "matchMode"),
        ("matchmode=exact", "matchmode"),
        ("page=0", "page"),
        ("page=1.5", "page"),
        ("page=-1", "page"),
        ("page=10000", "page"),
        ("per_page=0", "per_page"),
        ("per_page=101", "per_page"),
        ("per_page=ten", "per_page"),
        ("limit=5", "limit"),
        ("cursor=abc", "cursor"),
        ("search=abc", "search"),
    ],
)
def test_customers_with_wrong_parameter_are_a_bad_request_that_names_it(
    family: FamilyClient, params: str, field: str
) -> None:
    response = family.send(CUSTOMERS, params)

    assert response.status_code == 400
    assert fault_fields(response) == [field]


def test_customers_are_not_on_the_providers_side(family: FamilyClient) -> None:
    assert family.send("/erc/ecommerce/connections/external/customers").status_code == 404
    assert family.send("/erc/ecommerce/customers").status_code == 404


def _contact(family: FamilyClient, customer_id: str) -> dict[str, Any]:
    (contact,) = family.read(CUSTOMERS, {"ids": customer_id})["_embedded"]["contacts"]
    found: dict[str, Any] = contact
    return found


def test_customers_name_is_one_string_as_the_culture_writes_it(family: FamilyClient) -> None:
    names = [_contact(family, customer_id)["name"] for customer_id in ("C-2003", "C-2022", "C-2031")]

    assert names == ["王小明", "Nagy Eszter", "Thirunavukkarasu"]


def test_customers_may_lack_email_or_phone(family: FamilyClient) -> None:
    assert _contact(family, "C-2020")["emails"] == []
    assert _contact(family, "C-2021")["phones"] == []
