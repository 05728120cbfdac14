"""Keeps spreadsheets from taking a cell of a CSV file for a formula, wherever they split a line.

Excel splits at semicolons where numbers have a decimal comma, other programs at tabs or at any other separator. So
a cell may begin within a value, after any of these and after each line break.
"""

from __future__ import annotations

import re

_SEPARATORS = r";,|\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029"
# Characters that begin a formula (OWASP, CSV injection), in each spelling that programs may normalize.
_SIGNS = r"=+@\-＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋⩵⩶﬩−‐‑"
# Characters that a program may drop before it looks for a formula: blanks, quotes, controls, zero-width marks.
_DROPPED = (
    r"\s\"'\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202f"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
)
_FORMULA = re.compile(
    rf"\A(?=[{_DROPPED}]*[\t\r\n{_SIGNS}])|(?<=[{_SEPARATORS}])(?=[{_DROPPED}]*[{_SIGNS}])",
)


def without_formulas(text: str) -> str:
    """Put an apostrophe wherever a cell could begin as a formula, which makes it text.

    This is reversible: remove the apostrophe that begins a text, or follows a separator or line break, wherever
    blanks, quotes, further apostrophes and then a sign come after it.
    """
    return _FORMULA.sub("'", text)
