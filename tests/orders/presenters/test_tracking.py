"""The tracking numbers of a delivery and the links that belong to them."""

from __future__ import annotations

import pytest

from orders.erc.schema import TrackingInfo
from tests.support.cards import delivery


@pytest.mark.parametrize(
    ("number", "address", "shown"),
    [
        ("#USPS 123456789", "https://usps.example/1", [("#USPS 123456789", "https://usps.example/1")]),
        ("#USPS 123456789", "http://usps.example/1", [("#USPS 123456789", "http://usps.example/1")]),
        ("1", "javascript:alert(1)", [("1", "")]),
        ("1", None, [("1", "")]),
        (" ", "https://usps.example/1", [("", "https://usps.example/1")]),
        (None, "https://usps.example/1", [("", "https://usps.example/1")]),
        ("N/A", "https://usps.example/1", [("", "https://usps.example/1")]),
        ("N/A", "https://usps.example/{tracking}", []),
        ("N/A", None, []),
        (" ", "javascript:alert(1)", []),
        ("1Z9", "https://usps.example/?n={n}", [("1Z9", "https://usps.example/?n=1Z9")]),
        ("1Z1, 1Z2; 1Z3", None, [("1Z1", ""), ("1Z2", ""), ("1Z3", "")]),
        (
            "1Z1, 1Z2",
            "https://usps.example/@",
            [("1Z1", "https://usps.example/1Z1"), ("1Z2", "https://usps.example/1Z2")],
        ),
        ("1Z1, 1Z2", "https://usps.example/1Z1", [("1Z1", "https://usps.example/1Z1"), ("1Z2", "")]),
        (
            "1Z1, 1Z2",
            "https://usps.example/all",
            [("1Z1", "https://usps.example/all"), ("1Z2", "https://usps.example/all")],
        ),
    ],
)
def test_tracking_has_its_number_and_only_a_safe_link(
    number: str | None, address: str | None, shown: list[tuple[str, str]]
) -> None:
    assert list(delivery(tracking_info=TrackingInfo(number, address)).tracking) == shown
