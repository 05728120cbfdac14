"""Upstream text made harmless and readable."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from orders.presenters.display import display

# Joiners that scripts and emoji need, and the soft hyphen; every other format character goes.
_KEPT_FORMATS = {"\u200c", "\u200d", "\u00ad"}
_SPACES = {"\n", "\r", "\t", "\v", "\f", "\x85", "\u2028", "\u2029"}
_SHORT = 280


class Prose(NamedTuple):
    """A longer text: what is shown at once, and the whole where that is more."""

    short: str
    full: str = ""


@lru_cache(maxsize=2048)
def _replacement(character: str) -> str:
    category = unicodedata.category(character)
    if character in _SPACES:
        return " "
    if category in ("Cc", "Cs") or (category == "Cf" and character not in _KEPT_FORMATS):
        return ""
    return character


def clean(text: str) -> str:
    """One line without control, surrogate and bidirectional-control characters, white space folded."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(map(_replacement, text)).split())


def isolated(text: str) -> str:
    """A name or a number for a sentence; from right to left, digits beside it would else be read as part of it."""
    return f"\u2068{text}\u2069" if text and display().is_from_the_right else text


def prose(text: str | None) -> Prose | None:
    """A description: the beginning at once, all of it behind a disclosure where it is long."""
    whole = clean(text or "")
    if not whole:
        return None
    if len(whole) <= _SHORT:
        return Prose(whole)
    beginning = whole[:_SHORT].rsplit(" ", 1)[0]
    return Prose(beginning[:_SHORT] + "…", whole)
