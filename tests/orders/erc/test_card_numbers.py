from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from orders.erc.after_sales import PaymentDetail
from orders.erc.card_numbers import card_ending, mask_card_number, mask_in_text, mask_runs, mask_value
from orders.erc.payments import PaymentDetails

WHOLE = "4111111111114242"
"""A card's number that does not pass Luhn's check."""

VALID = "4111111111111111"
"""One that passes it."""


@pytest.mark.parametrize(
    ("number", "ending"),
    [
        (WHOLE, "4242"),
        ("4111 1111 1111 4242", "4242"),
        ("4111-1111-1111-4242", "4242"),
        ("•••• •••• •••• 4242", "4242"),
        ("411111******4242", "4242"),
        ("XXXX4242", "4242"),
        ("4242", "4242"),
        ("42", "42"),
        ("4.111111111114242E15", "4242"),
        ("4111111111114242.0", "4242"),
        ("٤٢٤٢", "٤٢٤٢"),
        ("1e999", "1999"),
        ("****", None),
        ("", None),
        (None, None),
    ],
)
def test_ending_is_at_most_the_last_four_digits(number: str | None, ending: str | None) -> None:
    assert card_ending(number) == ending
    assert PaymentDetails(card_number=number).card_number == ending
    assert PaymentDetail(card_number=number, is_refunded=True).card_number == ending


@pytest.mark.parametrize("number", ["4242", "•••• 4242", "none", "", "XX-42"])
def test_number_of_four_digits_or_fewer_stays_as_it_came(number: str) -> None:
    assert mask_card_number(number) == number


@pytest.mark.parametrize("number", [WHOLE, "4111 1111 1111 4242", "04242", "411111******4242"])
def test_number_of_more_digits_is_cut(number: str) -> None:
    assert mask_card_number(number) == "•••• 4242"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (VALID, "•••• 1111"),
        ("paid by 4111 1111 1111 1111.", "paid by •••• 1111."),
        ("paid by 4111-1111-1111-1111, thanks", "paid by •••• 1111, thanks"),
        ("paid by 4111.1111.1111.1111.", "paid by •••• 1111."),
        ("paid by 4111/1111/1111/1111 or 4111_1111_1111_1111", "paid by •••• 1111 or •••• 1111"),
        ("paid by 4111\u00a01111\u00a01111\u00a01111", "paid by •••• 1111"),
        ("3782 822463 10005", "•••• 0005"),
        ("378282246310005 and 6011000990139424", "•••• 0005 and •••• 9424"),
        (f"the card {WHOLE} is unknown", "the card •••• 4242 is unknown"),
    ],
)
def test_digits_in_the_form_of_a_card_are_masked_in_a_text(text: str, masked: str) -> None:
    assert mask_in_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        "1Z4111111111111111",
        "4111111111111111X",
        "41111111111111111111",
        "4.111111111111111",
        "2021-10-23 2021-10-25",
        "1790000000000",
        "0000000000000000",
        "+351 910 000 000",
        "4111 1111 1111",
    ],
)
def test_other_digits_stay_in_a_text(text: str) -> None:
    assert mask_in_text(text) == text


def test_all_digits_in_the_form_of_a_card_can_be_masked() -> None:
    assert mask_runs(f"no {WHOLE} here, 1790000000000") == "no •••• 4242 here, 1790000000000"


@pytest.mark.parametrize(
    "key",
    [
        "card_number",
        "cardNumber",
        "CARD-NUMBER",
        "card number",
        "creditCardNumber",
        "card_no",
        "ccNumber",
        "pan",
        "PAN",
        "primary_account_number",
        "card_numbers",
        "cardPan",
    ],
)
def test_value_under_a_key_of_cards_is_cut_whatever_it_is(key: str) -> None:
    nested: Any = {"a": [WHOLE, 12, True, None], "b": Decimal(WHOLE)}

    assert mask_value({key: WHOLE}) == {key: "•••• 4242"}
    assert mask_value([{key: int(WHOLE)}]) == [{key: "•••• 4242"}]
    assert mask_value({key: nested}) == {key: {"a": ["•••• 4242", 12, True, None], "b": "•••• 4242"}}


@pytest.mark.parametrize("key", ["tracking_number", "id", "japan", "company", "discount", "acc_number", "number"])
def test_value_under_another_key_stays(key: str) -> None:
    given = {key: VALID, "n": int(VALID)}

    assert mask_value(given) == given


def test_custom_fields_hold_no_card_anywhere() -> None:
    given = {"id": VALID, "custom_fields": {"paid": VALID, "n": [int(VALID)], "d": Decimal(VALID), "id": WHOLE}}

    masked = mask_value(given)

    assert masked["id"] == VALID
    assert masked["custom_fields"] == {"paid": "•••• 1111", "n": ["•••• 1111"], "d": "•••• 1111", "id": WHOLE}
    assert mask_value({"a": VALID, "b": 1.5}, is_free=True) == {"a": "•••• 1111", "b": 1.5}
