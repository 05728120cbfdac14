"""Counts to the last digit, in the spelling of each language."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from orders.presenters.quantities import count_text, number_text, say, say_count


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [
        ("en", 2, "2"),
        ("en", 1_000_000, "1000000"),
        ("en", Decimal("2.0"), "2"),
        ("en", Decimal("0.5"), "0.5"),
        ("de", Decimal("1234.5"), "1234,5"),
        ("fr", Decimal("0.5"), "0,5"),
        ("pt-br", Decimal("-0.5"), "-0,5"),
        ("en", Decimal("0." + "123456789" * 5), "0." + "123456789" * 5),
    ],
)
def test_count_is_exact_in_the_spelling_of_the_language(language: str, count: int | Decimal, text: str) -> None:
    with translation.override(language):
        assert number_text(count) == count_text(count) == text


def test_count_that_is_not_given_is_empty() -> None:
    assert count_text(None) == ""


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("en", 1, "1 unit"),
        ("en", Decimal("1.0"), "1 unit"),
        ("en", Decimal("0.5"), "0.5 units"),
        ("de", Decimal("0.5"), "0,5 Stück"),
        ("fr", Decimal("1.5"), "1,5 unité"),
        ("fr", Decimal("2.5"), "2,5 unités"),
        ("pt-br", Decimal("0.5"), "0,5 unidade"),
        ("es", Decimal("0.5"), "0,5 unidades"),
    ],
)
def test_count_takes_the_plural_of_the_language(language: str, count: int | Decimal, words: str) -> None:
    with translation.override(language):
        assert say_count("%(count)d unit", "%(count)d units", count) == words


def test_pattern_takes_counts_and_texts() -> None:
    assert say("%(count)d of %(total)d %(state)s", count=Decimal("0.5"), total=2, state="x") == "0.5 of 2 x"
