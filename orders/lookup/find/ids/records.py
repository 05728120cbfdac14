"""Finds the ids in other programs' output: JSON, and tables of spreadsheets, mails and Markdown."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from orders.lookup.find.ids.candidates import NOTHING, Candidates, Ids
from orders.lookup.find.ids.labels import Name, name_of
from orders.lookup.find.ids.marks import bare_id, trim

_RULE = re.compile(r"[\s|:+=-]*")
_COLUMNS = re.compile(r"\s{2,}|\t")


def ids_in_json(text: str) -> Ids:
    """Find the ids at any depth of a JSON object anywhere in the text."""
    start, end = text.find("{"), text.rfind("}")
    try:
        value = json.loads(text[start : end + 1])
    except (ValueError, RecursionError):
        return NOTHING
    found = Candidates()
    for name, entry in _entries(value):
        found.add(name.kind, bare_id(entry), name.rank)
    return found.ids


def _entries(value: Any) -> Iterator[tuple[Name, str]]:
    left = [("", value)]
    while left:
        above, value = left.pop()
        if isinstance(value, list):
            left += [(above, entry) for entry in value]
        elif isinstance(value, dict):
            # {"order": {"id": "A-1"}} means the same as {"order id": "A-1"}.
            left += [(key if name_of(key) else f"{above} {key}", entry) for key, entry in value.items()]
        elif name := name_of(above):
            yield name, str(value)


def ids_in_tables(text: str) -> Ids:
    """Find the ids below their headings, or beside them."""
    lines = [line for line in text.splitlines() if not _RULE.fullmatch(line)]
    ways: tuple[Callable[[str], list[str]], ...] = (*map(_splitter, "\t;|,"), _COLUMNS.split, str.split)
    for cells_of in ways:
        rows = [[trim(cell) for cell in cells_of(line.strip(" |"))] for line in lines]
        ids = _ids_below(rows)
        if not ids.are_both and cells_of is not str.split:
            ids = _ids_beside(rows)
        if ids.are_both:
            return ids
    return NOTHING


def _splitter(sign: str) -> Callable[[str], list[str]]:
    return lambda line: next(csv.reader([line], delimiter=sign, skipinitialspace=True))


def _ids_below(rows: list[list[str]]) -> Ids:
    """Find the ids in the rows that have as many cells as the first row that names both."""
    found = Candidates()
    headings: list[Name | None] = []
    for row in rows:
        if headings and len(row) != len(headings):
            break
        if headings:
            _add_row(found, headings, row)
        elif len({name.kind for name in map(name_of, row) if name}) > 1:
            headings = [name_of(cell) for cell in row]
    return found.ids


def _ids_beside(rows: list[list[str]]) -> Ids:
    found = Candidates()
    for row in rows:
        if len(row) > 1:
            _add_row(found, [name_of(row[0])], row[1:2])
    return found.ids


def _add_row(found: Candidates, names: list[Name | None], row: list[str]) -> None:
    for name, value in zip(names, row, strict=True):
        if name:
            found.add(name.kind, value, name.rank)
