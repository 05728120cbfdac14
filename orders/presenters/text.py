"""Upstream text made harmless and readable."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import regex

from orders.core.localization import display
from orders.presenters.markup import unescape, without_markup

# Joiners that scripts and emoji need, and the soft hyphen; every other format character goes.
_ALLOWED_FORMATS = {"\u200c", "\u200d", "\u00ad"}
_SPACES = {"\n", "\r", "\t", "\v", "\f", "\x85", "\u2028", "\u2029"}
_SHORT = 280
# A blank or the end of a sentence that stands further in than this part of the beginning is a place to cut.
_CUT_FROM = _SHORT * 2 // 3
_BLANK = re.compile(r"\s+")
_PAUSE = re.compile(r"[.,;:!?)\]。、，．；：！？）」』】،؛؟।]")
_GRAPHEME = regex.compile(r"\X")


class Prose(NamedTuple):
    """A longer text: what is shown at once, and the whole where that is more."""

    short: str
    full: str = ""


@lru_cache(maxsize=2048)
def _replacement(character: str) -> str:
    category = unicodedata.category(character)
    if character in _SPACES:
        return " "
    if category in ("Cc", "Cs") or (category == "Cf" and character not in _ALLOWED_FORMATS):
        return ""
    return character


def clean(text: str) -> str:
    """One line without control, surrogate and bidirectional-control characters, white space folded."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(map(_replacement, text)).split())


def plain(text: str | None) -> str:
    """Words that people wrote, on one line: entities are unescaped once, and tags stay the text that they are."""
    if not text:
        return ""
    return clean(unescape(text) if "&" in text else text)


def isolate(text: str) -> str:
    """A name or a number for a sentence; from right to left, digits beside it would else be read as part of it."""
    return f"\u2068{text}\u2069" if text and display().is_from_the_right else text


def prose(text: str | None) -> Prose | None:
    """A text as it came: the beginning at once, all of it behind a disclosure where it is long."""
    return _in_short(clean(text)) if text else None


def description(text: str | None) -> Prose | None:
    """A description, which shops write as text or as HTML: its words."""
    return _in_short(clean(without_markup(text))) if text else None


def _in_short(whole: str) -> Prose | None:
    if not whole:
        return None
    if len(whole) <= _SHORT:
        return Prose(whole)
    return Prose(whole[: _cut(whole)].rstrip() + "…", whole)


def _cut(whole: str) -> int:
    """Where to cut: at the last blank, else after the last pause, else between two characters that people see."""
    blank = max((found.start() for found in _BLANK.finditer(whole, _CUT_FROM, _SHORT + 1)), default=0)
    pause = max((found.end() for found in _PAUSE.finditer(whole, _CUT_FROM, _SHORT)), default=0)
    character = max((found.start() for found in _GRAPHEME.finditer(whole, 0, _SHORT + 1)), default=0)
    return blank or pause or character or _SHORT
