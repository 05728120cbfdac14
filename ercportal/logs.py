"""How the site logs: one JSON object a line in production, a readable line in development.

What must never reach a log are the query strings of addresses, which hold customers' ids, and credentials, which
an exception may quote.
"""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from orders.redaction import redacted

correlation_id: ContextVar[str] = ContextVar("correlation_id", default="")
"""The id of the request that is being answered; empty outside of one."""

_QUERY = re.compile(r"\?\S*")
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_LEFT_OUT = _PLAIN | {"request", "server_time"}


def without_secrets(text: str) -> str:
    """A text that came from anywhere, without the query strings of addresses and without credentials."""
    return redacted(_QUERY.sub("?…", text))


class WithoutQueryStrings(logging.Filter):
    """Cuts the query string out of every address in a record's message, and adds the correlation id."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; keeps all of them."""
        record.msg = _QUERY.sub("?…", _message(record))
        record.args = ()
        if not hasattr(record, "correlation_id") and correlation_id.get():
            record.correlation_id = correlation_id.get()
        return True


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        # Arguments that do not fit; a filter that fails would take the caller down with it.
        return str(record.msg)


def _extras(record: logging.LogRecord) -> dict[str, object]:
    return {
        name: value for name, value in vars(record).items() if name not in _LEFT_OUT and value not in (None, "")
    }


class JsonFormatter(logging.Formatter):
    """One JSON object: time (UTC), level, logger, message, then the record's own fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line of JSON."""
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_extras(record),
        }
        if record.exc_info:
            entry["exception"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False, default=str)


class LineFormatter(logging.Formatter):
    """A line to read, with the record's own fields behind the message."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the base class's name
        """The record as a line; its exception comes below it."""
        fields = " ".join(f"{name}={value}" for name, value in _extras(record).items())
        return f"{super().formatMessage(record)} {fields}".rstrip()

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the base class's name
        """The exception, without the query strings and credentials that it may quote."""
        return without_secrets(super().formatException(ei))
