"""Finds the ids behind their names, in a sentence or on a line of their own."""

from __future__ import annotations

import re
from itertools import takewhile, zip_longest

from orders.lookup.find.ids.candidates import Candidates, Ids
from orders.lookup.find.ids.labels import BETWEEN, LABEL, is_word_of_name, read_label
from orders.lookup.find.ids.marks import trim

# A run of Markdown's marks where a word begins or ends.
_DECORATION = re.compile(r"(?<![^\s\"'(\[>:])[*_`~]+|(?<![*_`~])[*_`~]++(?![^\s\"')\].,:;=!?])")
_WORD = re.compile(r"\S+")
_VALUE = re.compile(r'"[^"]*"|[^\s,;|]+')
# The start of a remark behind an id that may contain spaces.
_REMARK = re.compile(r"[,;|](?:\s|$)|[.!?](?:\s|$)|\s[(\[-]")
_LIKE_AN_ID = re.compile(r"\d|[A-Z][^\W_]*[-_/]|[-_/][A-Z]")


def ids_in_prose(text: str) -> Ids:
    """Read the values behind "customer", "order number is", "Bestellnummer:" and the like."""
    found = Candidates()
    plain = _DECORATION.sub("", _WORD.sub(_unless_link, text))
    lines = [line.strip() for line in plain.splitlines() if line.strip()]
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        labels = list(LABEL.finditer(line))
        # Alone on its line an id may contain spaces.
        is_alone = len(labels) == 1 and not labels[0].start()
        for label in labels:
            is_heading = label[0] == line
            rest = following if is_heading else line[label.end() :]
            is_marked = is_heading or bool(label["mark"])
            value = _value(rest, is_marked=is_marked, is_whole=is_alone and is_marked)
            name = read_label(label)
            if is_marked or _LIKE_AN_ID.search(value):
                found.add(name.kind, value, _rank(value, is_numbered=name.rank > 0))
    return found.ids


def _unless_link(word: re.Match[str]) -> str:
    return "" if "://" in word[0] else word[0]


def _rank(value: str, *, is_numbered: bool) -> int:
    """Rank how likely a value is an id: "Customer: Dora" and "Customer id: C-1" may stand in one text."""
    return 2 if any(sign.isdigit() for sign in value) else int(is_numbered)


def _value(rest: str, *, is_marked: bool, is_whole: bool) -> str:
    between = None if is_marked else BETWEEN.match(rest)
    found = _VALUE.match(rest, between.end() if between else 0)
    if not found:
        return ""
    first = trim(found[0])
    if is_word_of_name(first):
        return ""
    return _whole(rest[found.start() :]) if is_whole and not found[0].startswith('"') else first


def _whole(text: str) -> str:
    """Read a value that may contain spaces, without the rest of the sentence behind it."""
    words = trim(_REMARK.split(text)[0]).split()
    if words and any(sign.isdigit() for sign in words[0]):
        words[1:] = takewhile(_is_of_an_id, words[1:])
    return " ".join(words)


def _is_of_an_id(word: str) -> bool:
    return len(word) == 1 or not (word.isalpha() and word.islower())
