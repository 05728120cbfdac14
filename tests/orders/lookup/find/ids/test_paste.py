"""What agents paste: both ids in every dress that other tools give them, one of them, or none."""

from __future__ import annotations

import random

import pytest

from orders.lookup.find.ids import NOTHING, Ids
from tests.support.pasting import LINK, parse_ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("customer123 order789", ("customer123", "order789")),
        ("C-1\tO-1", ("C-1", "O-1")),
        ("C-1, O-1", ("C-1", "O-1")),
        ("  C-1\n\n  O 1  \n", ("C-1", "O 1")),
        ("kunde/ä 7\nO#1", ("kunde/ä 7", "O#1")),
        ("Customer: C-1 Order: O-1", ("C-1", "O-1")),
        ("order id O-1 of customer id C-1", ("C-1", "O-1")),
        ("Order no. O-1\nCustomer number C-1", ("C-1", "O-1")),
        ("https://portal.example/orders/?customer_id=C%2F1&order_id=O+1&limit=5", ("C/1", "O 1")),
        ("/orders/?customer_id=C-1&order_id=O-1", ("C-1", "O-1")),
        ("https://other.example/x?order_id=O-1&customer_id=C-1#part", ("C-1", "O-1")),
        ("https://other.example/x?customer=C-1&order=O-1", ("C-1", "O-1")),
        ("Look: <https://portal.example/orders/?customer_id=C%2F1&order_id=%231>, please", ("C/1", "#1")),
        ("https://crm.example/case?customerId=C-1&orderId=O-1", ("C-1", "O-1")),
        ("customer_id=C%2F1&order_id=O+1", ("C/1", "O 1")),
        ("https://api.example/erc/ecommerce/customers/a%2Fb/orders/c%20d/items?limit=5", ("a/b", "c d")),
        ("order789 customer123", ("customer123", "order789")),
        ("order-789\ncustomer-123", ("customer-123", "order-789")),
        ("customer-123 order-789", ("customer-123", "order-789")),
        ("order-7 X-1", ("order-7", "X-1")),
        ("X-1 customer-7", ("X-1", "customer-7")),
        ("C-1 / O-1", ("C-1", "O-1")),
        ("customer_id: C-1 order_id: O-1", ("C-1", "O-1")),
        ("Customer: A and B\nOrder: O 1", ("A and B", "O 1")),
        ("Note\n  Customer: A and B\n  Order: O 1", ("A and B", "O 1")),
        ("Customer\nC 1\nOrder:\nO-1", ("C 1", "O-1")),
        ("Customer\n\nC 1\nOrder:\n \nO-1", ("C 1", "O-1")),
        ("Customer: Dora\nCustomer number: ABC\nOrder: O-1", ("ABC", "O-1")),
        ("Customer: Dora of oz\nOrder: 12 a", ("Dora of oz", "12 a")),
        ("Customer: 12 Ab\nOrder: 7 b7", ("12 Ab", "7 b7")),
        ("Customer: C-1 was told 2 times\nOrder: o 1", ("C-1", "o 1")),
        ("see customer: C-1 x7\nOrder: O-1", ("C-1", "O-1")),
        ('Order: "O 1" is late\nCustomer: C-1', ("C-1", "O 1")),
        ("C - 1\nO-1", ("C - 1", "O-1")),
        ("C 1\nabc", ("C 1", "abc")),
        ("C 1 2\n \n O 1X,", ("C 1 2", "O 1X")),
        ("X Y", ("X", "Y")),
        ("C(1). O(1", ("C(1)", "O(1")),
        ("C[1]; (O{1})", ("C[1]", "O{1}")),
        ("C-1 O-1X", ("C-1", "O-1X")),
        ("C 1\u2028O 1", ("C 1", "O 1")),
        ("“C 1”, “O 1”", ("C 1", "O 1")),
        ("customer；order\nC-1；O-1", ("C-1", "O-1")),
        ("order＝O-1 customer＝C-1", ("C-1", "O-1")),
        ("customer C-1’s order O-1", ("C-1", "O-1")),
        ("Kundennummer: C-1\nBestell-Nr.: O-1", ("C-1", "O-1")),
        ("Auftrag O-1, Kunde C-1", ("C-1", "O-1")),
        ("Nº de pedido: O-1\nNúmero de cliente: C-1", ("C-1", "O-1")),
        ("N° client : C-1 N° commande : O-1", ("C-1", "O-1")),
        ("رقم العميل: C-1\nرقم الطلب: O-1", ("C-1", "O-1")),
    ],
)
def test_pasted_text_is_understood(text: str, ids: tuple[str, str]) -> None:
    assert parse_ids(text) == ids


@pytest.mark.parametrize("said", ["unknown", "Null", "none", "nil", "undefined", "true", "false", "N/A", "?"])
def test_placeholder_is_no_id(said: str) -> None:
    assert parse_ids(f"Order: A-20731\nCustomer: {said}") == Ids(order_id="A-20731")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("order A-20731.", ("", "A-20731")),
        ("Order: (((\nCustomer: C-1", ("C-1", "")),
        ("Order: https://x.example/1\nCustomer: C-1", ("C-1", "")),
        ("Customer: C-1\nOrder:", ("C-1", "")),
        ("Customer: ()\nOrder: A-20731\nCustomer: Dora", ("Dora", "A-20731")),
        ("(customer C-1001)", ("C-1001", "")),
        ("A-20731?", ("", "A-20731")),
        ("#A-20731", ("", "A-20731")),
        ("“A-20731”", ("", "A-20731")),
        ("customer1001", ("customer1001", "")),
        ("C-1", ("", "C-1")),
        ("customer: C-1", ("C-1", "")),
        ("customer C-1\nO-1", ("C-1", "")),
        ("customer C-1 order O-1 order O-2", ("C-1", "")),
        ("https://portal.example/orders/?customer_id=C-1", ("C-1", "")),
        ("My order is A-20731, it is late", ("", "A-20731")),
        ("Dear team,\nplease check order A-20731", ("", "A-20731")),
    ],
)
def test_one_id_is_found_without_the_other(text: str, ids: tuple[str, str]) -> None:
    assert parse_ids(text) == ids


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "\u200b",
        "hello",
        "a b c",
        "a\nb\nc",
        "((( ]]",
        '"" ""',
        "https://[x",
        "https://x.example/1 https://x.example/2",
        "order customer",
        "customer order",
        "customer order id",
        "the customer wants his order back",
        "The order is out-for-delivery, says the customer",
        "Dear team,\nplease check A-20731",
        "please call 2 times\nA-20731",
        "Hello, my order, customer\nfoo, bar, baz",
        "order with the tracking number 1Z999",
        "order from 2026-11-20",
        "C-1;O-1\nC-1;O-2",
        "C-1 and O-1 are late",
    ],
)
def test_pasted_text_that_holds_no_id_is_not_guessed_at(text: str) -> None:
    assert parse_ids(text) == NOTHING


def test_id_behind_the_longest_text_is_not_looked_for() -> None:
    assert parse_ids("C-1001 A-2" + " " * 4086 + "0731") == Ids("C-1001", "A-2")
    assert parse_ids(" " * 4085 + "C-1 A-20731") == Ids("C-1", "A-20731")
    assert parse_ids(" " * 4086 + "C-1 A-20731") == Ids("C-1", "A-2073")
    assert parse_ids(" " * 4096 + LINK) == NOTHING


def test_ids_are_both_where_neither_is_missing() -> None:
    assert [Ids(*ids).are_both for ids in (("C", "O"), ("C", ""), ("", "O"), ("", ""))] == [
        True,
        False,
        False,
        False,
    ]


PIECES = [
    *"()[]{}<>\"'`*_~#.,;:!?…|&=%/\\-+\n\t \u200b\u2066\u00a0“„«–",
    *("C-1001", "A-20731", "customer", "order", "id", "is", "&amp;", "&#x0;", "&#9999999;", "%2", "%00", "://"),
    *("https://", "urldefense.com/v3/__", "__;", "!!", "**", "aHR0c", "https%3A%2F", "/customers/", "/orders/"),
    *("\ud800", "\0", "é", "ä", "رقم", "الطلب", "७", "²", "{", "[", '{"order_id":', "NaN", "1e999", '"'),
]


@pytest.mark.parametrize("seed", range(20))
def test_no_text_makes_it_fail(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - for tests

    for _ in range(50):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 60)))

        ids = parse_ids(text)

        assert ids.customer_id == ids.customer_id.strip()
        assert ids.order_id == ids.order_id.strip()


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize(
    "around",
    [
        "Customer: {0}\nOrder: {1}",
        "order {1} of customer {0}, please",
        "“{0}”, “{1}”",
        "customer;order\n{0};{1}",
        "| Order | Customer |\n|---|---|\n| {1} | {0} |",
        '{{"customer": {{"id": "{0}"}}, "order_id": "{1}"}}',
        "https://x.example/orders/?customer_id={0}&amp;order_id={1}",
        "**Customer number:** {0}.\n**Order number:** {1}.",
        "({0}) [#{1}]?",
    ],
)
def test_any_usual_ids_are_found_in_every_dress(seed: int, around: str) -> None:
    chance = random.Random(seed)  # noqa: S311 - for tests
    signs = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-_./"
    ids = [
        chance.choice("ABCXYZ19")
        + "".join(chance.choices(signs, k=chance.randint(2, 24)))
        + chance.choice("0123456789")
        for _ in range(2)
    ]

    assert parse_ids(around.format(*ids)) == Ids(*ids)


@pytest.mark.parametrize(
    "piece", ["/v3/__", "order ", "*", "a*", "(", "&amp;", "{[", "https%3A%2F", "a=b&", "customer: ", '"', "://"]
)
def test_work_for_a_long_text_is_bounded(piece: str) -> None:
    parse_ids(piece * 1_000_000)
