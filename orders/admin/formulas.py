"""Cells of a CSV file that no spreadsheet takes for a formula, wherever it splits a line into cells.

Excel splits at semicolons where numbers have a decimal comma, other programs at tabs or as they are told. So a
cell may begin within a value, after any of these and after each line break.
"""

from __future__ import annotations

import re

_SEPARATORS = r";,|\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029"
# What begins a formula (OWASP, CSV injection), in each spelling that programs may fold to the plain one.
_SIGNS = r"=+@\-＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋⩵⩶﬩−‐‑"
# What a program may drop before it looks for a formula: blanks, quotes, controls and marks without width.
_DROPPED = (
    r"\s\"'\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202f"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
)
_FORMULA = re.compile(
    rf"\A(?=[{_DROPPED}]*[\t\r\n{_SIGNS}])|(?<=[{_SEPARATORS}])(?=[{_DROPPED}]*[{_SIGNS}])",
)


def without_formulas(text: str) -> str:
    """The text with an apostrophe wherever a cell could begin as a formula; with it, that is text.

    Nothing is lost: take away the apostrophe that begins a text, or follows a separator or line break, wherever
    blanks, quotes, further apostrophes and then a sign come after it.
    """
    return _FORMULA.sub("'", text)
