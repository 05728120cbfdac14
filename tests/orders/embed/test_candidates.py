"""Who of those found fits most of what a launch names."""

from __future__ import annotations

from orders.embed.candidates import keep_best, shown_ids
from orders.erc.customers import Contact
from orders.erc.orders import Order
from orders.lookup.find import Kind, Reading
from orders.lookup.find.matching import Match
from orders.lookup.find.search import Found, Ranked
from orders.presenters.found import MAX_SHOWN

NUMBER = Reading(Kind.ORDER_NUMBER, "N1")
EMAIL = Reading(Kind.EMAIL, "ines@mail.example")
PHONE = Reading(Kind.PHONE, "+351910000001")
INES = Contact("C-1", emails=("Ines@mail.example",), phones=("+351 910 000 001",))
IRIS = Contact("C-2", phones=("+351910000001",))
UNKNOWN = Contact("C-3")


def found(*entries: Contact | Order, readings: tuple[Reading, ...] = (NUMBER, EMAIL, PHONE)) -> Found:
    return Found(
        readings,
        customers=tuple(Ranked(Match.EXACT, one) for one in entries if isinstance(one, Contact)),
        orders=tuple(Ranked(Match.EXACT, one) for one in entries if isinstance(one, Order)),
    )


def kept(result: Found) -> tuple[list[str], list[str]]:
    """The customers and the orders that are kept."""
    best = keep_best(result)
    return [one.entry.customer_id for one in best.customers], [one.entry.id for one in best.orders]


def test_customer_who_fits_both_address_and_telephone_is_the_one() -> None:
    assert kept(found(INES, IRIS, UNKNOWN)) == (["C-1"], [])


def test_those_who_fit_alike_are_all_kept() -> None:
    assert kept(found(INES, IRIS, readings=(PHONE,))) == (["C-1", "C-2"], [])
    assert kept(found(UNKNOWN, Contact("C-4"))) == (["C-3", "C-4"], [])


def test_two_forms_of_a_telephone_count_once() -> None:
    forms = (PHONE, Reading(Kind.PHONE, "351910000001"), EMAIL)

    assert kept(found(IRIS, Contact("C-5", emails=("ines@mail.example",)), readings=forms)) == (["C-2", "C-5"], [])


def test_order_counts_for_its_customer_and_stands_for_them() -> None:
    assert kept(found(INES, IRIS, Order("O-1", customer_id="C-1"))) == ([], ["O-1"])
    assert kept(found(IRIS, Order("O-1", customer_id="C-1"))) == (["C-2"], ["O-1"])


def test_orders_of_one_customer_count_once() -> None:
    orders = (Order("O-1", customer_id="C-9"), Order("O-2", customer_id="C-9"))

    assert kept(found(INES, *orders)) == (["C-1"], [])


def test_orders_of_nobody_are_kept_where_nobody_else_is_found() -> None:
    assert kept(found(Order("O-1"))) == ([], ["O-1"])
    assert kept(found()) == ([], [])


def test_as_many_can_be_chosen_as_are_shown_each_once_and_none_without_a_usable_id() -> None:
    contacts = [Contact(f"C-{number}") for number in range(MAX_SHOWN + 5)]
    orders = [
        Order("O-1", customer_id="C-0"),
        Order("O-2", customer_id=".."),
        Order("O-3"),
        Order("O-4", None, "C-99"),
    ]

    ids = shown_ids(found(*contacts, *orders))

    assert ids == (*(f"C-{number}" for number in range(MAX_SHOWN)), "C-99")
