"""Compares what the API found with what was searched for: nobody knows by what rules the API finds."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum

import msgspec
import phonenumbers
from django.conf import settings
from phonenumbers import PhoneNumberFormat

from orders.erc.customers import Contact
from orders.erc.orders import Order
from orders.lookup.find.emails import normalize_email
from orders.lookup.find.kinds import Kind, Reading
from orders.lookup.find.phones import MIN_DIGITS, parse_phone

_WORD = re.compile(r"\w+")
_APOSTROPHES = re.compile(r"['’ʻʼ]")
# Letters that Unicode does not take apart.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


class Match(IntEnum):
    """How well something fits a reading, the best first."""

    EXACT = 0
    CLOSE = 1
    """A part of what is known of it, such as one of two names, or how its number begins."""
    LOOSE = 2
    """Nothing that is known of it shows why it was found."""


def match_contact(contact: Contact, reading: Reading) -> Match:
    """Compare a customer with a reading."""
    if reading.kind is Kind.EMAIL:
        is_same = reading.text in map(normalize_email, contact.emails)
        return Match.EXACT if is_same else Match.LOOSE
    if reading.kind is Kind.PHONE:
        return min((_match_phone(number, reading.text) for number in contact.phones), default=Match.LOOSE)
    if reading.kind is Kind.NAME:
        return _match_name(contact.name or "", reading.text)
    return Match.EXACT if contact.customer_id == reading.text else Match.LOOSE


def match_order(order: Order, reading: Reading) -> Match:
    """Compare an order with a number; who has the id instead of the number may type that."""
    wanted, number = fold_number(reading.text), fold_number(order.order_number or "")
    if wanted in (number, fold_number(order.id)):
        return Match.EXACT
    return Match.CLOSE if number.startswith(wanted) else Match.LOOSE


def without_false_customer(order: Order, reading: Reading) -> Order:
    """Leave the customer of an order out where the number that was searched for stands in their place.

    Some shops swap the fields, and a link to such a customer would lead to nobody, or to a stranger.
    """
    wanted = fold_number(reading.text)
    is_swapped = wanted == fold_number(order.customer_id or "") != fold_number(order.order_number or "")
    return msgspec.structs.replace(order, customer_id=None) if is_swapped else order


def fold_number(text: str) -> str:
    """Fold an order number: without case, blanks, and the sign before it."""
    return "".join(text.split()).lstrip("#").casefold()


def _match_phone(number: str, wanted: str) -> Match:
    parsed = parse_phone(number, settings.PHONE_REGION or None)
    if parsed and phonenumbers.format_number(parsed, PhoneNumberFormat.E164) == wanted:
        return Match.EXACT
    ours, theirs = _national_digits(number), _national_digits(wanted)
    if min(len(ours), len(theirs)) < MIN_DIGITS:
        return Match.LOOSE
    return Match.CLOSE if ours.endswith(theirs) or theirs.endswith(ours) else Match.LOOSE


def _national_digits(number: str) -> str:
    return "".join(filter(str.isdigit, number)).lstrip("0")


def _match_name(name: str, wanted: str) -> Match:
    ours, theirs = fold_name(name), fold_name(wanted)
    if theirs and sorted(ours.split()) == sorted(theirs.split()):
        return Match.EXACT
    return Match.CLOSE if theirs and all(word in ours for word in theirs.split()) else Match.LOOSE


def fold_name(name: str) -> str:
    """Fold a name to its words: without case, accents and punctuation."""
    spread = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name).casefold())
    letters = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(letters.translate(_LETTERS)))
