"""The connections to a real PostgreSQL that is frozen, restarted, or no main server any more."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, cast

import environ
import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler, InternalError
from pytest_django.plugin import DjangoDbBlocker

from ercportal.databases import DatabaseLimits, limit_database
from ercportal.postgresql import base
from ercportal.postgresql.outage import Outage
from tests.support.postgres_server import Postgres, needs_postgres

_LIMITS = DatabaseLimits(wait_seconds=3, answer_seconds=5, connections=16)

pytestmark = needs_postgres

# No answer takes that long; without bounds there would be none at all.
SOON = 30


class Database:
    """The site's database in a server of the test's own; each thread has its connection to it."""

    def __init__(self, url: str) -> None:
        config = limit_database(environ.Env.db_url_config(url), _LIMITS)
        self._handler = ConnectionHandler({"default": {}, "bounded": config})

    @property
    def connection(self) -> base.DatabaseWrapper:
        """That of this thread."""
        return cast("base.DatabaseWrapper", self._handler["bounded"])

    def ask(self, statement: str = "SELECT 1") -> Any:
        """The first value of the answer, as one request would get it."""
        connection = self.connection
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                row = cursor.fetchone() if cursor.description else None
                return row[0] if row else None
        finally:
            connection.close()

    def ask_at_once(self, number: int, statement: str = "SELECT 1") -> list[Any]:
        """What so many requests get at the same time; the error's name where it is one."""
        together = Barrier(number)

        def ask(_: int) -> Any:
            together.wait()
            try:
                return self.ask(statement)
            except OperationalError as error:
                return type(error).__name__

        with ThreadPoolExecutor(number) as pool:
            return list(pool.map(ask, range(number)))

    def fill_pool(self) -> None:
        """Have as many connections as threads."""
        self.ask_at_once(8, "SELECT 1 FROM pg_sleep(0.3)")

    def close(self) -> None:
        self.connection.close_pool()


@pytest.fixture(autouse=True)
def _databases_of_its_own(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with Postgres() as started:
        yield started


@pytest.fixture
def database(server: Postgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setattr(base, "_outage", Outage())
    found = Database(server.url)
    yield found
    server.thaw()
    found.close()


def test_statement_that_takes_too_long_is_ended_by_the_server(server: Postgres) -> None:
    database = Database(f"{server.url}?answer_seconds=1")

    with pytest.raises(OperationalError, match="statement timeout"):
        database.ask("SELECT pg_sleep(20)")

    assert database.ask() == 1
    database.close()


def test_frozen_server_is_given_up_and_used_again_when_it_goes_on(server: Postgres, database: Database) -> None:
    database.fill_pool()

    server.freeze()
    started = time.monotonic()
    frozen = database.ask_at_once(16)
    took = time.monotonic() - started
    server.thaw()

    assert frozen == ["OperationalError"] * 16
    assert took < SOON
    assert database.ask() == 1
    assert database.ask_at_once(8) == [1] * 8


def test_answer_that_does_not_come_is_not_waited_for(server: Postgres) -> None:
    database = Database(f"{server.url}?answer_seconds=1")
    database.fill_pool()

    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(database.ask_at_once, 4, "SELECT pg_sleep(0.8)")
        while database.ask("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(0.8)%'") < 4:
            time.sleep(0.01)
        server.freeze()
        found = asked.result(SOON)
    server.thaw()

    assert found == ["OperationalError"] * 4
    assert database.ask("SELECT 'an answer of its own'") == "an answer of its own"
    database.close()


def test_server_known_to_be_frozen_costs_one_thread(server: Postgres, database: Database) -> None:
    database.fill_pool()
    server.freeze()
    database.ask_at_once(8)

    with ThreadPoolExecutor(1) as pool:
        probe = pool.submit(database.ask_at_once, 1)
        while not base._outage._is_probed:
            time.sleep(0.01)
        others = database.ask_at_once(8)
        is_probed = not probe.done()
        probe.result(SOON)
    server.thaw()

    assert others == ["OperationalError"] * 8
    assert is_probed


def test_restart_costs_no_error_however_many_connections_are_stale(server: Postgres, database: Database) -> None:
    database.fill_pool()

    server.restart()

    assert database.ask_at_once(16) == [1] * 16


def test_server_that_is_back_after_a_while_is_used_at_once(server: Postgres, database: Database) -> None:
    database.fill_pool()
    server.stop()
    without = database.ask_at_once(4), database.ask_at_once(4)

    server.start()

    assert without == (["OperationalError"] * 4, ["OperationalError"] * 4)
    assert database.ask() == 1


def test_second_of_two_servers_takes_over(server: Postgres) -> None:
    with Postgres() as other:
        database = Database(
            f"postgres://portal@127.0.0.1:{other.port},127.0.0.1:{server.port}/postgres"
            "?target_session_attrs=read-write"
        )
        database.fill_pool()
        first = database.ask("SHOW port")

        other.stop()
        after = database.ask_at_once(8, "SHOW port")
        database.close()

    assert first == str(other.port)
    assert after == [str(server.port)] * 8


def test_connection_to_a_server_that_only_reads_is_given_up(server: Postgres, database: Database) -> None:
    database.ask("CREATE TABLE IF NOT EXISTS one (n int)")
    pool = database.connection.pool

    with pytest.raises(InternalError, match="read-only"):
        database.ask("SET transaction_read_only = on; INSERT INTO one VALUES (1)")

    assert pool.get_stats()["returns_bad"] == 1
    database.ask("INSERT INTO one VALUES (1)")


def test_connection_that_ends_while_a_request_waits_for_something_else_is_replaced(
    server: Postgres, database: Database
) -> None:
    connection = database.connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")

    server.restart()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 2")
        found = cursor.fetchone()
    connection.close()

    assert found == (2,)


def test_connection_that_ends_within_a_transaction_is_an_error(server: Postgres, database: Database) -> None:
    connection = database.connection
    connection.set_autocommit(False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    connection.in_atomic_block = True

    server.restart()
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT 2")

    connection.in_atomic_block = False
    connection.close()


def test_connection_with_a_notice_on_it_stays(server: Postgres, database: Database) -> None:
    connection = database.connection
    with connection.cursor() as cursor:
        cursor.execute("LISTEN news")
    first = connection.connection
    database_of_another = Database(server.url)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(database_of_another.ask, "NOTIFY news").result()

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")

    assert connection.connection is first
    connection.close()


def test_database_can_be_made_and_dropped(server: Postgres, database: Database) -> None:
    connection = database.connection

    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1")
        found = cursor.fetchone()

    assert found == (1,)
