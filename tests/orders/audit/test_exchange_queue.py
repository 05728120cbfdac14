"""The rows of exchanges on their way to the database: gathered, written in one statement, and lost with a word."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, DataError, connection
from django.test.utils import CaptureQueriesContext

from orders.audit import exchange_queue
from orders.audit.exchange_queue import ExchangeQueue, write
from orders.models import ApiExchange
from tests.support.log_lines import Lines
from tests.support.paths import ROOT

_LOST = "an API exchange could not be recorded"
_put = ExchangeQueue.put


@pytest.fixture(autouse=True)
def _gathering_takes_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange_queue, "GATHER_SECONDS", 0.01)
    monkeypatch.setattr(ExchangeQueue, "put", _put)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The batches that reach the database, each by its rows' correlation ids."""
    batches: list[list[str]] = []
    monkeypatch.setattr(exchange_queue, "write", lambda rows: batches.append([row.correlation_id for row in rows]))
    return batches


def row(correlation_id: str, **fields: Any) -> ApiExchange:
    """A row that is not written yet."""
    usual = {"at": datetime.now(UTC), "method": "GET", "outcome": "ok", "duration_ms": 1, "size": 1}
    return ApiExchange(**{**usual, "correlation_id": correlation_id, **fields})


def test_rows_that_follow_closely_are_written_together(
    written: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange_queue, "GATHER_SECONDS", 5.0)
    rows = ExchangeQueue()

    for number in range(5):
        rows.put(row(f"correlation-{number}"))
    rows.flush()

    # The thread may have taken the first one before it was told to hurry, never the others one by one.
    assert [one for batch in written for one in batch] == [f"correlation-{number}" for number in range(5)]
    assert len(written) <= 2


def test_flush_waits_until_rows_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, done = ExchangeQueue(), list[ApiExchange]()
    is_begun = threading.Event()

    def write_slowly(batch: Sequence[ApiExchange]) -> None:
        is_begun.set()
        threading.Event().wait(0.3)
        done.extend(batch)

    monkeypatch.setattr(exchange_queue, "write", write_slowly)
    rows.put(row("correlation-1"))
    assert is_begun.wait(5)

    rows.flush()

    assert [one.correlation_id for one in done] == ["correlation-1"]


def test_process_that_ends_writes_the_rows_that_wait() -> None:
    program = """
import django
django.setup()
from orders.audit import exchange_queue
from orders.models import ApiExchange
exchange_queue.GATHER_SECONDS = 60.0
exchange_queue.write = lambda rows: print("written:", len(rows))
exchange_queue.exchange_queue().put(ApiExchange())
"""
    env = {**os.environ, "DEBUG": "1", "ENV_FILE": "/dev/null", "DJANGO_SETTINGS_MODULE": "ercportal.settings"}

    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=True
    )

    assert ended.stdout == "written: 1\n"


def test_flush_gives_up_on_a_database_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, go_on = ExchangeQueue(), threading.Event()
    monkeypatch.setattr(exchange_queue, "write", lambda _rows: go_on.wait(10))
    rows.put(row("correlation-1"))

    rows.flush(seconds=0.05)

    assert rows._rows.unfinished_tasks == 1
    go_on.set()


def test_row_beyond_the_room_is_dropped_and_named_in_the_log(
    written: list[list[str]], monkeypatch: pytest.MonkeyPatch, log: Lines
) -> None:
    rows = ExchangeQueue(max_rows=1)
    monkeypatch.setattr(rows, "_start", lambda: None)

    rows.put(row("correlation-1"))
    rows.put(row("correlation-2"))

    (line,) = log.entries(f"{_LOST} (too many wait)")
    assert (line["level"], line["correlation_id"]) == ("WARNING", "correlation-2")
    assert not written


def test_queue_goes_on_after_a_fault(monkeypatch: pytest.MonkeyPatch, log: Lines) -> None:
    rows, done = ExchangeQueue(), list[str]()

    def fail_first(batch: Sequence[ApiExchange]) -> None:
        if not done:
            done.append("a fault")
            raise RuntimeError("planted C-1")
        done.extend(one.correlation_id for one in batch)

    monkeypatch.setattr(exchange_queue, "write", fail_first)
    rows.put(row("correlation-1"))
    rows.flush()
    rows.put(row("correlation-2"))
    rows.flush()

    assert done == ["a fault", "correlation-2"]
    (line,) = log.entries(f"{_LOST} (RuntimeError)")
    assert line["correlation_id"] == "correlation-1"
    assert not [one for one in log.lines if "planted" in one]


def test_rows_are_written_by_another_thread_and_stay(transactional_db: None) -> None:
    rows = ExchangeQueue()

    rows.put(row("correlation-1"))
    rows.put(row("correlation-2"))
    rows.flush()

    kept = ApiExchange.objects.values_list("correlation_id", flat=True)
    assert sorted(kept) == ["correlation-1", "correlation-2"]


def test_thread_of_a_process_before_a_fork_is_replaced(written: list[list[str]]) -> None:
    rows = ExchangeQueue()
    ended = threading.Thread(target=lambda: None)
    ended.start()
    ended.join()
    rows._thread = ended

    rows.put(row("correlation-1"))
    rows.flush()

    assert written == [["correlation-1"]]


def test_row_waits_where_the_system_has_no_thread_left(
    written: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, start = ExchangeQueue(), threading.Thread.start
    refusals = iter([RuntimeError("can't start new thread")])

    def start_or_refuse(thread: threading.Thread) -> None:
        for refusal in refusals:
            raise refusal
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", start_or_refuse)

    rows.put(row("correlation-1"))
    rows.put(row("correlation-2"))
    rows.flush()

    assert [one for batch in written for one in batch] == ["correlation-1", "correlation-2"]


def test_batch_is_one_statement(db: None) -> None:
    batch = [row(f"correlation-{number}") for number in range(50)]

    with CaptureQueriesContext(connection) as statements:
        write(batch)

    assert len([one for one in statements.captured_queries if "INSERT" in one["sql"]]) == 1
    assert ApiExchange.objects.count() == 50


def test_row_that_the_database_refuses_costs_no_other(
    db: None, monkeypatch: pytest.MonkeyPatch, log: Lines
) -> None:
    create = ApiExchange.objects.bulk_create

    def refuse(rows: Sequence[ApiExchange]) -> list[ApiExchange]:
        if any(one.outcome == "refused" for one in rows):
            raise DataError("planted C-1")
        return create(rows)

    monkeypatch.setattr(ApiExchange.objects, "bulk_create", refuse)

    write([row("correlation-1"), row("correlation-2", outcome="refused"), row("correlation-3")])

    kept = ApiExchange.objects.values_list("correlation_id", flat=True)
    assert sorted(kept) == ["correlation-1", "correlation-3"]
    (line,) = log.entries(f"{_LOST} (DataError)")
    assert line["correlation_id"] == "correlation-2"
    assert not [one for one in log.lines if "planted" in one]


def test_rows_that_cannot_be_written_are_each_named_in_the_log(
    db: None, monkeypatch: pytest.MonkeyPatch, log: Lines
) -> None:
    def fail(_rows: Sequence[ApiExchange]) -> None:
        raise DatabaseError("planted C-1")

    monkeypatch.setattr(ApiExchange.objects, "bulk_create", fail)

    write([row("correlation-1"), row("correlation-2")])

    lines = log.entries(f"{_LOST} (DatabaseError)")
    assert [line["correlation_id"] for line in lines] == ["correlation-1", "correlation-2"]
