from __future__ import annotations

import pytest

from orders.presenters.payment import card_text


@pytest.mark.parametrize(
    ("brand", "number", "shown"),
    [
        ("Visa", "4111111111114242", "Visa •••• 4242"),
        ("Visa", "•••• •••• •••• 4242", "Visa •••• 4242"),
        ("Visa", "XXXX-XXXX-XXXX-4242", "Visa •••• 4242"),
        ("Visa", "4111\u202e1111\x001111 4242", "Visa •••• 4242"),
        ("Visa", "42", "Visa •••• 42"),
        ("Visa", "none", "Visa"),
        ("Visa", None, "Visa"),
        (None, "4242", "•••• 4242"),
        ("V&amp;B\u202e", "", "V&B"),
        (None, None, ""),
    ],
)
def test_card_is_its_brand_and_the_last_four_digits_at_most(
    brand: str | None, number: str | None, shown: str
) -> None:
    assert card_text(brand, number) == shown
