"""Makes what was typed or pasted readable: its beginning, without invisible and control characters."""

from __future__ import annotations

import re
import unicodedata

from orders.lookup.find.ids import MAX_LENGTH
from orders.lookup.find.ids.marks import fold

# Line breaks and tabs stay: they part lines and cells.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
# Other forms of letters: the ligatures and Arabic ones of PDFs, the wide and narrow ones of East Asian keyboards.
_OTHER_FORMS = re.compile("[\ufb00-\ufdff\ufe70-\ufeff\uff21-\uff3a\uff41-\uff5a\uff66-\uff9f]+")


def clean(text: str) -> str:
    """Clean a text; digits of every script become those of phones and order numbers, letters their usual form."""
    folded = _CONTROL.sub("", fold(_CONTROL.sub("", text[:MAX_LENGTH])))
    folded = _OTHER_FORMS.sub(lambda letters: unicodedata.normalize("NFKC", letters[0]), folded)
    return _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), folded).strip()
