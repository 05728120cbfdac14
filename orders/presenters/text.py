"""Makes upstream text harmless and readable."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import regex

from orders.core.localization import display
from orders.presenters.markup import unescape, without_markup

# Joiners that scripts and emoji need, and the soft hyphen; other format characters are removed.
_ALLOWED_FORMATS = {"\u200c", "\u200d", "\u00ad"}
_SPACES = {"\n", "\r", "\t", "\v", "\f", "\x85", "\u2028", "\u2029"}
_SHORT = 280
# A text is cut at a blank or the end of a sentence only behind this position.
_CUT_FROM = _SHORT * 2 // 3
_BLANK = re.compile(r"\s+")
_PAUSE = re.compile(r"[.,;:!?)\]。、，．；：！？）」』】،؛؟।]")
_GRAPHEME = regex.compile(r"\X")


_DIRECTION_MARKS = dict.fromkeys([0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class Prose(NamedTuple):
    """A longer text: its beginning, and the whole if that is longer."""

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
    """Remove control, surrogate and bidirectional-control characters, and fold white space to one line."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if " " in text else text
    return " ".join("".join(map(_replacement, text)).split())


def plain(text: str | None) -> str:
    """Clean people's text to one line: unescape entities once; tags stay as text."""
    if not text:
        return ""
    return clean(unescape(text) if "&" in text else text)


def isolate(text: str) -> str:
    """Isolate a name or a foreign text in a sentence that is, or that it is, written from the right.

    Without it digits and punctuation beside the text would seem part of it. A page makes elements of the marks.
    """
    if not text or not (display().is_from_the_right or is_from_the_right(text)):
        return text
    return f"\u2068{text}\u2069"


def identifier(text: str) -> str:
    """Mark an id or a number of other systems in a sentence, as what is isolated and no translation changes."""
    return f"\u2066{text}\u2069" if text else ""


def is_from_the_right(text: str) -> bool:
    """Whether any character of a text is written from the right."""
    return not text.isascii() and any(unicodedata.bidirectional(one) in ("R", "AL") for one in text)


def unmarked(text: str) -> str:
    """Remove direction marks, which disturb other programs, from a text for the clipboard."""
    return text if text.isascii() else text.translate(_DIRECTION_MARKS)


def prose(text: str | None) -> Prose | None:
    """Split a text as it came: a beginning, and all of it behind a disclosure if it is long."""
    return _in_short(clean(text)) if text else None


def description(text: str | None) -> Prose | None:
    """Split a description, which shops write as text or as HTML, without its markup."""
    return _in_short(clean(without_markup(text))) if text else None


def _in_short(whole: str) -> Prose | None:
    if not whole:
        return None
    if len(whole) <= _SHORT:
        return Prose(whole)
    return Prose(whole[: _cut(whole)].rstrip() + "…", whole)


def _cut(whole: str) -> int:
    """Find where to cut: at the last blank, else after the last pause, else between two graphemes."""
    blank = max((found.start() for found in _BLANK.finditer(whole, _CUT_FROM, _SHORT + 1)), default=0)
    pause = max((found.end() for found in _PAUSE.finditer(whole, _CUT_FROM, _SHORT)), default=0)
    character = max((found.start() for found in _GRAPHEME.finditer(whole, 0, _SHORT + 1)), default=0)
    return blank or pause or character or _SHORT
