"""A SQLite file that another process writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import environ
import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler
from pytest_django.plugin import DjangoDbBlocker

from ercportal.databases import DatabaseLimits, limit_database
from ercportal.sqlite3 import base

_LIMITS = DatabaseLimits(wait_seconds=3, answer_seconds=5, connections=16)


@pytest.fixture(autouse=True)
def _databases_of_its_own(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "portal.sqlite3"


@pytest.fixture
def connect(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Any]]:
    """A connection as a request has it."""
    monkeypatch.setattr(base._Locked, "until", 0.0)
    made = []

    def connection() -> Any:
        config = limit_database(environ.Env.db_url_config(f"sqlite:///{file}"), _LIMITS)
        config["OPTIONS"]["timeout"] = 0.4
        made.append(ConnectionHandler({"default": config})["default"])
        return made[-1]

    with connection().cursor() as cursor:
        cursor.execute("CREATE TABLE rows (n int)")
    yield connection
    for one in made:
        one.close()


@pytest.fixture
def writer(file: Path, connect: Callable[[], Any]) -> Iterator[sqlite3.Connection]:
    """Another process that holds the file for long."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield other
    other.close()


def insert(connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO rows VALUES (%s)", [1])


def waits(connection: Any) -> int:
    """For how many milliseconds its next statement would wait."""
    return int(connection.connection.execute("PRAGMA busy_timeout").fetchone()[0])


def test_reader_is_not_held_up_by_a_writer(connect: Callable[[], Any], writer: sqlite3.Connection) -> None:
    with connect().cursor() as cursor:
        cursor.execute("SELECT count(*) FROM rows")

        assert cursor.fetchone() == (0,)


def test_request_waits_for_a_writer_once(connect: Callable[[], Any], writer: sqlite3.Connection) -> None:
    connection = connect()
    connection.ensure_connection()
    before = waits(connection)

    with pytest.raises(OperationalError, match="locked"):
        insert(connection)
    with pytest.raises(OperationalError, match="locked"):
        insert(connection)

    assert before == 400
    assert waits(connection) == 250


def test_waits_are_short_just_after_a_failed_one(
    connect: Callable[[], Any], writer: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OperationalError, match="locked"):
        insert(connect())

    next_one = connect()
    next_one.ensure_connection()
    monkeypatch.setattr(base._Locked, "until", 0.0)
    later = connect()
    later.ensure_connection()

    assert (waits(next_one), waits(later)) == (250, 400)


def test_file_is_written_again_when_the_writer_is_done(
    connect: Callable[[], Any], writer: sqlite3.Connection
) -> None:
    with pytest.raises(OperationalError, match="locked"):
        insert(connect())
    writer.execute("ROLLBACK")

    insert(connect())


def test_several_rows_wait_once_as_well(connect: Callable[[], Any], writer: sqlite3.Connection) -> None:
    connection = connect()

    with pytest.raises(OperationalError, match="locked"), connection.cursor() as cursor:
        cursor.executemany("INSERT INTO rows VALUES (%s)", [(1,), (2,)])

    assert waits(connection) == 250


def test_transaction_that_reads_first_can_write_after_another_has(connect: Callable[[], Any], file: Path) -> None:
    connection = connect()
    other = sqlite3.connect(file, timeout=0, isolation_level=None)

    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM rows")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("INSERT INTO rows VALUES (2)")
    insert(connection)
    connection.commit()

    assert other.execute("SELECT n FROM rows").fetchall() == [(1,)]
    other.close()
