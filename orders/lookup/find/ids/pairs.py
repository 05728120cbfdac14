"""Finds the ids where nothing else is pasted: on two lines, as two words, or one alone."""

from __future__ import annotations

import re

from orders.lookup.find.ids.candidates import NOTHING, IdKind, Ids
from orders.lookup.find.ids.labels import LABEL, is_like, is_word_of_name
from orders.lookup.find.ids.marks import trim

_WORD = re.compile(r'"[^"]*"|[^\s,;|]+')
_BULLET = re.compile(r"\A(?:[-*•·]|\d{1,2}[.)])\s+")
_SEPARATOR = re.compile(r"[,;|\t]")
_SIGNS_ALONE = frozenset("/-&+•·*")
_MAX_WORDS = 3


def ids_in_pair(text: str) -> Ids:
    """Read two lines, which may contain spaces, or two words."""
    if "://" in text:
        return NOTHING
    return _ids_in_lines(text) or _ids_in_words(text) or NOTHING


def _ids_in_lines(text: str) -> Ids | None:
    lines = [_BULLET.sub("", line.strip()).rstrip(",;") for line in text.splitlines() if line.strip()]
    if len(lines) != 2 or not all(map(_may_be_an_id, lines)):
        return None
    return _in_order(*map(trim, lines))


def _may_be_an_id(line: str) -> bool:
    """Whether a line is an id, unlike "Dear team"."""
    if LABEL.match(line) or _SEPARATOR.search(line):
        return False
    words = line.split()
    return len(words) == 1 or (len(words) <= _MAX_WORDS and any(sign.isdigit() for sign in line))


def _ids_in_words(text: str) -> Ids | None:
    words = _words(text)
    if len(words) != 2 or any(map(is_word_of_name, words)):
        return None
    return _in_order(*words)


def _words(text: str) -> list[str]:
    """Split into words without the punctuation around them; punctuation alone is no word."""
    return [word for found in _WORD.findall(text) if found not in _SIGNS_ALONE and (word := trim(found))]


def _in_order(first: str, second: str) -> Ids:
    """Take the customer's id first, as in the form, unless the ids themselves show the other order."""
    is_swapped = is_like(IdKind.ORDER, first) and is_like(IdKind.CUSTOMER, second)
    return Ids(second, first) if is_swapped else Ids(first, second)


def lone_id(text: str) -> Ids:
    """Take a single number for the order's, which callers name most, unless it looks like a customer's."""
    words = _words(text)
    if "://" in text or len(words) != 1 or not any(sign.isdigit() for sign in words[0]):
        return NOTHING
    return Ids(customer_id=words[0]) if is_like(IdKind.CUSTOMER, words[0]) else Ids(order_id=words[0])
