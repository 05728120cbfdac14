"""The ids in what other programs hand out: tables and JSON."""

from __future__ import annotations

import json

import pytest

from orders.lookup.find.ids import NOTHING
from tests.support.pasting import BOTH, parse_ids


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
