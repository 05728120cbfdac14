from __future__ import annotations

import sqlite3
import threading
from typing import Any

from ercportal.sqlite3.base import _Cursor

MEMORY = "file:waiting?mode=memory&cache=shared"


def test_thread_of_a_test_waits_for_a_table_in_memory_that_another_writes() -> None:
    writer = sqlite3.connect(MEMORY, uri=True, isolation_level=None, check_same_thread=False)
    writer.execute("CREATE TABLE one (number)")
    writer.execute("BEGIN IMMEDIATE")
    threading.Timer(0.2, lambda: writer.execute("COMMIT")).start()
    other: Any = sqlite3.connect(MEMORY, uri=True, isolation_level=None)

    other.cursor(factory=_Cursor).execute("BEGIN IMMEDIATE")

    assert other.in_transaction
    other.close()
    writer.close()
