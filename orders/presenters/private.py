"""Shows enough of e-mail addresses and phone numbers to tell people apart, and whole what the agent typed.

A phone number reads from left to right: in a page from the right it stands in `<bdi dir="ltr">`.
"""

from __future__ import annotations

import re

import phonenumbers
from django.conf import settings
from phonenumbers import PhoneNumber, PhoneNumberFormat

from orders.lookup.find.emails import normalize_email
from orders.lookup.find.phones import MIN_DIGITS, is_possible, parse_phone
from orders.presenters.text import clean

_MASK = "•••"
_DIGIT = re.compile(r"\d")
# Shorter ones would be known by what is left of them.
_MIN_LOCAL_PART = 3
_SHOWN_DIGITS = 2


def mask_email(address: str, typed: str = "") -> str:
    """Mask an address but for its first letter and host, as in m•••@example.com, unless it is what was typed."""
    shown = clean(address)
    if (normal := normalize_email(shown)) and normal == normalize_email(typed):
        return shown
    local_part, at, host = shown.rpartition("@")
    if not at:
        return _MASK if shown else ""
    first = local_part[0] if len(local_part) >= _MIN_LOCAL_PART else ""
    return f"{first}{_MASK}@{host}"


def mask_phone(number: str, typed: str = "") -> str:
    """Mask a number but for its country and last digits, as in +351 ••• ••• •00, unless it is what was typed."""
    shown = clean(number)
    parsed = _parse(shown)
    if parsed is None:
        return shown if _digits(shown) == _digits(typed) != "" else _mask_words(shown)
    # Typed with or without its country and the 0 that stands for it.
    if _digits(typed).lstrip("0") in (
        f"{parsed.country_code}{parsed.national_number}",
        str(parsed.national_number),
    ):
        return format_phone(number)
    parsed.extension = None
    country, _blank, rest = phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL).partition(" ")
    hidden = len(_DIGIT.findall(rest)) - _SHOWN_DIGITS
    return f"{country} {_DIGIT.sub('•', rest, count=hidden)}"


def format_phone(number: str) -> str:
    """Format a number as it is written abroad; one that cannot be read stays as it came."""
    shown = clean(number)
    parsed = _parse(shown)
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL) if parsed else shown


def _parse(number: str) -> PhoneNumber | None:
    parsed = parse_phone(number, settings.PHONE_REGION or None)
    return parsed if parsed and is_possible(parsed) else None


def _mask_words(shown: str) -> str:
    """Mask what no country's plan explains, words included, but for the last digits of a longer number."""
    digits = _digits(shown)
    if not shown:
        return ""
    return _MASK + (digits[-_SHOWN_DIGITS:] if len(digits) >= MIN_DIGITS else "")


def _digits(text: str) -> str:
    return "".join(_DIGIT.findall(text))
