from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from orders.presenters.private import format_phone, mask_email, mask_phone


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("maria@example.com", "m•••@example.com"),
        ("Maria.Silva+shop@Example.com", "M•••@Example.com"),
        ("ana@example.com", "a•••@example.com"),
        ("an@example.com", "•••@example.com"),
        ("a@example.com", "•••@example.com"),
        ("@example.com", "•••@example.com"),
        ('"a@b"@example.com', '"•••@example.com'),
        ("maria", "•••"),
        ("", ""),
        ("\u202emaria\ud800@example.com\0", "m•••@example.com"),
    ],
)
def test_address_is_masked_but_for_its_first_letter_and_host(address: str, masked: str) -> None:
    assert mask_email(address) == masked
    assert mask_email(address, "other@example.com") == masked


@pytest.mark.parametrize("typed", ["maria@example.com", "MARIA@example.com"])
def test_typed_address_is_shown_whole(typed: str) -> None:
    assert mask_email("Maria@Example.com", typed) == "Maria@Example.com"


@pytest.mark.parametrize("typed", ["", "maria", "m", "@example.com", "ria@example.com"])
def test_part_of_an_address_shows_no_more_of_it(typed: str) -> None:
    assert mask_email("maria@example.com", typed) == "m•••@example.com"
    assert mask_email("maria", typed) == "•••"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("+351910000000", "+351 ••• ••• •00"),
        ("+351 910-000-042", "+351 ••• ••• •42"),
        ("+12025550123", "+1 •••-•••-••23"),
        ("+1 202 555 0123 ext. 99", "+1 •••-•••-••23"),
        ("0171 1234567", "•••67"),
        ("12345", "•••"),
        ("call Maria next door", "•••"),
        ("ask Maria, 0171 1234567", "•••67"),
        ("", ""),
        ("\u202e+351910000000\ud800", "+351 ••• ••• •00"),
    ],
)
def test_number_is_masked_but_for_its_country_and_last_digits(number: str, masked: str) -> None:
    assert mask_phone(number) == masked
    assert mask_phone(number, "+4915112345678") == masked


@pytest.mark.parametrize("typed", ["+351910000042", "351910000042", "910000042", "0910000042", "+351 910 000 042"])
def test_typed_number_is_shown_whole(typed: str) -> None:
    assert mask_phone("+351910000042", typed) == "+351 910 000 042"
    assert mask_phone("00 42 17 42 42", "0042174242") == "00 42 17 42 42"


@pytest.mark.parametrize("typed", ["", "0", "0000000", "42", "0000042", "10000042", "+34910000042"])
def test_part_of_a_number_shows_no_more_of_it(typed: str) -> None:
    assert mask_phone("+351910000042", typed) == "+351 ••• ••• •42"
    assert mask_phone("none", typed) == "•••"


def test_number_is_formatted_as_it_is_written_abroad(settings: Settings) -> None:
    settings.PHONE_REGION = "DE"

    assert format_phone("+351910000042") == "+351 910 000 042"
    assert format_phone("0171/1234567") == "+49 171 1234567"
    assert mask_phone("0171/1234567", "+491711234567") == "+49 171 1234567"


@pytest.mark.parametrize("number", ["", "abc", "12345", "0171 1234567", "+999 1", "1" * 5000])
def test_number_that_cannot_be_read_stays_as_it_came(number: str) -> None:
    assert format_phone(number) == number
