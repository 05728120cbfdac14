"""The made-up customers are enough to work with: many, of many cultures, and the same at every start."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest

from ercportal.demo.sandbox.catalogue import SHOWCASE, Catalogue
from ercportal.demo.sandbox.catalogue.people import read_people
from ercportal.demo.sandbox.catalogue.searches import SEARCHES, Search
from ercportal.demo.sandbox.catalogue.terms import read_terms
from tests.ercportal.demo.sandbox import shapes
from tests.ercportal.demo.sandbox.family_client import (
    CUSTOMERS,
    ORDERS,
    FamilyClient,
    contact_ids,
    customer_path,
    order_ids,
    order_path,
    orders_path,
)

NOW = datetime(2026, 6, 11, 9, 30, tzinfo=UTC)


def test_people_are_at_least_forty_of_many_scripts_and_countries() -> None:
    people = read_people()

    scripts = {unicodedata.name(person.name[0]).split()[0] for person in people}
    countries = {address["country_code"] for person in people for address in person.addresses}
    assert len(people) >= 40
    assert len({person.customer_id for person in people}) == len(people)
    assert {"LATIN", "ARABIC", "CJK", "GREEK", "CYRILLIC", "HEBREW", "DEVANAGARI", "HANGUL", "THAI"} <= scripts
    assert len(countries) >= 30


def test_emails_and_hosts_are_made_up_ones() -> None:
    emails = [email for person in read_people() for email in person.emails]

    assert all(email.endswith(".example") for email in emails)
    assert len(set(emails)) == len(emails)


def test_phones_are_in_e164_and_two_people_share_one() -> None:
    phones = [phone for person in read_people() for phone in person.phones]

    assert all(phone.startswith("+") and phone[1:].isdigit() and 8 <= len(phone[1:]) <= 15 for phone in phones)
    assert len(phones) - len(set(phones)) == 1


def test_every_showcase_order_belongs_to_a_customer_who_lists_it(family: FamilyClient) -> None:
    for entry in SHOWCASE:
        listed = order_ids(family.read(orders_path(entry.customer_id), {"limit": "100"}))

        assert family.read(customer_path(entry.customer_id))["id"] == entry.customer_id
        assert entry.order_id in listed


def test_every_order_of_the_table_has_items_of_its_own(family: FamilyClient) -> None:
    for terms in read_terms():
        order = family.read(order_path(terms.customer_id, terms.order_id))
        if terms.customer_id.startswith("C-2"):
            items = family.read(f"{order_path(terms.customer_id, terms.order_id)}/items")["_embedded"]["items"]

            assert len(items) == order["items_number"] == len(terms.lines)


def test_order_numbers_are_unique_in_the_account() -> None:
    placed = Catalogue(NOW).placed_orders()

    numbers = [str(order.facts.get("order_number", order.order_id)) for order in placed]
    swapped = sum(order.customer_id == "C-3002" for order in placed)
    assert len(numbers) - len(set(numbers)) == swapped - 1


def test_catalogue_is_the_same_at_every_start_but_for_its_dates() -> None:
    one, same = Catalogue(NOW), Catalogue(NOW)
    later = Catalogue(NOW + timedelta(days=400))

    assert one.customers() == same.customers()
    assert one.placed_orders() == same.placed_orders()
    assert [order.order_id for order in one.placed_orders()] == [order.order_id for order in later.placed_orders()]


@pytest.mark.parametrize(("order_id", "digits"), [("A-30012", 0), ("A-30130", 0), ("A-30075", 2)])
def test_amounts_of_an_order_have_the_digits_of_its_currency(
    family: FamilyClient, order_id: str, digits: int
) -> None:
    customers = {terms.order_id: terms.customer_id for terms in read_terms()}

    order = family.read(order_path(customers[order_id], order_id))

    values = [total["value"] for total in order["price_summary"].values()]
    assert {len(str(value).partition(".")[2]) for value in values} == {digits}


def test_dates_move_with_the_clock() -> None:
    first, later = (Catalogue(NOW + timedelta(days=days)).placed_order("C-1001", "A-20731") for days in (0, 10))

    assert first is not None
    assert later is not None
    assert first.facts["purchase_datetime"] == "2026-06-05T09:30:00.000Z"
    assert later.facts["purchase_datetime"] == "2026-06-15T09:30:00.000Z"


def test_no_order_is_older_than_its_customer() -> None:
    since = {person.customer_id: person.since_days for person in read_people()}

    assert all(terms.days <= since[terms.customer_id] for terms in read_terms())


def test_refunded_orders_have_a_refund_and_a_return_of_the_known_shapes(family: FamilyClient) -> None:
    refunded = [terms for terms in read_terms() if terms.refunded]

    for terms in refunded:
        page = family.read(f"{order_path(terms.customer_id, terms.order_id)}/items")
        refunds, returns = page["_embedded"]["refunds"], page["_embedded"]["returns"]
        assert [stray for refund in refunds for stray in shapes.stray_fields(refund, shapes.REFUND)] == []
        assert [stray for back in returns for stray in shapes.stray_fields(back, shapes.RETURN)] == []
        if terms.lines:
            (refund,), (back, *_exchanges) = refunds, returns
            assert refund["transactions"][0]["amount"] == terms.refunded
            assert refund["refund_line_items"][0]["line_item_id"] == page["_embedded"]["items"][0]["id"]
            assert back["refund_ids"] == [refund["id"]]
    assert len(refunded) > 5


def test_refunds_and_returns_show_every_field_that_is_known(family: FamilyClient) -> None:
    pages = [
        family.read(f"{order_path(terms.customer_id, terms.order_id)}/items")["_embedded"]
        for terms in read_terms()
        if terms.refunded
    ]

    refunds = [refund for page in pages for refund in page["refunds"]]
    returns = [back for page in pages for back in page["returns"]]
    exchanges = [line for back in returns for line in back.get("exchange_line_items", [])]
    variants = [line["product_variant"] for line in exchanges]
    assert {name for refund in refunds for name in refund} == shapes.field_names(shapes.REFUND)
    assert {name for back in returns for name in back} == shapes.field_names(shapes.RETURN)
    assert {name for variant in variants for name in variant} == shapes.field_names(shapes.VARIANT)


@pytest.mark.parametrize(
    ("search", "count"),
    list(zip(SEARCHES, [1, 1, 2, 1, 1, 1, 1, 1, 4, 1, *[1] * 7, 0], strict=True)),
    ids=[search.text for search in SEARCHES],
)
def test_search_worth_trying_finds_what_it_says(family: FamilyClient, search: Search, count: int) -> None:
    if search.parameter == "search":
        found = order_ids(family.read(ORDERS, {"search": search.text}))
    else:
        found = contact_ids(family.read(CUSTOMERS, {search.parameter: search.text}))

    assert len(found) == count
