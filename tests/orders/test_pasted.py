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
    ],
)
def test_pasted_text_that_is_not_two_ids_is_not_guessed_at(text: str) -> None:
    assert understood(text) is None
