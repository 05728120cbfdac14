"""Removes what mail and chat add to text: invisible marks, typographic quotes and dashes."""

from __future__ import annotations

import html
import re

from orders.erc.query import has_dot_segment

# Unicode's Default_Ignorable_Code_Point, which the standard library lacks, and the object replacement character.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Only with a semicolon: in an address "&section=" is no "§ion=".
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_DOUBLE_QUOTES = "“”„‟«»″＂「」『』"
_SINGLE_QUOTES = "‘’‚‛‹›′＇`´"
_QUOTES = f"\"'{_DOUBLE_QUOTES}{_SINGLE_QUOTES}"
_FULL_WIDTH = 0xFEE0
_TYPED = {
    **{sign: sign - _FULL_WIDTH for sign in range(0xFF01, 0xFF5F) if not chr(sign).isalnum()},
    **dict.fromkeys(map(ord, _DOUBLE_QUOTES), '"'),
    **dict.fromkeys(map(ord, _SINGLE_QUOTES), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―⁃−﹘﹣"), "-"),
    **dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "),
    **dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"), "\n"),
    **dict.fromkeys(map(ord, "،、"), ","),
    ord("؛"): ";",
    ord("؟"): "?",
    ord("。"): ".",
    ord("№"): "#",
}
_OPENING = "([{<"
_CLOSING = ")]}>"
_BESIDE = "\"'*_~"
_ENDING = ".,;:!?…"
_BLANK = " \t\r\n"
_DOTS = re.compile(r"\.+")


def fold(text: str) -> str:
    """Convert a text to its typed form: no invisible marks, no entities, plain quotes, dashes and spaces."""
    unescaped = _ENTITY.sub(_character, _ENTITY.sub(_character, text))
    return without_marks(unescaped).translate(_TYPED).strip()


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity[0])


def without_marks(text: str) -> str:
    """Remove invisible characters."""
    return _INVISIBLE.sub("", text)


def bare_id(text: str) -> str:
    """Clean an id from its own field: remove marks and what stands around it; all else belongs to the id."""
    text = without_marks(text).strip()
    while len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES:
        text = text[1:-1].strip()
    return text


def trim(word: str) -> str:
    """Remove the text's punctuation around a word, but not the closing bracket of one that the word opens."""
    word = word.lstrip(_BLANK + _OPENING + _BESIDE + "#")
    kept = word.rstrip(_BLANK + _CLOSING + _BESIDE + _ENDING)
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        if kept.count(opening) > kept.count(closing) and word.startswith(closing, len(kept)):
            kept += closing
    # The dots of `.` and `..` belong to the id, which is then refused: without them it would be another id.
    dots = _DOTS.match(word, len(kept))
    if kept and dots and has_dot_segment(kept + dots[0]):
        kept += dots[0]
    return kept.removesuffix("'s")
