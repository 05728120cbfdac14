"""What agents paste: both ids in every dress that other tools give them, one of them, or none."""

from __future__ import annotations

import json
import random
from base64 import b64encode
from urllib.parse import quote

import pytest

from orders.erc.query import has_dot_segment
from orders.lookup.paste import NOTHING, Ids, parse_ids

LINK = "https://portal.example/orders/?customer_id=C-1001&order_id=A-20731"
QUOTED = quote(LINK, safe="")
OF_PROOFPOINT_2 = "https-3A__portal.example_orders_-3Fcustomer-5Fid-3DC-2D1001-26order-5Fid-3DA-2D20731"
BOTH = Ids("C-1001", "A-20731")


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


@pytest.mark.parametrize(
    "text",
    [
        "customer;order\nC-1001;A-20731",
        "order_id,customer_id\r\nA-20731,C-1001\r\n",
        '"Date","Customer","Order","Total"\n"2026-11-01","C-1001","A-20731","1,200.00"',
        "Customer\tOrder\tDate\nC-1001\tA-20731\t2026-11-02",
        "Customer|Order\nC-1001|A-20731",
        "| Customer | Order |\n|---|:--:|\n| C-1001 | A-20731 |",
        "Report of today\n\n| # | Order No. | Customer No. |\n|---|---|---|\n| 1 | A-20731 | C-1001 |\n\nRegards",
        "Kundennummer;Bestellnummer\nC-1001;A-20731",
        "Customer;Customer id;Order date;Order\nDora Diaz;C-1001;2026-11-02;A-20731",
        "Número de cliente;Nº do pedido\nC-1001;A-20731",
        "Cliente;Número de cliente;Pedido\nDora;C-1001;A-20731",
        "Customer #;Order #\nC-1001;A-20731",
        '"customer", "order"\n"C-1001", "A-20731"',
        "Customer\nCustomer;Order\nC-1001;A-20731",
        "Customer;Order;Item\nC-1001;A-20731;Mug\nC-1001;A-20731;Chair",
        "Customer id    Order id\nC-1001         A-20731",
        "Customer Order\nC-1001 A-20731",
        "| Customer | C-1001 |\n| Order | A-20731 |",
        "Customer ID\tC-1001\nOrder ID\tA-20731\nStatus\tsent",
    ],
)
def test_ids_in_a_table_are_found_by_its_headings(text: str) -> None:
    assert parse_ids(text) == BOTH


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("customer;order\nDora Diaz;O 1", ("Dora Diaz", "O 1")),
        ('customer,order\n"A, B",O-1', ("A, B", "O-1")),
        ('customer,order\nO-1, "A, B"', ("O-1", "A, B")),
        ("customer;order\nN/A;O-1", NOTHING),
        ("customer;order\n-;O-1", NOTHING),
        ("customer #;order #\nX-1;O-1", ("X-1", "O-1")),
        ("customer,order,note\nC-1,O-1,one,two\nC-2,O-2,three", NOTHING),
        ("customer;order\nC-1;O-1\nC-1;O-2", NOTHING),
        ("customer;order", NOTHING),
        ("customer says\norder late", NOTHING),
    ],
)
def test_table_says_no_more_than_its_rows(text: str, ids: tuple[str, str]) -> None:
    found = parse_ids(text)

    assert (found if found.are_both else NOTHING) == ids


@pytest.mark.parametrize(
    "value",
    [
        {"customer_id": "C-1001", "order_id": "A-20731"},
        {"orders": [{"order": {"id": "A-20731"}}], "customers": [{"customer": {"id": "C-1001"}}]},
        {"customer": "Dora", "customer_number": "C-1001", "order": "A-20731"},
        {"customerID": "C-1001", "customerNumber": "7", "order": "A-20731"},
        {"customerId": "C-1001", "orderNumber": "A-20731", "orderDate": "2026-11-02"},
        {"order": {"id": "A-20731", "customer": {"id": "C-1001", "name": "Dora"}}},
        {"orders": [{"order_id": "A-20731", "customer": "C-1001", "paid": True}]},
        {"customer": "Dora", "customer_id": "C-1001", "order": {"number": "7", "id": "A-20731"}},
        {"customer_id": "C-1001", "order": "A-20731", "is_order": True, "note": {"order": None}},
    ],
)
def test_ids_in_json_are_found_wherever_they_stand(value: object) -> None:
    for indent in (None, 2):
        text = json.dumps(value, indent=indent)

        assert parse_ids(text) == BOTH
        assert parse_ids(f"Payload: {text}, thanks") == BOTH


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('{"customer_id": 1001, "order_id": 20731}', ("1001", "20731")),
        ('{"customer_id": "C\\/1", "order_id": "O\\u002d1."}', ("C/1", "O-1.")),
        ('{"Número": {"de cliente": "C\\/1", "de pedido": "O-1"}}', ("C/1", "O-1")),
        ('{customer_id: "C-1", order_id: "O 1"}', ("C-1", "O 1")),
        ('{"customer_id": null, "order_id": "O-1"}', ("", "O-1")),
        ('{"customer_id": true, "order_id": "O-1"}', ("", "O-1")),
        ('{"customer_id": "C-1", "orders": [{"order_id": "O-1"}, {"order_id": "O-2"}]}', ("C-1", "")),
    ],
)
def test_values_of_json_are_taken_as_they_are(text: str, ids: tuple[str, str]) -> None:
    assert parse_ids(text) == ids


@pytest.mark.parametrize(
    "link",
    [
        LINK.replace("&", "&amp;"),
        LINK.replace("&", "&#38;"),
        LINK.replace("&", "&amp;amp;"),
        f"https://eur01.safelinks.protection.outlook.com/?url={QUOTED}&data=05%7C01%7Cagent&sdata=x%3D&reserved=0",
        f"https://www.google.com/url?q={QUOTED}&sa=D&source=editors&ust=1",
        f"https://www.google.com/url?sa=t&url={LINK}&usg=x",
        f"https://l.facebook.com/l.php?u={QUOTED}&h=x",
        f"https://urldefense.proofpoint.com/v1/url?u={QUOTED}&k=x",
        f"https://urldefense.proofpoint.com/v2/url?u={OF_PROOFPOINT_2}&d=DwMF&c=x&r=y&m=z&s=t&e=",
        f"https://urldefense.com/v3/__{LINK}__;!!abc!def$",
        "https://urldefense.us/v3/__https://portal.example/orders/?customer_id=C*2D1001&order_id=A*2D20731__;JSU!!a!b$",
        "https://urldefense.com/v3/__https://portal.example/orders/**A?customer_id=C-1001&order_id=A*20731__;4pyT4pyTLQ!!a$",
        f"https://secure-web.cisco.com/1abc/{QUOTED}",
        f"https://secure-web.cisco.com/1abc/{QUOTED.replace('%3A', '%3a').replace('%2F', '%2f')}",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__x.example_customers_C-2D1001_orders_A-2D20731&d=D",
        f"https://eu-west-1.protection.sophos.com?d=portal.example&u={b64encode(LINK.encode()).decode()}&i=x",
        f"https://x.safelinks.protection.outlook.com/?url={quote('https://x.example/url?q=' + QUOTED, safe='')}",
        f"https://portal.example/login/?next={quote('/orders/?customer_id=C-1001&order_id=A-20731', safe='')}",
        "https://crm.example/#/case?customer=C-1001&order=A-20731",
        "https://api.example/customers/C-1001/orders/A-20731/items",
    ],
)
def test_ids_in_a_link_are_found_whatever_it_is_wrapped_in(link: str) -> None:
    assert parse_ids(link) == BOTH
    assert parse_ids(f"See ({link}), please.") == BOTH
    assert parse_ids(f"[the order]({link})") == BOTH
    assert parse_ids(f'<a href="{link}">the order</a>') == BOTH
    assert parse_ids(f"{link}\n{LINK}") == BOTH


@pytest.mark.parametrize("said", ["unknown", "Null", "none", "nil", "undefined", "true", "false", "N/A", "?"])
def test_placeholder_is_no_id(said: str) -> None:
    assert parse_ids(f"Order: A-20731\nCustomer: {said}") == Ids(order_id="A-20731")


@pytest.mark.parametrize(("times", "ids"), [(1, BOTH), (3, BOTH), (4, NOTHING)])
def test_link_is_unwrapped_a_few_times(times: int, ids: Ids) -> None:
    link = LINK
    for _ in range(times):
        link = f"https://guard.example/?url={quote(link, safe='')}"

    assert parse_ids(link) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("https://portal.example/?customer_id=C-1&order_id=O-1.", ("C-1", "O-1.")),
        (" \nhttps://portal.example/?customer_id=C-1&order_id=O-1.\n", ("C-1", "O-1.")),
        ("https://portal.example/?customer_id=C%2D%E2%80%93&order_id=%26amp%3B", ("C-–", "&amp;")),
        ("https://portal.example/?customer_id=C-1%E2%80%8B&order_id=%22O-1%22", ("C-1", "O-1")),
        ("https://x.example/?order=asc&order_id=O-1&customer_id=C-1", ("C-1", "O-1")),
        ("https://x.example/?section=5&copy=1&customer_id=C-1&order_id=O-1&para=2", ("C-1", "O-1")),
        ("https://x.example/?customer_id=+&order_id=O-1", ("", "O-1")),
        (f"{LINK}\n{LINK.replace('A-2', 'B-2')}", ("", "")),
        ("https://x.example/customers/C-1/orders/", ("", "")),
        ("https://x.example/customers/C-1/orders/O-1?order_id=9&customer_id=8", ("C-1", "O-1")),
        ("https://portal.example/?customer_id=C-1&order_id=O-1X", ("C-1", "O-1X")),
        ("See https://portal.example/?customer_id=C-1&order_id=O-1X, please", ("C-1", "O-1X")),
        ("https://x.example/v2/url?u=https-3A__p.example_-3Fcustomer-5Fid-3DC-26order-5Fid-3DO", ("", "")),
        ("https://urldefense.com/v3/__https://x.example/?customer_id=C*1&order_id=O**!1__;!!a$", ("C1", "O!1")),
        ("https://urldefense.com/v3/__https://x.example/?customer_id=C*1&order_id=O-1__;A!!a$", ("C1", "O-1")),
        ("https://urldefense.com/v3/__https://x.example/?customer_id=C-1&order_id=O-1__;_w!!a$", ("C-1", "O-1")),
        (
            "https://urldefense.com/v3/__https://x.example/?customer_id=C-1&order_id=O**A1__;ISE!!a$",
            ("C-1", "O!!1"),
        ),
    ],
)
def test_ids_of_a_link_are_exactly_what_it_says(text: str, ids: tuple[str, str]) -> None:
    assert parse_ids(text) == ids


@pytest.mark.parametrize(
    "mark", ["\u200b", "\u200e", "\u2066", "\u2069", "\u00ad", "\ufeff", "\u2060", "\u061c", "\ufe0f"]
)
def test_invisible_marks_are_no_part_of_an_id(mark: str) -> None:
    dirty = mark.join(" C-1001 A-20731 ")

    assert parse_ids(dirty) == BOTH
    assert parse_ids(f"{mark}Order{mark}: {mark}A-20{mark}731{mark}\nCustomer: C-1001{mark}") == BOTH
    assert parse_ids(LINK.replace("1001", f"10{mark}01") + mark) == BOTH


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u1680", "\u2000", "\u200a", "\u205f", "\u3000", "&nbsp;"])
def test_spaces_of_typesetters_are_spaces(space: str) -> None:
    assert parse_ids(f"{space}C-1001{space}A-20731{space}") == BOTH
    assert parse_ids(f"C{space}7\nO-1") == Ids("C 7", "O-1")
    assert parse_ids(f"Order{space}number:{space}A-20731{space}Customer:{space}C-1001") == BOTH


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


def test_dots_that_make_an_id_climb_are_not_taken_for_the_end_of_a_sentence() -> None:
    climbing = parse_ids("Customer: C-1\nOrder: O-1/..")
    ending = parse_ids("Customer: C-1\nOrder: O-1..")

    assert has_dot_segment(climbing.order_id)
    assert ending == ("C-1", "O-1")
