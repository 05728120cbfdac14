"""Lets a thread wait for a table of the tests' database that another thread writes, as it waits for a file.

The tests' SQLite is in memory and shared by threads. There a table that is in use is an error at once, whatever
wait is set (https://www.sqlite.org/sharedcache.html), which the portal's own files never meet.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import Any

from ercportal.sqlite3 import base

_WAIT_SECONDS = 3.0
_PAUSE_SECONDS = 0.005
_IN_USE = {sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_LOCKED_SHAREDCACHE}


def wait_for_tables() -> None:
    """Have the portal's backend wait for tables in memory."""
    run_once = base._Cursor._run_and_note_lock

    def run_patiently(cursor: Any, run: Callable[[], Any]) -> Any:
        ends = time.monotonic() + _WAIT_SECONDS
        while True:
            try:
                return run_once(cursor, run)
            except sqlite3.OperationalError as error:
                if getattr(error, "sqlite_errorcode", None) not in _IN_USE or time.monotonic() > ends:
                    raise
            time.sleep(_PAUSE_SECONDS)

    setattr(base._Cursor, base._Cursor._run_and_note_lock.__name__, run_patiently)
