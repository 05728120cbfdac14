"""Makes what was typed or pasted readable: its beginning, without invisible and control characters."""

from __future__ import annotations

import re
import string
import unicodedata

from orders.lookup.find.ids import MAX_LENGTH
from orders.lookup.find.ids.marks import fold

# Line breaks and tabs stay: they part lines and cells.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
# What East Asian keyboards write; their digits are foreign ones.
_WIDE_LETTERS = {ord(letter) + 0xFEE0: letter for letter in string.ascii_letters}


def clean(text: str) -> str:
    """Clean a text; digits of every script and full-width letters become those of phones and order numbers."""
    folded = _CONTROL.sub("", fold(_CONTROL.sub("", text[:MAX_LENGTH]))).translate(_WIDE_LETTERS)
    return _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), folded).strip()
