"""No cell is a formula, whichever way a line is split, and each value can be had back."""

from __future__ import annotations

import csv
import io
import re
import unicodedata

import pytest

from orders.admin.formulas import without_formulas

SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫"
SEPARATORS = [";", "\t", ",", "|", "\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"]
BLANKS = [
    "",
    " ",
    "  ",
    "\xa0",
    "\u3000",
    "\u200b",
    "\ufeff",
    '"',
    '""',
    " \"' ",
    "'",
    "\x00",
    "\x1b",
    "\u202e",
    "\xad",
]
CALL = "cmd|'/c calc'!A0"
VALUES = [
    *(f"{blank}{sign}{CALL}" for blank in BLANKS for sign in SIGNS),
    *(f"x{separator}{blank}{sign}{CALL};y" for separator in SEPARATORS for blank in BLANKS for sign in "=+-@＝"),
    *(f"x{one}{other}=1+1" for one in SEPARATORS for other in SEPARATORS),
    '";=1";"=1"',
    '"',
    '"";""=1',
    '","=1","',
    '"\n"=1',
    "x;",
    ";",
    "'=1",
    "''=1",
    ";'=1",
    "'\t'x",
    "\tx",
    "\rx",
    "=" * 500,
    ";" * 500,
    "\t" * 499 + "=",
]
HARMLESS = [
    "",
    "C-1001",
    "a/b#c?d%é",
    "jo@desk.example",
    "access log, filter: agent=eve",
    "2026-05-10T12:00:00+00:00",
]
HARMLESS += ["x; y", "1,5", "O'Neill", "a - b", "\xa0x", "'x", "x\ny", "日本"]


def cells(text: str, delimiter: str) -> list[str]:
    """The cells of a file as a program that splits at this delimiter reads them."""
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row]


def is_formula(cell: str) -> bool:
    """Whether a program that drops what cannot be seen, and folds what is wide, would compute the cell."""
    seen = "".join(c for c in cell if unicodedata.category(c) not in ("Cc", "Cf")).lstrip('" \xa0\u3000')
    return unicodedata.normalize("NFKC", seen)[:1] in tuple("=+-@")


def written(*values: str) -> str:
    """A file of two lines with these values, as the export writes it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    for _ in range(2):
        writer.writerow(["at", *map(without_formulas, values), "end"])
    return file.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_value_makes_no_formula_whichever_way_a_line_is_split(delimiter: str) -> None:
    for value in VALUES:
        for text in (written(value), written("x;", value), written(value, '";', value), written('"', value)):
            assert not [cell for cell in cells(text, delimiter) if is_formula(cell)], (value, text)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_value_makes_no_formula_where_quotes_mean_nothing(delimiter: str) -> None:
    for value in VALUES:
        text = written(value, "x;", value)
        naive = [cell for line in re.split(r"[\r\n]", text) for cell in line.split(delimiter)]
        assert not [cell for cell in naive if is_formula(cell)], (value, text)


@pytest.mark.parametrize("value", HARMLESS)
def test_value_that_cannot_be_a_formula_is_as_it_was(value: str) -> None:
    assert without_formulas(value) == value


def test_value_can_be_had_back() -> None:
    blank = r"[\s\"'\x00-\x1f\x7f-\xa0\xad\u200b\u202e\ufeff]*"
    start, after = rf"\A'(?={blank}[\t\r\n{SIGNS[:2]}\-{SIGNS[3:]}])", rf"'(?={blank}[{SIGNS[:2]}\-{SIGNS[3:]}])"
    added = re.compile(rf"{start}|(?<=[;,|\t\n\v\f\r\x85\u2028\u2029]){after}")

    for value in (*VALUES, *HARMLESS):
        assert added.sub("", without_formulas(value)) == value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1", "'=1"),
        ("x;=1", "x;'=1"),
        ("x; =1", "x;' =1"),
        ('x;"=1', "x;'\"=1"),
        ("x\t+1", "x\t'+1"),
        ("x\n@a", "x\n'@a"),
        ("x;\t=1", "x;'\t'=1"),
        ("'=1", "''=1"),
        ("\tx", "'\tx"),
        ("x;\ty", "x;\ty"),
    ],
)
def test_apostrophe_stands_where_a_cell_could_begin(value: str, shown: str) -> None:
    assert without_formulas(value) == shown
