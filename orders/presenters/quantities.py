"""Counts as exact text, with the locale's decimal sign."""

from __future__ import annotations

import decimal
import re
from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal

from orders.core.localization import display, ngettext
from orders.erc.amounts import Quantity

_PRECISION = 200
# Examples of each plural form; the first is “other” in every language that has one.
_WHOLES = (100, 1, 2, 3, 11, 0)
_COUNT = re.compile(r"%\((\w+)\)d")


def number_text(count: Quantity) -> str:
    """Say a number, such as 2, or 0.5, which is 0,5 in German."""
    whole = _whole(count)
    if whole is not None:
        return str(whole)
    locale = Locale.parse(display().language, sep="-")
    with decimal.localcontext() as context:
        context.prec = _PRECISION
        return format_decimal(count, locale=locale, decimal_quantization=False, group_separator=False)


def count_text(count: Quantity | None) -> str:
    """Say a count; empty where there is none."""
    return "" if count is None else number_text(count)


def say(pattern: str, **values: Quantity | str) -> str:
    """Fill in a translated pattern; its `%(…)d` also take fractions."""
    if decimal.Decimal not in map(type, values.values()):
        return pattern % values
    texts = {name: value if isinstance(value, str) else number_text(value) for name, value in values.items()}
    return _COUNT.sub(r"%(\1)s", pattern) % texts


def say_count(singular: str, plural: str, count: Quantity) -> str:
    """Say a count in words, such as “2 units” or “0.5 units”, with the language's form for fractions."""
    whole = _whole(count)
    if whole is not None:
        return ngettext(singular, plural, whole) % {"count": whole}
    return say(ngettext(singular, plural, _whole_like(count, display().language)), count=count)


def _whole(count: Quantity) -> int | None:
    if isinstance(count, int):
        return count
    return int(count) if count == int(count) else None


@lru_cache(maxsize=1024)
def _whole_like(count: Quantity, language: str) -> int:
    """Find a whole number of the same plural form, because catalogues take whole numbers only."""
    form = Locale.parse(language, sep="-").plural_form
    return next((whole for whole in _WHOLES if form(whole) == form(count)), _WHOLES[0])
