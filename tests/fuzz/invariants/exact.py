"""Every number is on the page to its last digit, in the spelling of the page's language."""

from __future__ import annotations

from decimal import Decimal

from babel import Locale
from selectolax.lexbor import LexborNode

from orders.erc.amounts import Price, Quantity
from orders.erc.schema import Item
from orders.lookup.conventions import NO_CURRENCIES
from orders.presenters.text import plain

_MINUS = "-\u2212\u200e\u200f\u061c"


def require_numbers(card: LexborNode, item: Item, language: str) -> None:
    """The price and the counts of a card read back are those of its item."""
    price = card.css_first("[data-price]")
    assert (price is None) == (item.price is None)
    if price is not None and item.price is not None:
        require_price(price.text(), item.price, language)
    count = card.css_first("[data-quantity]")
    assert (count is None) == (item.quantity is None)
    if count is not None and item.quantity is not None:
        require_count(count.text(), item.quantity, language)


def require_price(text: str, price: Price, language: str) -> None:
    """The amount, without a digit more or less than came, but for the zeros that a currency is written with."""
    currency = plain(price.currency)
    rest = text.replace(currency, "", 1) if currency and _is_unknown(currency) else text
    found = read_back(rest, language)
    assert found == price.value, f"{text!a} for {price.value}"
    if _is_unknown(currency):
        assert len(f"{found:f}") == len(f"{price.value if price.value else price.value.copy_abs():f}")


def require_count(text: str, count: Quantity, language: str) -> None:
    """The count as it came."""
    assert read_back(text, language) == count, f"{text!a} for {count}"


def read_back(text: str, language: str) -> Decimal:
    """The number in a text, by the signs of its language."""
    symbols = Locale.parse(language, sep="-").number_symbols["latn"]
    kept = "".join(one for one in text if one.isdigit() or one == symbols["decimal"] or one in "-\u2212")
    # A sign of a currency may have the same sign in it: “kr.”, “Bs.”.
    kept = kept.strip(symbols["decimal"])
    return Decimal(kept.replace("\u2212", "-").replace(symbols["decimal"], "."))


def _is_unknown(currency: str) -> bool:
    known = Locale.parse("en").currencies
    return currency.upper() not in known or currency.upper() in NO_CURRENCIES
