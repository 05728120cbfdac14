"""Rows of the access log and of the exchanges, as the portal writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from orders.models import AccessLogEntry, ApiExchange

NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)


def entry(**fields: Any) -> AccessLogEntry:
    """A row of the access log."""
    usual = {
        "at": NOW,
        "surface": "portal",
        "agent": "jo",
        "customer_id": "C-1",
        "order_id": "O-1",
        "outcome": "ok",
        "duration_ms": 7,
        "correlation_id": "correlation-1",
    }
    return AccessLogEntry.objects.create(**{**usual, **fields})


def exchange(**fields: Any) -> ApiExchange:
    """A row of the exchanges."""
    usual = {
        "at": NOW,
        "method": "GET",
        "route": "/items",
        "status": 500,
        "outcome": "Unavailable",
        "duration_ms": 7,
        "size": 3,
        "attempts": [{"number": 1, "began_ms": 0, "duration_ms": 7, "status": 500, "outcome": "x", "size": 3}],
        "body": "<b>as it came</b>",
        "correlation_id": "correlation-1",
    }
    return ApiExchange.objects.create(**{**usual, **fields})


def fields(row: AccessLogEntry) -> dict[str, Any]:
    """The values of a row but for its key."""
    return {field.name: getattr(row, field.name) for field in row._meta.fields if field.name != "id"}
