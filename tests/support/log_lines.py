"""Keeps what production would log, to be read in tests."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from ercportal.log_format import JsonFormatter, WithoutQueryStrings


class Lines(logging.Handler):
    """Keeps what production would write."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(JsonFormatter())
        self.addFilter(WithoutQueryStrings())

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.lines.append(self.format(record))

    def entries(self, message: str) -> list[dict[str, object]]:
        """The entries with this message."""
        parsed = [json.loads(line) for line in self.lines]
        return [entry for entry in parsed if entry["message"] == message]


@contextmanager
def kept_lines() -> Iterator[Lines]:
    """All that is logged meanwhile, at every level."""
    handler = Lines()
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield handler
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
