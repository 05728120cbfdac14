"""Dates and timestamps as the API sends them: read where they can be read, kept as text where not."""

from __future__ import annotations

import re
from datetime import date, datetime

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


class Moment:
    """One date or timestamp of an answer (API.md: ISO 8601).

    `value` is a datetime (aware where the text names an offset), a date where only a day was given, or None
    where the text is not ISO 8601; `text` is what came, so that nothing is lost.
    """

    __slots__ = ("text", "value")

    def __init__(self, text: str) -> None:
        self.text = text
        self.value: datetime | date | None = _parsed(text.strip())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Moment) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Moment({self.text!r})"


def _parsed(text: str) -> datetime | date | None:
    try:
        if _DATE.match(text):
            return date.fromisoformat(text)
        return datetime.fromisoformat(text)
    except ValueError:
        return None
