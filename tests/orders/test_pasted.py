from __future__ import annotations

import pytest

from orders.pasted import understood


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
        ("Look: <https://portal.example/orders/?customer_id=C%2F1&order_id=%231>, please", ("C/1", "#1")),
        ("https://crm.example/case?customerId=C-1&orderId=O-1", ("C-1", "O-1")),
        ("customer_id=C%2F1&order_id=O+1", ("C/1", "O 1")),
        ("https://api.example/erc/ecommerce/customers/a%2Fb/orders/c%20d/items?limit=5", ("a/b", "c d")),
        ("order789 customer123", ("customer123", "order789")),
        ("order-789\ncustomer-123", ("customer-123", "order-789")),
        ("customer-123 order-789", ("customer-123", "order-789")),
        ("C-1 / O-1", ("C-1", "O-1")),
        ("customer_id: C-1 order_id: O-1", ("C-1", "O-1")),
        ("Customer: A and B\nOrder: O 1", ("A and B", "O 1")),
        ("Customer\nC 1\nOrder:\nO-1", ("C 1", "O-1")),
        ("Kundennummer: C-1\nBestell-Nr.: O-1", ("C-1", "O-1")),
        ("Auftrag O-1, Kunde C-1", ("C-1", "O-1")),
        ("Nº de pedido: O-1\nNúmero de cliente: C-1", ("C-1", "O-1")),
        ("N° client : C-1 N° commande : O-1", ("C-1", "O-1")),
        ("رقم العميل: C-1\nرقم الطلب: O-1", ("C-1", "O-1")),
    ],
)
def test_pasted_text_is_understood(text: str, ids: tuple[str, str]) -> None:
    assert understood(text) == ids


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "C-1",
        "a b c",
        "a\nb\nc",
        "https://portal.example/orders/?customer_id=C-1",
        "https://[x",
        "customer: C-1",
        "customer C-1\nO-1",
        "customer C-1 order O-1 order O-2",
        "order customer",
    ],
)
def test_pasted_text_that_is_not_two_ids_is_not_guessed_at(text: str) -> None:
    assert understood(text) is None
