"""The site's log format: one JSON object a line in production, a readable line in development.

These must never reach a log: query strings, which contain customers' ids; unknown paths, which may contain a
launch token; and credentials and e-mail addresses, which an exception may quote.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from orders.audit.redaction import redact, remove_credentials
from orders.core.request import correlation_id

_QUERY = re.compile(r"\?\S*")
# The look-behind matches a run of letters only from its beginning, so that long ones take linear time.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")
# The panel's addresses in any spelling, and any text behind them.
_EMBED = re.compile(r"/embed(?!host/)([^\s?'\"<>]*)", re.IGNORECASE)
_EMBED_PAGES = {"", "/", "/launch", "/orders/"}
_PLAIN_PART = re.compile(r"[a-z.-]{1,20}")
# The beginning of gunicorn's message; the client's text follows.
_UNREADABLE = re.compile(r"Invalid request from ip=\S*[A-Za-z ]*|Error handling request(?: [A-Z]{1,10}\b)?")
_SERVER_LOGGERS = ("gunicorn.error", "gunicorn.access")
_STANDARD_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_OMITTED_FIELDS = _STANDARD_FIELDS | {"request", "server_time"}


def remove_secrets(text: str) -> str:
    """Remove query strings, e-mail addresses and credentials."""
    return redact(_without_personal_data(text))


def _without_personal_data(text: str) -> str:
    return _EMAIL.sub("…", _QUERY.sub("?…", text))


class WithoutQueryStrings(logging.Filter):
    """Removes private parts of addresses from a record's message, and adds the correlation id."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = _message(record)
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and len(request.path) > 1:
            # Django logs the path of each request that it refuses, with unusual characters escaped.
            for path in (request.path, request.path.encode("unicode_escape").decode("ascii")):
                message = message.replace(path, _known_part(request))
        record.msg = _without_addresses(message)
        record.args = ()
        if not hasattr(record, "correlation_id") and correlation_id.get():
            record.correlation_id = correlation_id.get()
        return True


class WithoutRequestLines(logging.Filter):
    """Removes a client's text from gunicorn's message about an unreadable request."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = _message(record)
        if found := _UNREADABLE.match(message):
            message = f"{found[0]} …"
        record.msg = _without_addresses(message)
        record.args = ()
        return True


def guard_server_logs() -> None:
    """Keep addresses out of gunicorn's own logs, whatever their handlers."""
    for name in _SERVER_LOGGERS:
        log = logging.getLogger(name)
        if not any(isinstance(one, WithoutRequestLines) for one in log.filters):
            log.addFilter(WithoutRequestLines())


def _without_addresses(message: str) -> str:
    return remove_secrets(_EMBED.sub(lambda found: found[0] if found[1] in _EMBED_PAGES else "/embed/…", message))


def _known_part(request: HttpRequest) -> str:
    """Give the public part of a request's path: its route, or the first segment."""
    if request.resolver_match:
        return f"/{request.resolver_match.route}"
    first = request.path.split("/")[1]
    return f"/{first}/…" if _PLAIN_PART.fullmatch(first) else "/…"


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        # The arguments do not fit, but a filter must not raise.
        return str(record.msg)


def _extras(record: logging.LogRecord) -> dict[str, object]:
    return {
        name: remove_credentials(_without_personal_data(value)) if isinstance(value, str) else value
        for name, value in vars(record).items()
        if name not in _OMITTED_FIELDS and value not in (None, "")
    }


class JsonFormatter(logging.Formatter):
    """Formats a JSON object: time (UTC), level, logger, message, then the record's own fields."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_extras(record),
        }
        if record.exc_info:
            entry["exception"] = remove_secrets(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False, default=str)


class LineFormatter(logging.Formatter):
    """Formats a readable line, with the record's own fields behind the message."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the base class's name
        fields = " ".join(f"{name}={value}" for name, value in _extras(record).items())
        return f"{super().formatMessage(record)} {fields}".rstrip()

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the base class's name
        return remove_secrets(super().formatException(ei))
