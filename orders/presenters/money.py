"""Prices as exact text, in their own currency, by locale."""

from __future__ import annotations

import decimal
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import (
    NumberPattern,
    get_currency_precision,
    get_currency_symbol,
    is_currency,
    parse_pattern,
)

from orders.core.localization import display
from orders.lookup.conventions import NO_CURRENCIES
from orders.presenters.text import plain

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_PRECISION = 200
# A private-use character, which stands in no text.
_PLACE = "\ue000"
_MAX_CACHED_LENGTH = 200


def price_text(value: Decimal, currency: str | None) -> str:
    """Say an amount to its last digit, with at least the currency's usual decimals.

    Without a currency's code, both stay as they came.
    """
    # Negative zero is zero.
    exact = value if value else value.copy_abs()
    # As text, because the cache below would confuse 10.1 and 10.10, which are equal.
    amount, sign = str(exact), plain(currency)
    make = _format if len(amount) + len(sign) <= _MAX_CACHED_LENGTH else _format.__wrapped__
    return make(amount, sign, display().language)


@lru_cache(maxsize=4096)
def _format(amount: str, currency: str, language: str) -> str:
    value = Decimal(amount)
    locale = Locale.parse(language, sep="-")
    code = currency.upper()
    known = is_currency(code) and code not in NO_CURRENCIES
    usual = get_currency_precision(code) if known else 0
    decimals = max(usual, _decimals(value, keep_zeros=not known))
    symbol = get_currency_symbol(code, locale=locale) if known else currency
    pattern = _pattern(locale, decimals, has_sign=bool(symbol), apart=symbol[-1:].isalnum())
    with decimal.localcontext() as context:
        context.prec = _PRECISION
        # Babel puts an unknown code in the symbol's place; replace it by the original text.
        text: str = pattern.apply(value, locale, currency=code if known else _PLACE, currency_digits=False)
    return text if known else text.replace(_PLACE, currency)


def _decimals(value: Decimal, *, keep_zeros: bool) -> int:
    with decimal.localcontext() as context:
        context.prec = _PRECISION
        exact = value if keep_zeros else value.normalize()
    return len(f"{exact:f}".partition(".")[2])


@lru_cache(maxsize=256)
def _pattern(locale: Locale, decimals: int, *, has_sign: bool, apart: bool) -> NumberPattern:
    """Give the locale's pattern; a space separates an alphanumeric code from the digits, as CLDR asks."""
    text: str = (locale.currency_formats["standard"] if has_sign else locale.decimal_formats[None]).pattern
    if apart:
        text = text.replace("¤#", f"¤{_NO_BREAK_SPACE}#").replace("¤0", f"¤{_NO_BREAK_SPACE}0")
    pattern: NumberPattern = parse_pattern(text)
    pattern.frac_prec = (decimals, decimals)
    return pattern
