"""The ids in what people write: in sentences of any language, in quotes, brackets and Markdown."""

from __future__ import annotations

import pytest

from orders.erc.query import has_dot_segment
from tests.support.pasting import BOTH, parse_ids


@pytest.mark.parametrize(
    "text",
    [
        "Why is order A-20731 late? I am customer C-1001.",
        "A-20731. That is my order; customer: C-1001, order: A-20731!",
        "(customer C-1001) [order A-20731]",
        "Customer (C-1001), order (#A-20731)?",
        "customer C-1001's order A-20731…",
        "Order: A-20731. It has not arrived.\nCustomer: C-1001, Dora",
        "Order: A-20731 (paid)\nCustomer: C-1001 - Dora Diaz",
        "Order: A-20731 has not arrived\nCustomer: C-1001 is angry",
        "Hello,\nthe customer says that order A-20731 of customer C-1001 has not come.\nThanks",
        "Customer: Dora Diaz\nCustomer id: C-1001\nOrder: A-20731",
        "Order total: 89.00\nOrder: A-20731\nCustomer: C-1001",
        "order F-slow is not A-20731 but order A-20731, of customer C-1001",
    ],
)
def test_ids_in_a_sentence_are_found_without_its_signs(text: str) -> None:
    assert parse_ids(text) == BOTH


@pytest.mark.parametrize(
    "text",
    [
        "Order number is A-20731, customer number is C-1001.",
        "My order with the number A-20731; customer id was C-1001",
        "Die Bestellnummer lautet A-20731, meine Kundennummer ist C-1001.",
        "Bestellung mit der Nr. A-20731, Kundin C-1001",
        "mi número de pedido es A-20731 y mi número de cliente es el C-1001",
        "¿Dónde está mi pedido A-20731? Soy el cliente C-1001.",
        "le numéro de commande est A-20731 et le numéro client est le C-1001",
        "Où est ma commande n° A-20731 ? Client n° C-1001",
        "o número do pedido é A-20731 e o número do cliente é o C-1001",
        "Onde está o pedido nº A-20731 da cliente C-1001?",
        "رقم الطلب هو A-20731 ورقم العميل هو C-1001",
        "رقم طلبي هو A-20731، رقم الزبون هو C-1001؟",
    ],
)
def test_ids_in_a_sentence_of_any_language_are_found(text: str) -> None:
    assert parse_ids(text) == BOTH


@pytest.mark.parametrize(
    "text",
    [
        '"C-1001","A-20731"',
        "'C-1001';'A-20731'",
        "“C-1001” „A-20731“",
        "«C-1001» ‹A-20731›",
        "`C-1001` | `A-20731`",
        "(C-1001, A-20731)",
        "[C-1001] [A-20731].",
        "#C-1001 #A-20731",
        "- C-1001\n- A-20731",
        "1. C-1001,\n2. A-20731,",
        "“C-1001”\n“A-20731”",
        "C–1001 A−20731",
        "Customer：C-1001、Order：＃A-20731",
        "（Customer＝C-1001）｜（Order＝A-20731）。",
        "［C-1001］；＂A-20731＂！",
        "Customer: C-1001، Order: A-20731؟",
        "C-1001؛ A-20731。",
        "**Order:** A-20731\n**Customer:** C-1001",
        "**Order**: A-20731, **Customer**: C-1001",
        "- *Order number*: `A-20731`\n- __Customer__: **C-1001**",
        "customer_id: 'C-1001'\norder_id: 'A-20731'",
        "'customer_id' => 'C-1001', 'order_id' => 'A-20731'",
        "order=A-20731; customer=C-1001",
    ],
)
def test_ids_in_quotes_brackets_and_markdown_are_found(text: str) -> None:
    assert parse_ids(text) == BOTH


def test_dots_that_make_an_id_climb_are_not_taken_for_the_end_of_a_sentence() -> None:
    climbing = parse_ids("Customer: C-1\nOrder: O-1/..")
    ending = parse_ids("Customer: C-1\nOrder: O-1..")

    assert has_dot_segment(climbing.order_id)
    assert ending == ("C-1", "O-1")
