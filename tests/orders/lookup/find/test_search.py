"""Searching by what a caller says, over real sockets: what is asked, how it is compared, and what goes wrong."""

from __future__ import annotations

from typing import Any

import pytest

from orders.models import AccessLogEntry
from tests.support.family import contact, contacts_page, order, orders_page, serve_family
from tests.support.finding import customers_of, find_text, orders_of
from tests.support.stub_erc import Reply, StubErc

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "customers", "orders"),
    [
        ("ines@mail.example", ["C-1"], []),
        ("+351 910 000 001", ["C-1", "C-2"], []),
        ("tomas novak", ["C-3"], []),
        ("#N108", [], ["O-8"]),
        ("N10", [], ["O-8", "O-9"]),
        ("C-2", ["C-2"], []),
    ],
)
def test_stub_finds_the_same_way(erc: StubErc, text: str, customers: list[str], orders: list[str]) -> None:
    serve_family(erc)

    found = find_text(text)

    assert customers_of(found) == customers
    assert orders_of(found) == orders


def test_every_search_says_how_it_is_to_be_compared(erc: StubErc) -> None:
    find_text("ines@mail.example")
    find_text("+351910000001")
    find_text("Ines Duarte")

    asked = [asked.query for asked in erc.family_asked]
    modes = {
        next(name for name in ("email", "phone", "name") if name in query): query["matchMode"] for query in asked
    }
    assert {query["matchMode"] for query in asked if "phone" in query} == {"exact", "fuzzy"}
    assert (modes["email"], modes["name"]) == ("exact", "fuzzy")


def test_readings_are_asked_for_at_once(erc: StubErc) -> None:
    slow = Reply(delay=0.3, content=contacts_page())
    erc.answers_at("customers", slow)
    erc.answers_at("orders", Reply(delay=0.3, content=orders_page()))

    find_text("DUARTE")

    (row, *_) = AccessLogEntry.objects.all()
    assert row.duration_ms < 900
    assert len(erc.family_asked) == 4


def test_stranger_of_a_fuzzy_search_is_left_out_where_somebody_fits(erc: StubErc) -> None:
    stranger = contact("C-9", phones=["+44910000001777"])
    erc.answers_at("customers", Reply(content=contacts_page(stranger, contact(phones=["+351910000001"]))))

    assert customers_of(find_text("+351910000001")) == ["C-1"]


@pytest.mark.parametrize(
    ("text", "stranger"),
    [
        ("ines@mail.example", contact(emails=["other@mail.example"])),
        ("+351910000001", contact(phones=[])),
        ("Ines Duarte", contact(name="Somebody Else")),
    ],
)
def test_customer_of_whom_nothing_shows_why_is_offered_but_not_opened(
    erc: StubErc, text: str, stranger: dict[str, Any]
) -> None:
    erc.answers_at("customers", Reply(content=contacts_page(stranger)))

    found = find_text(text)

    assert customers_of(found) == ["C-1"]
    assert found.only_customer is None


def test_number_in_full_leaves_out_longer_ones(erc: StubErc) -> None:
    erc.answers_at(
        "orders", Reply(content=orders_page(order("O-10", "#100"), order("O-1", "#10"), order("O-2", "10")))
    )

    assert orders_of(find_text("#10")) == ["O-1", "O-2"]


def test_order_by_its_id_is_exact(erc: StubErc) -> None:
    erc.answers_at("orders", Reply(content=orders_page(order("A-20731", "#Y34DHR"))))

    only = find_text("order A-20731").only_order

    assert only is not None
    assert only.id == "A-20731"


def test_one_of_more_pages_is_not_opened_for_a_part(erc: StubErc) -> None:
    erc.answers_at("orders", Reply(content=orders_page(order("O-1", "#N108"), next_cursor="more")))

    found = find_text("#N10")

    assert found.has_more
    assert found.only_order is None


def test_orders_with_swapped_fields_lead_nowhere_false(erc: StubErc) -> None:
    serve_family(erc)
    erc.answers_at("orders", Reply(content=orders_page(order("O-1", "C-2", "#N1"))))

    found = find_text("C-2")

    assert found.only_customer is not None
    assert found.orders == ()


@pytest.mark.parametrize("typed", ["1001", "١٠٠١"])
def test_order_and_customer_of_the_same_digits_are_both_found(erc: StubErc, typed: str) -> None:
    erc.answers_at("customers", Reply(content=contacts_page(contact("1001"))))
    erc.answers_at("orders", Reply(content=orders_page(order("O-1", "1001", "77"))))

    found = find_text(typed)

    assert customers_of(found) == ["1001"]
    assert orders_of(found) == ["O-1"]
    assert (found.only_customer, found.only_order) == (None, None)


@pytest.mark.parametrize(("total", "is_opened"), [(1, True), (51, False)])
def test_name_of_one_is_not_opened_where_more_customers_may_have_it(
    erc: StubErc, total: int, is_opened: bool
) -> None:
    erc.answers_at("customers", Reply(content=contacts_page(contact(name="John Smith"), total=total)))

    found = find_text("john smith")

    assert customers_of(found) == ["C-1"]
    assert (found.only_customer is not None) is is_opened


def test_only_customer_of_an_address_is_opened_also_where_the_api_tells_no_address(erc: StubErc) -> None:
    erc.answers_at("customers", Reply(content=contacts_page(contact("C-9"))))
    only = find_text("ines@mail.example").only_customer
    erc.answers_at("customers", Reply(content=contacts_page(contact("C-9"), total=51)))

    assert only is not None
    assert only.customer_id == "C-9"
    assert find_text("iris@mail.example").only_customer is None


def test_address_of_one_is_opened_however_many_the_api_has(erc: StubErc) -> None:
    erc.answers_at("customers", Reply(content=contacts_page(contact(emails=["ines@mail.example"]), total=51)))

    assert find_text("ines@mail.example").only_customer is not None


@pytest.mark.parametrize("typed", ["Novak", "C-3"])
def test_orders_in_which_the_api_found_the_customers_name_do_not_stand_beside_the_customer(
    erc: StubErc, typed: str
) -> None:
    erc.answers_at("customers", Reply(content=contacts_page(contact("C-3", "Novák"))))
    theirs = orders_page(order("O-1", "#N1", "C-3"), order("O-2", "#N2", "C-3"), next_cursor="more")
    erc.answers_at("orders", Reply(content=theirs))

    found = find_text(typed)

    assert found.orders == ()
    assert found.only_customer is not None


def test_orders_of_other_numbers_are_offered_where_no_customer_fits(erc: StubErc) -> None:
    erc.answers_at("orders", Reply(content=orders_page(order("O-1", "#N1"), order("O-2", "#N2"))))

    assert orders_of(find_text("Novak")) == ["O-1", "O-2"]
