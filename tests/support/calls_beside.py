"""Calls of the API that a test has left under way."""

from __future__ import annotations

import threading

from orders.lookup.beside import THREAD_NAME

# Longer than any deadline of a look-up in the tests.
_PATIENCE_SECONDS = 15.0


def end_calls_beside() -> None:
    """Wait until no call beside a look-up is under way."""
    for thread in threading.enumerate():
        if thread.name == THREAD_NAME:
            thread.join(_PATIENCE_SECONDS)
