"""Reads phone numbers in any spelling, by Google's numbering plans.

A number without its country is read by that of the setting PHONE_REGION. Where that does not tell, nobody knows
what the shop stored: then the number may have two forms, one as if only its `+` had been left out, and its digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import phonenumbers
from django.conf import settings
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

MIN_DIGITS = 7
_MAX_DIGITS = 15
_MAX_PREFIX_DIGITS = 2
_MAX_SPELLING = 60
# Bounded and without a way back, so that no text costs more than its length.
_SPELLING = r"\(?\+?[ (]?[0-9](?:[ ()./-]{0,4}[0-9]){6,16}+\)?"
_EXTENSION = (
    r"[ ,;]*(?:ext(?:ensi[oó]n|n)?|x|poste|ramal|anexo|int(?:erno)?|durchwahl|dw|#|تحويلة)"
    r"[ .:=]*[0-9]{1,7}(?![\w-])"
)
_PHONE = re.compile(
    rf"(?P<number>{_SPELLING})(?:{_EXTENSION}|(?![\w@%-]|[ ()./-]{{1,4}}[0-9]|[./]\w))", re.IGNORECASE
)
# Digits behind a letter, a dash or the like belong to an order number, a link or an address.
_RUN = re.compile(rf"(?<![\w#@&=%/.+-]){_PHONE.pattern}", re.IGNORECASE)
_PREFIX = re.compile(r"\(?00")
_DATE = re.compile(r"[0-9]{4}([./-])[0-9]{1,2}\1[0-9]{1,2}\b.*|[0-9]{1,2}([./-])[0-9]{1,2}\2[0-9]{2,4}(?: .*)?")


class Phone(NamedTuple):
    """A phone number: the forms in which it may be stored, and whether it is surely a number of its country."""

    forms: tuple[str, ...]
    is_certain: bool
    spelling: str


def read_phone(text: str) -> Phone | None:
    """Read a text that is nothing but a phone number, with or without an extension, which is dropped."""
    found = _PHONE.fullmatch(text[:_MAX_SPELLING])
    return _read(found["number"]) if found and len(text) <= _MAX_SPELLING else None


def phone_at(text: str, start: int) -> Phone | None:
    """Read the phone number at a place of a text, behind its name."""
    found = _PHONE.match(text, start)
    return _read(found["number"]) if found else None


def find_phones(text: str) -> Iterator[Phone]:
    """Find what can be phone numbers anywhere in a text."""
    for found in _RUN.finditer(text):
        if phone := _read(found["number"]):
            yield phone


def is_date(text: str) -> bool:
    """Whether digits with dots or dashes are rather a day."""
    return bool(_DATE.fullmatch(text))


def parse_phone(text: str, region: str | None = None) -> PhoneNumber | None:
    """Parse a number; None where it cannot be any."""
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    return number if len(_e164(number)) <= len("+") + _MAX_DIGITS else None


def national_forms(text: str) -> tuple[str, ...]:
    """Give the digits of a number as they are written in its own country; none where its country is not known."""
    number = parse_phone(text) if text.startswith("+") else None
    if number is None:
        return ()
    at_home = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    return phonenumbers.national_significant_number(number), phonenumbers.normalize_digits_only(at_home)


def is_possible(number: PhoneNumber) -> bool:
    """Whether a number has a length that its country gives out: shops store numbers that no plan knows yet."""
    return phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE


def _read(spelling: str) -> Phone | None:
    digits = "".join(filter(str.isdigit, spelling))
    if not MIN_DIGITS <= len(digits) <= _MAX_DIGITS + _MAX_PREFIX_DIGITS or is_date(spelling):
        return None
    if "+" in spelling:
        return _read_international(spelling, digits, spelling)
    if _PREFIX.match(spelling):
        return _read_international(_PREFIX.sub("+", spelling, count=1), digits[_MAX_PREFIX_DIGITS:], spelling)
    return _read_national(spelling, digits) if len(digits) <= _MAX_DIGITS else None


def _read_international(text: str, digits: str, spelling: str) -> Phone | None:
    number = parse_phone(text)
    if number and is_possible(number):
        return Phone((_e164(number),), is_certain=True, spelling=spelling)
    return Phone((f"+{digits}",), is_certain=False, spelling=spelling) if len(digits) <= _MAX_DIGITS else None


def _read_national(spelling: str, digits: str) -> Phone:
    number = parse_phone(spelling, settings.PHONE_REGION) if settings.PHONE_REGION else None
    if number and phonenumbers.is_valid_number(number):
        return Phone((_e164(number),), is_certain=True, spelling=spelling)
    with_country = parse_phone(f"+{digits}")
    if with_country and phonenumbers.is_valid_number(with_country):
        return Phone((_e164(with_country), digits), is_certain=False, spelling=spelling)
    forms = (_e164(number), digits) if number and is_possible(number) else (digits,)
    return Phone(forms, is_certain=False, spelling=spelling)


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
