"""What holds for every text in the find box: nothing makes it fail, and its work is bounded."""

from __future__ import annotations

import random

import pytest
from pytest_django.fixtures import Settings

from orders.erc.query import is_usable_id
from orders.lookup.find import Kind, read_query
from orders.lookup.find.read import MAX_READINGS
from tests.support.finding import email, number

MAX_LENGTHS = {
    Kind.EMAIL: 254,
    Kind.PHONE: 16,
    Kind.ORDER_NUMBER: 200,
    Kind.NAME: 200,
    Kind.CUSTOMER_ID: 512,
    Kind.IDS: 512,
}
PIECES = [
    *"()[]{}<>\"'`*_~#.,;:!?…|&=%/\\-+@\n\t \u200b\u2066\u202e\u00a0“„«–\x1b\x85\u2028",
    *(
        "C-1001",
        "A-20731",
        "customer",
        "order",
        "id",
        "is",
        "name",
        "Name:",
        "tel:",
        "phone",
        "mailto:",
        "ext",
        "x12",
    ),
    *("https://", "/customers/", "/orders/", "%40", "%2B", "%", "&amp;", "&#x0;", "&#xD800;", "&#9999999;", "N/A"),
    *(
        "ana@shop.example",
        "+351 912 345 678",
        "00351",
        "912345678",
        "(0)",
        "Ana",
        "Souza",
        "hello",
        "Frau",
        "2026-11-20",
    ),
    *(
        "\ud800",
        "\udfff",
        "\0",
        "é",
        "\u0301",
        "ß",
        "İ",
        "رقم",
        "الطلب",
        "٣",
        "७",
        "²",
        "Ⅷ",
        "{",
        '{"order_id":',
        "1e999",
    ),
]


@pytest.mark.parametrize("region", ["", "DE"])
@pytest.mark.parametrize("seed", range(20))
def test_no_text_makes_it_fail(seed: int, region: str, settings: Settings) -> None:
    settings.PHONE_REGION = region
    chance = random.Random(seed)  # noqa: S311 - for tests

    for _ in range(50):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 40)))

        readings = read_query(text)

        assert len(readings) == len(set(readings)) <= MAX_READINGS
        assert len(readings) == 1 or Kind.IDS not in {reading.kind for reading in readings}
        for reading in readings:
            assert reading.text == reading.text.strip() != ""
            assert len(reading.text) <= MAX_LENGTHS[reading.kind]
            assert len(reading.order_id) <= MAX_LENGTHS[Kind.IDS]
            assert reading.text.isprintable() or reading.kind is Kind.IDS
            assert bool(reading.order_id) is (reading.kind is Kind.IDS)
            assert reading.kind is not Kind.CUSTOMER_ID or is_usable_id(reading.text)
            (reading.text + reading.order_id).encode()


@pytest.mark.parametrize(
    "typed", ["", " ", "\n\t", "\u200b\u2066\u2069", "\0\x1b\x7f", "\ud800", "\ufeff", "()", "@", "+", "#"]
)
def test_nothing_usable_is_nothing(typed: str) -> None:
    assert read_query(typed) == ()


@pytest.mark.parametrize(
    "mark", ["\0", "\x1b", "\x7f", "\ud800", "\u202e", "\u200f", "\u2066", "\ufeff", "&#8203;"]
)
def test_marks_and_control_characters_are_no_part_of_what_is_found(mark: str) -> None:
    assert read_query(mark.join("#A-20731")) == (number("A-20731"),)
    assert read_query(mark + mark.join("ana@shop.example") + mark) == (email("ana@shop.example"),)


def test_what_stands_behind_the_longest_text_is_not_looked_for() -> None:
    assert read_query(" " * 4080 + "ana@shop.example") == (email("ana@shop.example"),)
    assert read_query(" " * 4096 + "ana@shop.example") == ()


def test_no_more_is_asked_for_than_a_few_things() -> None:
    addresses = [f"ana{count}@shop.example" for count in range(9)]

    assert read_query(", ".join(addresses)) == tuple(map(email, addresses[:MAX_READINGS]))


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "1",
            "1 ",
            "1-",
            "(1",
            "+1 ",
            "1(",
            "00 ",
            "2025550123 ",
            "2025550123x1",
            "ext1",
            "٣",
            "1-1-1-1-1-1-1-1-1-1-1a ",
        ),
        *("a@", "a@b.", "a.", "@", "%40", "a@b.example ", "x" * 70 + "@", "mailto:", "-@-."),
        *("name: ", "name:\n", "name is a ", "hello ", "dear,", "A, ", "é ", "\u0301", "Dora Diaz\n", "a\n", "'"),
        *("tel ", "tel*", "tel: 2025550123 ", "e-mail ", "customer ", "Customer: A\n", "order 1 ", "#", "#1 "),
        *("/customers/1", "/orders/", "https://a/", '{"a":', "((1 (", "\0", "\ud800", "&amp;"),
    ],
)
@pytest.mark.timeout(20)
def test_work_for_a_long_text_is_bounded(piece: str, settings: Settings) -> None:
    settings.PHONE_REGION = "US"

    readings = read_query(piece * 1_000_000)

    assert len(readings) <= MAX_READINGS
