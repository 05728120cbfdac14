"""Reads order numbers and customer ids that no word before them tells apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orders.erc.query import is_usable_id
from orders.lookup.find.ids.candidates import IdKind, is_placeholder
from orders.lookup.find.ids.labels import is_like
from orders.lookup.find.ids.marks import trim
from orders.lookup.find.kinds import Kind, Reading
from orders.lookup.find.phones import Phone, is_date

BLANKS = re.compile(r"[\s,;|]+")
"""What parts the words and cells of a text."""

_MAX_NUMBER = 200
_MIN_NUMBER_IN_A_TEXT = 3
_MAX_GROUPS = 3
# Without a 0 before them, shorter and longer ones are rather order numbers.
_LIKELY_PHONE = range(9, 12)
_DIGITS = re.compile(r"[0-9]+")
_NUMBER = re.compile(r"[0-9-]+")
_GROUPED = re.compile(r"[ ().]")
_OPENING = "([{<\"'*_~"
_AMOUNT = re.compile(r"[^\w]?[0-9]+(?:[.,:][0-9]+)+[^\w]?")


def is_marked(text: str) -> bool:
    """Whether `#` says that an order number follows."""
    return text.lstrip(_OPENING).startswith("#")


def order_number(text: str) -> Iterator[Reading]:
    """Read an order number, without the `#` before it."""
    number = text.removeprefix("#").strip()
    if 0 < len(number) <= _MAX_NUMBER and number.isprintable() and _is_value(number):
        yield Reading(Kind.ORDER_NUMBER, number)


def customer_id(text: str) -> Iterator[Reading]:
    """Read a customer's id, if one of that spelling can be asked for."""
    if is_usable_id(text) and _is_value(text):
        yield Reading(Kind.CUSTOMER_ID, text)


def read_digits(phone: Phone) -> Iterator[Reading]:
    """Read digits: a phone number, an order number, or the id of a shop that counts its customers."""
    phones = [Reading(Kind.PHONE, form) for form in phone.forms]
    is_grouped = bool(_GROUPED.search(phone.spelling))
    if phone.is_certain or "+" in phone.spelling:
        yield from phones
        if _NUMBER.fullmatch(phone.spelling):
            yield from order_number(phone.spelling)
        yield from _counted(phone)
        return
    digits = "".join(_DIGITS.findall(phone.spelling))
    numbers = [*order_number(digits if is_grouped else phone.spelling)]
    is_likely_phone = is_grouped or len(digits) in _LIKELY_PHONE or len(phone.forms) > 1 or digits.startswith("0")
    yield from phones + numbers if is_likely_phone else numbers + phones
    yield from _counted(phone)


def _counted(phone: Phone) -> Iterator[Reading]:
    if _DIGITS.fullmatch(phone.spelling):
        yield from customer_id(phone.spelling)


def read_number(text: str) -> Iterator[Reading]:
    """Read the one word of a text that holds digits, or all words as the groups of one number."""
    words = BLANKS.split(text)
    numbers = [word for word in words if any(map(str.isdigit, word))]
    if len(words) > 1:
        numbers = [word for word in numbers if not _is_said_beside(trim(word))]
    if len(numbers) == 1:
        number = trim(numbers[0])
        yield from order_number(number) if is_marked(numbers[0]) else read_word(number)
    yield from _in_groups(words)


def _in_groups(words: list[str]) -> Iterator[Reading]:
    """Read a number that is written in groups, such as "Y34 DHR", unlike one in a sentence."""
    groups = [trim(word) for word in words]
    is_number = all(group.isascii() and group.isalnum() and group.upper() == group for group in groups)
    if 1 < len(groups) <= _MAX_GROUPS and is_number:
        yield from order_number("".join(groups))


def _is_said_beside(word: str) -> bool:
    """Whether digits in a sentence are rather a day, an amount, or how many."""
    return len(word) < _MIN_NUMBER_IN_A_TEXT or is_date(word) or bool(_AMOUNT.fullmatch(word))


def read_word(word: str) -> Iterator[Reading]:
    """Read an order number or a customer's id, the likelier first by its beginning."""
    if is_like(IdKind.CUSTOMER, word):
        yield from customer_id(word)
        yield from order_number(word)
    else:
        yield from order_number(word)
        yield from customer_id(word)


def _is_value(text: str) -> bool:
    return any(map(str.isalnum, text)) and not is_placeholder(text)
