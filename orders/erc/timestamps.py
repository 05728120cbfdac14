"""Dates and timestamps of the API, parsed where possible and left as text otherwise."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

# Numbers are tried first: datetime would read thirty digits as a year, a month and so on.
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_DAY_IN_DIGITS = re.compile(r"(19|20|21)\d{6}", re.ASCII)
_MAX_DAY = len("2026-11-26")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Fewer seconds than this end in 1973: such a number is rather a year or a count. So do fewer milliseconds than
# that, which are rather seconds: as such they reach the year 5138.
_MIN_SECONDS = 10**8
_MIN_MILLISECONDS = 10**11
_MAX_MILLISECONDS = 10**15


class Timestamp:
    """One date or timestamp of a response: ISO 8601, or seconds or milliseconds since 1970.

    `value` is a datetime (aware if the text has an offset), a date for a day alone, or None for unreadable text;
    `text` is the original.
    """

    __slots__ = ("text", "value")

    def __init__(self, text: str) -> None:
        self.text = text
        self.value: datetime | date | None = _parse(text.strip())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timestamp) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Timestamp({self.text!r})"


# No floats: msgspec has lost their spelling by then, so such an entry is read field by field.
_WIRE_TYPES = (str, int)


def from_wire(kind: type, value: Any) -> Timestamp:
    """Make a Timestamp of what a msgspec decoder found for one (its `dec_hook`). Raises TypeError."""
    if kind is Timestamp and type(value) in _WIRE_TYPES:
        return Timestamp(str(value))
    raise TypeError(f"Expected `{kind.__name__}`")


def _parse(text: str) -> datetime | date | None:
    if _NUMBER.fullmatch(text) and not _DAY_IN_DIGITS.fullmatch(text):
        return _since_1970(text)
    try:
        return date.fromisoformat(text) if len(text) <= _MAX_DAY else datetime.fromisoformat(text)
    except ValueError:
        return None


def _since_1970(text: str) -> datetime | None:
    try:
        number = Decimal(text)
        if 0 < number < _MIN_SECONDS or abs(number) > _MAX_MILLISECONDS:
            return None
        microseconds = number * (1000 if abs(number) >= _MIN_MILLISECONDS else 1_000_000)
        return _EPOCH + timedelta(microseconds=int(microseconds))
    except ArithmeticError:
        return None
