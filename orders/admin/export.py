"""Streams the access log as CSV, in pieces by key, so that neither side holds all of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from orders.admin.formulas import without_formulas
from orders.models import AccessLogEntry

COLUMNS = (
    "at",
    "surface",
    "agent",
    "host",
    "customer_id",
    "order_id",
    "page",
    "outcome",
    "items",
    "source",
    "duration_ms",
    "address",
    "correlation_id",
    "note",
    "kind",
    "digest",
    "proof",
)
_PIECE = 2000


class _Line:
    """A file for csv.writer that returns each line instead of storing it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: QuerySet[AccessLogEntry]) -> Iterator[str]:
    """Give the rows, newest first, below a line of titles."""
    # With every cell in quotes, no line break or comma within one ends it.
    writer = csv.writer(_Line(), quoting=csv.QUOTE_ALL)
    yield str(writer.writerow(COLUMNS))
    for row in _in_pieces(rows):
        yield str(writer.writerow([_cell(value) for value in row]))


def _in_pieces(rows: QuerySet[AccessLogEntry]) -> Iterator[tuple[Any, ...]]:
    ordered = rows.order_by("-at", "-id").values_list(*COLUMNS, "id")
    rest = ordered
    while piece := list(rest[:_PIECE]):
        for *values, _id in piece:
            yield tuple(values)
        at, last = piece[-1][0], piece[-1][-1]
        # The last condition is implied by the first, but lets the database use the index.
        rest = ordered.filter(Q(at__lt=at) | Q(at=at, id__lt=last), at__lte=at)


def _cell(value: Any) -> str:
    text = "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)
    return without_formulas(text)
