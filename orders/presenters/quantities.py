"""Counts as text: exact, with the locale's decimal sign where they are not whole."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from babel.numbers import format_decimal

from orders.erc.amounts import Quantity
from orders.presenters.display import display, ngettext

_COUNT = re.compile(r"%\((\w+)\)d")


def number_text(count: Quantity) -> str:
    """Such as 2, or 0.5, which is 0,5 in German."""
    if not isinstance(count, Decimal):
        return str(count)
    locale = display().language.replace("-", "_")
    return format_decimal(count, locale=locale, decimal_quantization=False, group_separator=False)


def said(pattern: str, **values: Quantity | str) -> str:
    """A translated pattern filled in; its `%(…)d` take counts that are not whole, too."""
    if not any(isinstance(value, Decimal) for value in values.values()):
        return pattern % values
    texts = {name: value if isinstance(value, str) else number_text(value) for name, value in values.items()}
    return _COUNT.sub(r"%(\1)s", pattern) % texts


def counted(singular: str, plural: str, count: Quantity) -> str:
    """A count in words, such as “2 units”; a part of one is said as more than one is, as in “0.5 units”."""
    return said(ngettext(singular, plural, count if isinstance(count, int) else math.ceil(count) + 1), count=count)
