"""Cuts numbers of payment cards to their last four digits, so that no whole number is shown, logged or stored.

The API does not promise that `card_number` is masked. A number is told by its key, such as `card_number`, or, in
texts that anyone can write into, by its form: a run of 13 to 19 digits that passes Luhn's check. One tracking
number in ten passes it too, so all other fields are left alone. In the details of a payment the form is enough.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

DOTS = "••••"
SHOWN_DIGITS = 4

FEWEST_DIGITS = 13
"""A run of fewer digits has not the form of a card's number."""

CARD_KEYS = (
    r"card[\s_.-]{0,2}(?:numbers?|num|no|nr|pan)",
    r"primary[\s_.-]?account[\s_.-]?numbers?",
    r"cc(?<![a-z]cc)[\s_.-]{0,2}(?:numbers?|num|no)",
    r"pan(?<![a-z]pan)",
)
"""The ends of keys that hold a card's number, in small letters; each begins with letters that are found fast."""

FREE_KEY = r"custom[\s_.-]?fields"
"""The end of a key whose value anyone can write into, in small letters."""

PAYMENT_KEYS = (
    r"payment[\s_.-]?(?:details?|methods?)",
    r"card(?:(?<=\"card)|(?<=(?:credit|.debit)card)|(?<=(?:credit|.debit)[\s_.-]card))",
)
"""The ends of keys whose value is all about a card, in small letters, as those that hold its number."""

_CARD_KEY = re.compile(rf"(?:{'|'.join(CARD_KEYS)})$")
_FREE_KEY = re.compile(FREE_KEY + r"$")
_BLANKS = r"[ \-./_\u00a0\u2009\u202f\u2010-\u2013]"
# In one piece, or in groups as on a card: 4-4-4-4, perhaps with up to three more; 4-6-4 and 4-6-5. Dates and
# timestamps begin with 0, 1 or 20 and a year: no card does but one of an airline.
_RUN = re.compile(
    rf"(?<![\w.])(?:[2-9]\d{{12,18}}"
    rf"|[2-9]\d{{3}}({_BLANKS})\d{{4}}\1\d{{4}}\1\d{{1,4}}(?:\1\d{{1,3}})?"
    rf"|[2-9]\d{{3}}({_BLANKS})\d{{6}}\2\d{{4,5}})(?!\w)"
)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_MAX_LENGTH = 30
_WORD_BEFORE = 30


def card_ending(number: str | None) -> str | None:
    """Give the last four digits of a card's number in any spelling; None where it has none."""
    if number is None:
        return None
    digits = "".join(re.findall(r"\d", _written_out(number)))
    return digits[-SHOWN_DIGITS:] or None


def mask_card_number(number: str) -> str:
    """Replace the number by dots and its last four digits; it stays as it came where it has no more digits."""
    number_of_digits = sum(map(str.isdecimal, number))
    return f"{DOTS} {card_ending(number)}" if number_of_digits > SHOWN_DIGITS else number


def mask_in_text(text: str) -> str:
    """Mask digits that pass Luhn's check, and those that stand right behind the word `card`."""
    return _RUN.sub(lambda found: mask_card_number(found[0]) if _is_card(found) else found[0], text)


def mask_runs(text: str) -> str:
    """Mask all digits in the form of a card's number, whether or not they pass Luhn's check."""
    return _RUN.sub(lambda found: mask_card_number(found[0]), text)


def mask_value(value: Any, *, is_free: bool = False) -> Any:
    """Mask card numbers in a JSON value: under their keys, and by their form below `custom_fields`.

    `is_free` says that the value itself stands there.
    """
    if isinstance(value, dict):
        return {key: _mask_field(str(key).lower(), inner, is_free=is_free) for key, inner in value.items()}
    if isinstance(value, list):
        return [mask_value(inner, is_free=is_free) for inner in value]
    if not is_free or isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return value
    text = str(value)
    masked = mask_in_text(text)
    return value if masked == text else masked


def _mask_field(key: str, value: Any, *, is_free: bool) -> Any:
    if _CARD_KEY.search(key):
        return _mask_all(value)
    return mask_value(value, is_free=is_free or bool(_FREE_KEY.search(key)))


def _mask_all(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _mask_all(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_mask_all(inner) for inner in value]
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return value
    text = str(value)
    masked = mask_card_number(text)
    return value if masked == text else masked


def _is_card(run: re.Match[str]) -> bool:
    before = run.string[max(0, run.start() - _WORD_BEFORE) : run.start()].lower()
    return "card" in before or _passes_luhn("".join(re.findall(r"\d", run[0])))


def _passes_luhn(digits: str) -> bool:
    total = sum(map(int, digits[-1::-2]))
    return (total + sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])) % 10 == 0


def _written_out(number: str) -> str:
    """Write a number such as 4.1E15 with all its digits; any other text stays."""
    stripped = number.strip()
    if len(stripped) > _MAX_LENGTH or stripped.isdecimal() or not _NUMBER.fullmatch(stripped):
        return number
    value = Decimal(stripped)
    return str(int(value)) if abs(value.adjusted()) < _MAX_LENGTH else number
