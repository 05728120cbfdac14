"""Phone numbers in the find box, in the spellings of several countries."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from orders.lookup.find import Kind, read_query
from tests.support.finding import customer, ids, number, phone


@pytest.mark.parametrize(
    "text",
    [
        "+351 912 345 678",
        "+351912345678",
        "+351-912-345-678",
        "+351.912.345.678",
        "(+351) 912 345 678",
        "+351 (912) 345/678",
        "00351 912 345 678",
        "(00351) 912345678",
        "＋３５１　９１２　３４５　６７８",
        "+٣٥١ ٩١٢ ٣٤٥ ٦٧٨",
        "+३५१ ९१२ ३४५ ६७८",
        "+351\u00a0912\u2011345\u2011678",
        "\u202a+351 912 345 678\u202c",
        "“+351 912 345 678”",
        "tel:+351912345678",
        "tel:+351-912-345-678;ext=12",
        '<a href="tel:+351912345678">call</a>',
        "+351 912 345 678 ext. 12",
        "+351 912 345 678 x12",
        "+351 912 345 678, poste 12",
        "+351 912 345 678 ramal 12",
        "+351 912 345 678 Durchwahl 12",
        "Call Ana at +351 912 345 678, please.",
        "Phone: +351 912 345 678",
        "Telefonnummer: +351 912 345 678",
        "Mein Handy ist +351 912 345 678",
        "Número de teléfono: +351 912 345 678",
        "Mi móvil es +351 912 345 678",
        "N° de téléphone : +351 912 345 678",
        "Telemóvel: +351 912 345 678",
        "Meu celular é +351 912 345 678",
        "رقم الهاتف: +351 912 345 678",
        "customer: +351 912 345 678",
        "Ana Souza, +351 912 345 678",
        "Ana Souza\n+351 912 345 678",
        "+351 912 345 678 / +351912345678",
        '{"phone": "+351912345678"}',
        "phone=+351912345678",
    ],
)
@pytest.mark.parametrize("region", ["", "US", "PT"])
def test_number_with_its_country_is_read_in_any_spelling(text: str, region: str, settings: Settings) -> None:
    settings.PHONE_REGION = region

    assert read_query(text) == (phone("+351912345678"),)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("00351 910 000 000", "+351910000000"),
        ("00351910000000", "+351910000000"),
        ("(00351) 910 000 003", "+351910000003"),
        ("0044 (0)20 7900 0058", "+442079000058"),
        ("Phone: 0049 (0) 800 1000 100", "+498001000100"),
    ],
)
def test_zeros_behind_the_prefix_belong_to_the_number(text: str, normal: str) -> None:
    assert read_query(text)[0] == phone(normal)


@pytest.mark.parametrize(
    ("region", "normal", "spellings"),
    [
        (
            "US",
            "+12025550123",
            "(202) 555-0123|202.555.0123|202 555 0123|1 202-555-0123|1 (202) 555 0123|202 5550123",
        ),
        (
            "US",
            "+12025550123",
            "+1 202 555 0123|001 202 555 0123|(202)555-0123 ext. 4|tel:202-555-0123|Tel. 202/555 0123",
        ),
        (
            "DE",
            "+491711234567",
            "0171 1234567|0171/1234567|0171 / 123 45 67|(0171) 1234567|+49 (0) 171 1234567|0049 171 1234567",
        ),
        (
            "GB",
            "+442079460958",
            "020 7946 0958|(020) 7946 0958|020.7946.0958|+44 (0)20 7946 0958|+44 20 7946 0958|tel:02079460958",
        ),
        (
            "FR",
            "+33612345678",
            "06 12 34 56 78|06.12.34.56.78|06 12345678|+33 6 12 34 56 78|+33(0)612345678|0033 6 12 34 56 78",
        ),
        (
            "BR",
            "+5511912345678",
            "(11) 91234-5678|11 91234 5678|11 912345678|011 91234 5678|+55 11 91234-5678|55 11 91234 5678",
        ),
        (
            "SA",
            "+966551234567",
            "055 123 4567|٠٥٥ ١٢٣ ٤٥٦٧|+966 55 123 4567|00966 55 1234567|٠٠٩٦٦ ٥٥ ١٢٣٤٥٦٧|(055) 1234567",
        ),
        (
            "ES",
            "+34612345678",
            "612 345 678|612 34 56 78|612.345.678|+34 612 345 678|0034 612345678|Teléfono 612345678",
        ),
    ],
)
def test_number_without_its_country_is_read_by_the_setting(
    region: str, normal: str, spellings: str, settings: Settings
) -> None:
    settings.PHONE_REGION = region

    assert {text: read_query(text) for text in spellings.split("|")} == {
        text: (phone(normal),) for text in spellings.split("|")
    }


def test_digits_are_a_phone_an_order_number_and_a_customer(settings: Settings) -> None:
    settings.PHONE_REGION = "PT"
    all_three = (phone("+351912345678"), number("912345678"), customer("912345678"))

    assert read_query("912345678") == all_three
    assert read_query("٩١٢٣٤٥٦٧٨") == all_three
    assert read_query("912-345-678") == (phone("+351912345678"), number("912-345-678"))


@pytest.mark.parametrize(
    ("region", "text"), [("DE", "7654321098765"), ("DE", "20241120"), ("US", "3046873350"), ("BR", "551191234567")]
)
def test_customer_of_a_shop_that_counts_is_found_whatever_phones_look_like(
    region: str, text: str, settings: Settings
) -> None:
    settings.PHONE_REGION = region

    assert customer(text) in read_query(text)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("912345678", (phone("912345678"), number("912345678"), customer("912345678"))),
        ("2073112", (number("2073112"), phone("2073112"), customer("2073112"))),
        ("0207311", (phone("0207311"), number("0207311"), customer("0207311"))),
        (
            "351912345678",
            (phone("+351912345678"), phone("351912345678"), number("351912345678"), customer("351912345678")),
        ),
        ("912 345 678", (phone("912345678"), number("912345678"))),
        ("0171 1234567", (phone("01711234567"), number("01711234567"))),
        ("(202) 5550123", (phone("2025550123"), number("2025550123"))),
        ("11 912345678", (phone("11912345678"), number("11912345678"))),
        ("+999 123 45 67", (phone("+9991234567"),)),
        ("phone 912345678", (phone("912345678"),)),
        ("Handynummer: 0171 1234567", (phone("01711234567"),)),
        ("Ana Souza 912 345 678", (phone("912345678"), number("912345678"))),
        ("6071234567890", (number("6071234567890"), phone("6071234567890"), customer("6071234567890"))),
    ],
)
def test_number_without_any_country_keeps_its_digits(text: str, readings: tuple[object, ...]) -> None:
    assert read_query(text) == readings


def test_number_that_the_plan_does_not_know_yet_has_two_forms(settings: Settings) -> None:
    settings.PHONE_REGION = "GB"

    assert read_query("07700 900 123")[:2] == (phone("+447700900123"), phone("07700900123"))


def test_number_of_the_country_is_found_in_a_sentence(settings: Settings) -> None:
    settings.PHONE_REGION = "US"

    assert read_query("Please call Ana at 202 555 0123 by 5 pm") == (phone("+12025550123"),)
    assert read_query("order 2025550123 is late") == (number("2025550123"),)


def test_two_numbers_are_both_found() -> None:
    assert read_query("+351 912 345 678 or +1 202 555 0123") == (phone("+351912345678"), phone("+12025550123"))


@pytest.mark.parametrize(
    "text",
    [
        "20731",
        "123456",
        "2026-11-20",
        "20.11.2026",
        "since 2026-11-20 14:30",
        "A-2073112345",
        "2073112345X",
        "207-311-2345-A",
        "#2073112345",
        "https://x.example/2073112345",
        "12345678901234567890",
        "114-1234567-1234567",
        "C-1001 A-20731",
    ],
)
def test_other_digits_are_no_phone_number(text: str) -> None:
    assert Kind.PHONE not in {reading.kind for reading in read_query(text)}


@pytest.mark.parametrize("text", ["6071234567890 4509876543210", "912, 345678", "912\n345678"])
def test_two_groups_of_digits_that_are_no_phone_number_are_ids(text: str) -> None:
    first, second = text.replace(",", " ").split()

    assert read_query(text) == (ids(first, second),)


def test_two_groups_of_digits_that_may_be_a_phone_number_are_ids_last() -> None:
    assert read_query("1001 20731") == (phone("100120731"), number("100120731"), ids("1001", "20731"))
