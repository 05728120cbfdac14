"""The backend, under the name that Django looks for."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.backends.sqlite3 import base

Result = TypeVar("Result")

# Waits are short for so many seconds after a failed one: a free thread is worth more than another try.
# The short wait is long enough for other threads of the portal to write a row each.
_HASTE_SECONDS = 2.0
_SHORT_WAIT = "PRAGMA busy_timeout = 250"


class _Locked:
    """The time until which waits for the file are short, in all threads of the process."""

    until = 0.0


class _Cursor(base.SQLiteCursorWrapper):
    """Django's cursor; after a failed wait, its connection waits only briefly."""

    def execute(self, query: str, params: Any = None) -> Any:
        return self._run_and_note_lock(lambda: base.SQLiteCursorWrapper.execute(self, query, params))

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        return self._run_and_note_lock(lambda: base.SQLiteCursorWrapper.executemany(self, query, param_list))

    def _run_and_note_lock(self, run: Callable[[], Result]) -> Result:
        try:
            return run()
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
                _Locked.until = time.monotonic() + _HASTE_SECONDS
                self.connection.execute(_SHORT_WAIT)
            raise


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's wrapper, with one bounded wait for a file that another process writes."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open a connection, which waits only briefly if another has just failed."""
        connection = super().get_new_connection(conn_params)
        if time.monotonic() < _Locked.until:
            connection.execute(_SHORT_WAIT)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002 - the base class's signature
        return self.connection.cursor(factory=_Cursor)
