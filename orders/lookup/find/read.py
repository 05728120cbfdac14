"""Reads the find box: what its text can be, the likeliest first.

What a text says of itself comes first: a link, a label, an address with `@`, a number with its country. Only a
text that says nothing is guessed at, and then each of its possible meanings is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from orders.lookup.find.cleaning import clean
from orders.lookup.find.emails import find_emails
from orders.lookup.find.ids import NOTHING, Ids, Source, find_ids
from orders.lookup.find.ids.candidates import IdKind
from orders.lookup.find.ids.labels import is_like, is_subject, is_word_of_name
from orders.lookup.find.ids.marks import trim
from orders.lookup.find.kinds import Kind, Reading
from orders.lookup.find.labels import INTRODUCTION, LABEL
from orders.lookup.find.links import id_in_links
from orders.lookup.find.names import is_full_name, read_name
from orders.lookup.find.numbers import (
    BLANKS,
    customer_id,
    is_marked,
    order_number,
    read_digits,
    read_number,
    read_word,
)
from orders.lookup.find.phones import find_phones, is_date, phone_at, read_phone

MAX_READINGS = 4
"""Each reading is a request to the API."""

_MAX_ID = 512
# Ten digits in two groups are rather a phone number than two ids.
_MIN_GROUPED_PHONE = 10
_MARK = re.compile(r"#[ \t]+")
_END_OF_VALUE = re.compile(r"[,;|(\t]|\.\s")


def read_query(text: str) -> tuple[Reading, ...]:
    """Read a text; both ids come alone, or last where they may be a phone number; nothing usable gives nothing."""
    text = clean(text)
    if both := _both_ids(text):
        return (*_guessed(text), both) if read_phone(trim(text)) else (both,)
    ids = _named_ids(text)
    readings = [*_stated(text, ids)]
    if not readings and ids == NOTHING:
        readings = [*_guessed(text)]
    return tuple(dict.fromkeys(readings))[:MAX_READINGS]


def _both_ids(text: str) -> Reading | None:
    for source, ids in find_ids(text):
        if ids.are_both and max(map(len, ids)) <= _MAX_ID and _are_ids(ids, source, text):
            return Reading(Kind.IDS, ids.customer_id, ids.order_id)
    return None


def _are_ids(ids: Ids, source: Source, text: str) -> bool:
    """Whether what stands in the places of two ids are ids, unlike "Customer: Dora Diaz" or "0171 1234567"."""
    if source is Source.FIELD:
        return True
    if source is Source.LABEL:
        return not _is_person(ids.customer_id, text)
    return not _names_no_id(text) and _is_pair_of_ids(ids) and not _is_grouped_phone(text)


def _names_no_id(text: str) -> bool:
    """Whether a text says that it holds an e-mail address or a phone number."""
    return any(label["email"] or label["phone"] for label in LABEL.finditer(text))


def _is_pair_of_ids(ids: Ids) -> bool:
    """Whether two words are ids, unlike "Ana Souza" or "2026-11-20 14:30"."""
    if any("@" in word or word.startswith("+") or is_date(word) for word in ids):
        return False
    if is_like(IdKind.CUSTOMER, ids.customer_id) and is_like(IdKind.ORDER, ids.order_id):
        return True
    return any(map(_has_digit, ids)) and all(len(word) == 1 or _has_digit(word) for word in ids)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _is_person(value: str, text: str) -> bool:
    """Whether the value after "customer" names a person otherwise than by an id."""
    if "@" in value or value.startswith("+") or is_full_name(value):
        return True
    return any(name.text.startswith(value) for name in _labelled_names(text))


def _is_grouped_phone(text: str) -> bool:
    phone = read_phone(text)
    if phone is None:
        return False
    digits = sum(map(str.isdigit, phone.spelling))
    return phone.is_certain or digits >= _MIN_GROUPED_PHONE or phone.spelling.startswith(("0", "("))


def _stated(text: str, ids: Ids) -> Iterator[Reading]:
    """Read what a text names, or shows by its form."""
    if ids.order_id:
        yield from order_number(ids.order_id)
    for address in find_emails(text):
        yield Reading(Kind.EMAIL, address)
    yield from _stated_phones(text, ids)
    names = [*_labelled_names(text)]
    if not any(name.text.startswith(ids.customer_id) for name in names):
        yield from _customer(ids.customer_id)
    yield from names


def _named_ids(text: str) -> Ids:
    for source, ids in find_ids(text):
        if ids != NOTHING and source is not Source.PLACE:
            return ids
    return id_in_links(text)


def _customer(value: str) -> Iterator[Reading]:
    """Read the value after "customer"; addresses and numbers are found anyway."""
    if "@" in value or value.startswith("+"):
        return
    if _has_digit(value):
        yield from customer_id(value)
        return
    if name := read_name(value):
        yield Reading(Kind.NAME, name)
    if not is_full_name(value):
        yield from customer_id(value)


def _stated_phones(text: str, ids: Ids) -> Iterator[Reading]:
    labelled = [phone for label in _labels(text, "phone") if (phone := phone_at(text, label.end()))]
    for phone in labelled:
        yield from (Reading(Kind.PHONE, form) for form in phone.forms)
    if labelled or read_phone(text):
        return
    for phone in find_phones(text):
        if phone.is_certain and (phone.spelling not in ids or "+" in phone.spelling):
            yield from (Reading(Kind.PHONE, form) for form in phone.forms)


def _labels(text: str, kind: str) -> Iterator[re.Match[str]]:
    return (label for label in LABEL.finditer(text) if label[kind])


def _labelled_names(text: str) -> Iterator[Reading]:
    labels = (label for label in _labels(text, "name") if label["mark"] or label["is"])
    for label in islice(labels, MAX_READINGS):
        value = text[label.end() : label.end() + _MAX_ID].partition("\n")[0]
        if name := read_name(value) or read_name(_END_OF_VALUE.split(value)[0]):
            yield Reading(Kind.NAME, name)


def _guessed(text: str) -> Iterator[Reading]:
    """Read a text that says nothing of itself: digits, a word, a name, or the one number in a sentence."""
    if "://" in text or _names_no_id(text):
        return
    text = _MARK.sub("#", text)
    phone = None if is_marked(text) else read_phone(trim(text))
    phones = [phone] if phone else [*find_phones(text)]
    if len(phones) == 1:
        yield from read_digits(phones[0])
    elif _has_digit(text):
        yield from read_number(text)
    else:
        yield from _read_words(text)


def _read_words(text: str) -> Iterator[Reading]:
    """Read words without digits: a name, unless a single word can be a number or an id as well."""
    words = BLANKS.split(trim(text))
    if len(words) == 1 and is_marked(text):
        yield from order_number(words[0])
        return
    if len(words) == 2 and is_subject(words[0]) and words[1].isupper() and words[1].isascii():
        yield from order_number(words[1])
        return
    if len(words) == 1 and (is_word_of_name(words[0]) or INTRODUCTION.fullmatch(words[0])):
        return
    name = read_name(text)
    names = [Reading(Kind.NAME, name)] if name else []
    if len(words) != 1 or not words[0].isascii():
        yield from names
    elif words[0].isupper():
        ids = [*read_word(words[0])]
        yield from (*ids[:1], *names, *ids[1:])
    else:
        yield from (*names, *read_word(words[0]))
