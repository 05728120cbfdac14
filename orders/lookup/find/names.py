"""Reads a person's name, with or without a greeting, a title or a label before it."""

from __future__ import annotations

import re
import unicodedata

from orders.lookup.find.ids.candidates import is_placeholder
from orders.lookup.find.ids.labels import is_subject
from orders.lookup.find.ids.marks import trim
from orders.lookup.find.labels import INTRODUCTION

_MAX_NAME = 200
_MAX_WORDS = 6
_MIN_LETTERS = 2
_MAX_INTRODUCTIONS = 5
_BESIDE_LETTERS = frozenset("'.- ·&")
# What is added to a name, such as VIP, or what friends say; without it the name is found as well.
_REMARK = re.compile(r"\([^()]*\)|\"[^\"]*\"")
# Emoji and accents that stand alone.
_SYMBOLS = ("So", "Sk")
_LAST_FIRST = re.compile(r"(?P<last>[^,]+), *(?P<first>[^,]+)")


def read_name(text: str) -> str:
    """Read the one line of a text that is a name; "" where there is none or more than one."""
    names = {name for line in text.splitlines() if (name := _name_in(line))}
    return names.pop() if len(names) == 1 else ""


def is_full_name(text: str) -> bool:
    """Whether a value is rather a name than an id: two words or more that are written as names are."""
    words = [word for word in text.split() if len(word) > 1]
    return len(words) > 1 and bool(read_name(text)) and sum(word[0].upper() == word[0] for word in words) > 1


def _name_in(line: str) -> str:
    composed = unicodedata.normalize("NFC", line)
    line = "".join(sign for sign in composed if unicodedata.category(sign) not in _SYMBOLS)
    line = trim(_without_introduction(trim(line)))
    line = trim(_REMARK.sub(" ", line)) or line
    if swapped := _LAST_FIRST.fullmatch(line):
        line = f"{swapped['first']} {swapped['last']}"
    name = " ".join(line.split())
    return name if _is_name(name) else ""


def _without_introduction(line: str) -> str:
    for _ in range(_MAX_INTRODUCTIONS):
        found = INTRODUCTION.match(line)
        if not found:
            break
        line = line[found.end() :].lstrip(" *_\"'")
    return line


def _is_name(name: str) -> bool:
    words = name.split()
    return (
        0 < len(words) <= _MAX_WORDS
        and len(name) <= _MAX_NAME
        and all(sign in _BESIDE_LETTERS or unicodedata.category(sign)[0] in "LM" for sign in name)
        and sum(map(str.isalpha, name)) >= (_MIN_LETTERS if name.isascii() else 1)
        and not is_placeholder(name)
        and not any(map(is_subject, words))
    )
