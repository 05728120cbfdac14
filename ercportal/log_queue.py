"""Queues log lines, so that no request waits for a slow reader.

Logs go to a pipe, whose reader may be slow, stopped or gone. Without a queue, a full pipe (some 64 kB) would block
one thread after another.
"""

from __future__ import annotations

import logging
import os
import queue
import select
import threading
import time
from logging.handlers import QueueHandler

MAX_LINES = 10_000
"""A few megabytes. Lines beyond are dropped, and one line tells their number."""

FLUSH_SECONDS = 2.0
"""How long a process waits at its end for the remaining lines."""

_STANDARD_ERROR = 2


class PatientHandler(QueueHandler):
    """Formats a record at once; a thread writes the line to a descriptor."""

    def __init__(self, descriptor: int = _STANDARD_ERROR, max_lines: int = MAX_LINES) -> None:
        self._lines: queue.Queue[logging.LogRecord] = queue.Queue(max_lines)
        super().__init__(self._lines)
        self._descriptor = descriptor
        self._dropped = 0
        self._count = threading.Lock()
        self._thread: threading.Thread | None = None
        os.register_at_fork(after_in_child=self._restart_after_fork)

    def enqueue(self, record: logging.LogRecord) -> None:
        """Queue the record; drop it where too many wait."""
        if self._thread is None:
            self._start()
        try:
            self._lines.put_nowait(record)
        except queue.Full:
            with self._count:
                self._dropped += 1

    def flush(self) -> None:
        """Wait briefly until all lines so far are written."""
        ends = time.monotonic() + FLUSH_SECONDS
        while self._thread and self._lines.unfinished_tasks and time.monotonic() < ends:
            time.sleep(0.01)

    def close(self) -> None:
        """Write the remaining lines, but wait only briefly."""
        self.flush()
        super().close()

    def _start(self) -> None:
        # The thread is a daemon, so that an unread line does not keep the process from ending.
        with self._count:
            if self._thread is None:
                self._thread = threading.Thread(target=self._write_all, name="log", daemon=True)
                self._thread.start()

    def _restart_after_fork(self) -> None:
        """Replace queue and thread: threads do not survive a fork, and the queue may be locked."""
        self._lines = self.queue = queue.Queue(self._lines.maxsize)
        self._count = threading.Lock()
        self._thread = None
        self._dropped = 0

    def _write_all(self) -> None:
        lines = self._lines
        while True:
            record = lines.get()
            try:
                self._write(record.getMessage())
                self._report_dropped()
            except OSError:
                # The reader is gone, so no message can reach it.
                pass
            finally:
                lines.task_done()

    def _report_dropped(self) -> None:
        with self._count:
            dropped, self._dropped = self._dropped, 0
        if dropped:
            words = f"{dropped} log lines were dropped, because nobody read the log"
            made = logging.LogRecord(__name__, logging.WARNING, "", 0, words, None, None)
            self._write(self.format(made))

    def _write(self, line: str) -> None:
        # Not sys.stderr: an unread line would hold its lock until the process ends.
        left = f"{line}\n".encode(errors="replace")
        while left:
            try:
                left = left[os.write(self._descriptor, left) :]
            except BlockingIOError:
                # The parent process has made the pipe non-blocking.
                select.select([], [self._descriptor], [])
