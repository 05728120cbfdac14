from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from orders.presenters.money import _format, price_text

NBSP = "\N{NO-BREAK SPACE}"
NARROW_NBSP = "\N{NARROW NO-BREAK SPACE}"
LANGUAGES = ["en", "de", "de-ch", "fr", "es", "pt-br", "sv", "hi", "ja", "he", "ar", "zh-hans"]


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        ("10.10", "EUR", "€10.10"),
        ("0.1", "EUR", "€0.10"),
        ("12345678901234567.89", "USD", "$12,345,678,901,234,567.89"),
        ("1500", "JPY", "¥1,500"),
        ("1500.00", "JPY", "¥1,500"),
        ("1.5", "KWD", f"KWD{NBSP}1.500"),
        ("0.125", "USD", "$0.125"),
        ("-5", "EUR", "-€5.00"),
        ("1E+3", "USD", "$1,000.00"),
        ("0", "usd", "$0.00"),
        ("10.10", "PTS", f"PTS{NBSP}10.10"),
        ("10.1", "points", f"points{NBSP}10.1"),
        ("10.10", "points", f"points{NBSP}10.10"),
        ("3", "points", f"points{NBSP}3"),
        ("1234.50", "PTS5", f"PTS5{NBSP}1,234.50"),
        ("1500.5", "JPY", "¥1,500.5"),
        ("-3.14159", "KWD", f"-KWD{NBSP}3.14159"),
        ("0.00000000000000000001", "USD", "$0.00000000000000000001"),
        ("1234.50", "", "1,234.50"),
        ("1234.50", None, "1,234.50"),
        ("-5", None, "-5"),
        ("-0.00", "EUR", "€0.00"),
        ("-0", "JPY", "¥0"),
        ("-0.000", "points", f"points{NBSP}0.000"),
        ("-0.01", "EUR", "-€0.01"),
        ("10.1", "XXX", f"XXX{NBSP}10.1"),
        ("10", "xts", f"xts{NBSP}10"),
        ("10.10", "978", f"978{NBSP}10.10"),
        ("10.1", "€", "€10.1"),
        ("7", "US$", "US$7"),
        ("10.10", "&euro;", "€10.10"),
        ("1.5", "kwd", f"KWD{NBSP}1.500"),
        ("1500", "XOF", f"F\u202fCFA{NBSP}1,500"),
        ("1.5", "\ue000", "\ue0001.5"),
        (
            "12345678901234567890123456789012345678.891",
            "EUR",
            "€12,345,678,901,234,567,890,123,456,789,012,345,678.891",
        ),
    ],
)
def test_price_is_exact_in_its_own_currency(value: str, currency: str | None, text: str) -> None:
    assert price_text(Decimal(value), currency) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", f"1.234,50{NBSP}€"),
        ("en", "€1,234.50"),
        ("fr", f"1{NARROW_NBSP}234,50{NBSP}€"),
        ("pt-br", f"€{NBSP}1.234,50"),
        ("zh-hans", "€1,234.50"),
    ],
)
def test_price_follows_the_language(language: str, text: str) -> None:
    with translation.override(language):
        shown = price_text(Decimal("1234.5"), "EUR")

    assert shown == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_price_without_a_currency_is_the_amount_alone(language: str) -> None:
    with translation.override(language):
        shown = price_text(Decimal("-1234.5"), None)

    assert [sign for sign in shown if sign.isspace()] in ([], [NARROW_NBSP], [NBSP])
    assert shown.strip("\u200e\u200f").startswith(("-", "\N{MINUS SIGN}"))
    assert shown[-1].isdigit()


def test_price_that_is_too_long_to_be_cached_is_said_all_the_same() -> None:
    before = _format.cache_info().currsize

    shown = price_text(Decimal(1), "x" * 5000)

    assert shown == f"{'x' * 5000}{NBSP}1"
    assert _format.cache_info().currsize == before


@pytest.mark.parametrize(("length", "times"), [(199, 1), (200, 0)])
def test_price_of_up_to_two_hundred_characters_is_cached(length: int, times: int) -> None:
    before = _format.cache_info()

    price_text(Decimal(1), "y" * length)

    after = _format.cache_info()
    assert after.hits + after.misses - before.hits - before.misses == times


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", ["12345678901234567.89", "1234567890" * 4 + ".123456789", "-1234567890.123"])
@pytest.mark.parametrize("currency", ["EUR", "JPY", "PTS"])
def test_price_loses_no_digit_in_any_language(language: str, value: str, currency: str) -> None:
    with translation.override(language):
        shown = price_text(Decimal(value), currency)

    assert "".join(filter(str.isdigit, shown)) == "".join(filter(str.isdigit, value))


@pytest.mark.parametrize("language", LANGUAGES)
def test_whole_price_has_the_usual_decimals_in_any_language(language: str) -> None:
    with translation.override(language):
        shown = [price_text(Decimal(7), currency) for currency in ("JPY", "EUR", "KWD")]

    assert ["".join(filter(str.isdigit, text)) for text in shown] == ["7", "700", "7000"]


def test_price_cleans_a_hostile_currency() -> None:
    assert price_text(Decimal(1), "\u202eE\x00UR") == "€1.00"


def test_price_keeps_its_own_zeros_whatever_equal_price_came_before() -> None:
    first = price_text(Decimal("7.1"), "PTS")

    second = price_text(Decimal("7.10"), "PTS")

    assert (first, second) == (f"PTS{NBSP}7.1", f"PTS{NBSP}7.10")
