from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from orders.models import AccessLogEntry, ApiExchange
from tests.support.log_rows import entry, exchange


def pruned(**options: Any) -> str:
    out = io.StringIO()
    call_command("prune_access_log", stdout=out, **options)
    return out.getvalue()


def days_ago(days: float) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def test_old_rows_are_deleted_and_younger_ones_kept(db: None, settings: Settings) -> None:
    settings.ACCESS_LOG_DAYS, settings.API_EXCHANGE_DAYS = 90, 30
    for days in (91, 89):
        entry(at=days_ago(days), order_id=f"{days}")
    for days in (31, 29):
        exchange(at=days_ago(days), code=f"{days}")

    pruned()

    assert list(AccessLogEntry.objects.values_list("order_id", flat=True)) == ["89"]
    assert list(ApiExchange.objects.values_list("code", flat=True)) == ["29"]


def test_rows_are_deleted_in_pieces_with_progress(db: None) -> None:
    for _ in range(5):
        entry(at=days_ago(10))

    said = pruned(days=5, batch=2)

    assert [line for line in said.splitlines() if line.endswith("…")] == [
        "access log: 2 rows deleted …",
        "access log: 4 rows deleted …",
        "access log: 5 rows deleted …",
    ]
    assert not AccessLogEntry.objects.exists()


def test_dry_run_only_counts(db: None) -> None:
    entry(at=days_ago(10))

    said = pruned(days=5, dry_run=True)

    assert "access log: 1 rows are older than 5 days." in said
    assert AccessLogEntry.objects.exists()


@pytest.mark.parametrize(
    "options",
    [
        {"days": 0},
        {"days": 10_000_000},
        {"exchange_days": -1},
        {"exchange_days": 10**12},
        {"batch": 0},
        {"batch": 10_000_000},
    ],
)
def test_numbers_that_make_no_sense_delete_nothing(db: None, options: dict[str, int]) -> None:
    entry(at=days_ago(1000))

    with pytest.raises(CommandError):
        pruned(**options)

    assert AccessLogEntry.objects.exists()


def test_searches_are_deleted_as_look_ups_are(db: None) -> None:
    for days in (10, 1):
        entry(at=days_ago(days), kind="search_email", digest="a" * 64, agent=f"{days}")

    pruned(days=5)

    assert list(AccessLogEntry.objects.values_list("agent", flat=True)) == ["1"]
