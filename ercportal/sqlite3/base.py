"""The backend, where Django looks for it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.backends.sqlite3 import base

Result = TypeVar("Result")

# After somebody waited in vain, nobody waits for long, for so many seconds: the threads are worth more than one
# more try. What is left is enough for other threads of the portal to write a row each.
_HASTE_SECONDS = 2.0
_SHORT_WAIT = "PRAGMA busy_timeout = 250"


class _Locked:
    """When a wait for the file was last in vain; for all threads of the process."""

    until = 0.0


class _Cursor(base.SQLiteCursorWrapper):
    """Django's cursor; after a wait in vain, its connection hardly waits any more."""

    def execute(self, query: str, params: Any = None) -> Any:
        """Run a statement."""
        return self._waiting_once(lambda: base.SQLiteCursorWrapper.execute(self, query, params))

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        """Run a statement for each of the parameters."""
        return self._waiting_once(lambda: base.SQLiteCursorWrapper.executemany(self, query, param_list))

    def _waiting_once(self, run: Callable[[], Result]) -> Result:
        try:
            return run()
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
                _Locked.until = time.monotonic() + _HASTE_SECONDS
                self.connection.execute(_SHORT_WAIT)
            raise


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, with one bounded wait for a file that another process writes."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection; one that hardly waits when another has just waited in vain."""
        connection = super().get_new_connection(conn_params)
        if time.monotonic() < _Locked.until:
            connection.execute(_SHORT_WAIT)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002 - the base class's signature
        """A cursor of the kind above."""
        return self.connection.cursor(factory=_Cursor)
