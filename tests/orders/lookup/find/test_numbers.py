"""Order numbers and customer ids in the find box."""

from __future__ import annotations

import pytest

from orders.lookup.find import Kind, Reading, read_query
from tests.support.finding import customer, ids, name, number, phone


@pytest.mark.parametrize(
    "text",
    [
        "#A-20731",
        "＃A-20731",
        "# A-20731",
        "#\u00a0A-20731",
        "№ A-20731",
        "＃Ａ-２０７３１",
        "№A-20731",
        "(#A-20731)",
        "**#A-20731**",
        "order A-20731.",
        "order #A-20731",
        "Order number is A-20731",
        "Order number: #A-20731",
        "**Order:** A-20731",
        "My order is A-20731, it is late",
        "Where is #A-20731, please?",
        "Bestellnummer: A-20731",
        "Bestell-Nr. A-20731",
        "Die Bestellung A-20731 ist nicht da",
        "Número de pedido: A-20731",
        "¿Dónde está mi pedido A-20731?",
        "N° de commande : A-20731",
        "Où est la commande A-20731 ?",
        "Número do pedido: A-20731",
        "Nº do pedido é A-20731",
        "رقم الطلب: A-20731",
        "رقم الطلب هو A-20731",
        "order\u200b A-\u00ad20731\u200f",
        "&quot;order&nbsp;A-20731&quot;",
        "Order\nA-20731",
        '{"order_id": "A-20731"}',
        '{"orderNumber": "A-20731", "customer": null}',
        "https://portal.example/?order_id=A-20731",
        "https://shop.example/admin/orders/A-20731?tab=1",
        "See https://shop.example/admin/orders/A-20731.",
    ],
)
def test_named_order_is_an_order_number_alone(text: str) -> None:
    assert read_query(text) == (number("A-20731"),)


@pytest.mark.parametrize(
    "text",
    [
        "customer C-1001",
        "(customer C-1001)",
        "Customer id: C-1001",
        "Kundennummer: C-1001",
        "Kundin C-1001",
        "Número de cliente: C-1001",
        "el cliente C-1001",
        "N° client : C-1001",
        "Nº do cliente: C-1001",
        "رقم العميل: C-1001",
        "{'customer_id': 'C-1001'}",
        "https://portal.example/customers/?customer_id=C-1001",
        "https://shop.example/admin/customers/C-1001",
        "https://shop.example/admin/customers/C-1001/orders?limit=5",
    ],
)
def test_named_customer_is_a_customer_id_alone(text: str) -> None:
    assert read_query(text) == (customer("C-1001"),)


@pytest.mark.parametrize(
    "text",
    [
        "A-20731",
        "A-20731?",
        "“A-20731”",
        "'A-20731'",
        "[A-20731]",
        "\ufeffA-20\u200b731\u2069",
        "Dear team,\nplease check A-20731",
        "N° A-20731",
    ],
)
def test_number_with_letters_is_an_order_or_a_customer(text: str) -> None:
    assert read_query(text) == (number("A-20731"), customer("A-20731"))


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("20731", [number("20731"), customer("20731")]),
        ("٢٠٧٣١", [number("20731"), customer("20731")]),
        ("#20731", [number("20731")]),
        ("Y34DHR", [number("Y34DHR"), customer("Y34DHR")]),
        ("y34dhr", [number("y34dhr"), customer("y34dhr")]),
        ("customer1001", [customer("customer1001"), number("customer1001")]),
        ("cust_9f3b", [customer("cust_9f3b"), number("cust_9f3b")]),
        ("114-1234567-1234567", [number("114-1234567-1234567"), customer("114-1234567-1234567")]),
        (
            "6f1b9a3e-7c55-4a0e-9f1d-2f0f6f1b9a3e",
            [number("6f1b9a3e-7c55-4a0e-9f1d-2f0f6f1b9a3e"), customer("6f1b9a3e-7c55-4a0e-9f1d-2f0f6f1b9a3e")],
        ),
        ("YQWDHR", [number("YQWDHR"), name("YQWDHR"), customer("YQWDHR")]),
        ("order YQWDHR", [number("YQWDHR")]),
        ("#YQWDHR", [number("YQWDHR")]),
        ("#yqwdhr", [number("yqwdhr")]),
        ("# yqwdhr", [number("yqwdhr")]),
        ("#yqwdhr.", [number("yqwdhr")]),
        ("Ｙ３４ＤＨＲ", [number("Y34DHR"), customer("Y34DHR")]),
        ("Y34 DHR", [number("Y34"), customer("Y34"), number("Y34DHR")]),
        ("Y34\u00a0DHR", [number("Y34"), customer("Y34"), number("Y34DHR")]),
        ("#PW 47 11", [number("PW4711")]),
        ("a/b", [number("a/b"), customer("a/b")]),
        ("Ana 20731", [number("20731"), customer("20731")]),
        ("Bought on 12.11.2026, it is PW-4711", [number("PW-4711"), customer("PW-4711")]),
        ("2 of PW-4711 for 89.00", [number("PW-4711"), customer("PW-4711")]),
    ],
)
def test_word_has_each_of_its_meanings_best_first(text: str, readings: list[Reading]) -> None:
    assert list(read_query(text)) == readings


@pytest.mark.parametrize(
    "text",
    [
        "C-1001 A-20731",
        '"C-1001","A-20731"',
        "customer;order\nC-1001;A-20731",
        "| Customer | Order |\n|---|---|\n| C-1001 | A-20731 |",
        "**Order:** A-20731\n**Customer:** C-1001",
        '{"customer_id": "C-1001", "order_id": "A-20731"}',
        "https://portal.example/orders/?customer_id=C-1001&amp;order_id=A-20731",
        "https://guard.example/?url=https%3A%2F%2Fx.example%2Fcustomers%2FC-1001%2Forders%2FA-20731",
        "Why is order A-20731 late? I am customer C-1001.",
        "Die Bestellnummer lautet A-20731, meine Kundennummer ist C-1001.",
        "رقم الطلب هو A-20731 ورقم العميل هو C-1001",
        "C-1001\nA-20731",
        "Customer: C-1001, Order: A-20731, Phone: +351 912 345 678, ana@shop.example",
        "C–1001 A−20731",
    ],
)
def test_both_ids_come_alone(text: str) -> None:
    assert read_query(text) == (ids("C-1001", "A-20731"),)


@pytest.mark.parametrize("text", ["612 3418", "9123 4504", "1001 20731"])
def test_digits_in_two_groups_may_be_a_phone_number_or_both_ids(text: str) -> None:
    first, second = text.split()

    assert read_query(text) == (phone(first + second), number(first + second), ids(first, second))


@pytest.mark.parametrize("text", ["9123, 4504", "9123\n4504", "9123;4504", "customer 9123 order 4504", "91 23"])
def test_digits_that_are_parted_otherwise_are_both_ids(text: str) -> None:
    assert [reading.kind for reading in read_query(text)] == [Kind.IDS]


def test_id_of_a_link_may_be_anything() -> None:
    link = "https://x.example/?customer_id=ana%40shop.example&order_id=Dora+Diaz"

    assert read_query(link) == (ids("ana@shop.example", "Dora Diaz"),)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("Customer: Dora Diaz\nOrder: A-20731", (number("A-20731"), name("Dora Diaz"))),
        ("Customer: dora\nOrder: A-20731", (ids("dora", "A-20731"),)),
        ("customer;order\nDora Diaz;A-20731", (number("A-20731"), name("Dora Diaz"))),
        ("Kundenname: Dora Diaz\nBestellnummer: A-20731", (number("A-20731"), name("Dora Diaz"))),
        ("Nombre del cliente: Dora Diaz\nPedido: A-20731", (number("A-20731"), name("Dora Diaz"))),
    ],
)
def test_customer_with_a_persons_name_is_looked_for_by_it(text: str, readings: tuple[Reading, ...]) -> None:
    assert read_query(text) == readings


@pytest.mark.parametrize(
    "text",
    [
        "order from 2026-11-20",
        "C-1 and O-1 are late",
        "order total 89.00",
        "please call 2 times",
        "https://x.example/1",
        "https://portal.example/orders/new",
        "https://x.example/orders/1001 https://x.example/orders/1002",
        "order customer",
        "N/A",
        "-",
        "((( ]]",
        '"" ""',
        "%",
    ],
)
def test_text_without_a_number_is_not_guessed_at(text: str) -> None:
    assert read_query(text) == ()


def test_longest_number_and_id_are_taken_and_longer_ones_are_not() -> None:
    assert read_query("#A" + "1" * 199) == (number("A" + "1" * 199),)
    assert read_query("#A" + "1" * 200) == ()
    assert read_query("customer A" + "1" * 511) == (customer("A" + "1" * 511),)
    assert read_query("customer A" + "1" * 512) == ()
    assert read_query("A" + "1" * 511 + " B-1") == (ids("A" + "1" * 511, "B-1"),)
    assert Kind.IDS not in {reading.kind for reading in read_query("A" + "1" * 512 + " B-1")}


def test_id_that_would_climb_is_no_customer() -> None:
    assert read_query("customer C-1/..") == ()
