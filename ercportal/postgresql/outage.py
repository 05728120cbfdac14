"""Keeps an unresponsive database from blocking all of a process's threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

# Longer than a new connection takes, in case only one connection was lost.
_MAX_WAIT_SECONDS = 0.5


class Outage:
    """Lets one thread at a time try the database while it may be down; thread-safe.

    After the first failure the others wait briefly for that thread. Once it fails, too, they fail at once until
    one succeeds.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._is_suspected = False
        self._is_certain = False
        self._is_probed = False

    @contextmanager
    def guard(self) -> Iterator[bool]:
        """Guard an attempt to connect; yield whether it is the trial. Raises OperationalError during an outage."""
        is_probe = self._enter()
        try:
            yield is_probe
        except psycopg.OperationalError:
            self.suspect(is_certain=True)
            raise
        finally:
            if is_probe:
                with self._changed:
                    self._is_probed = False

    def suspect(self, *, is_certain: bool) -> None:
        """Note that no result came."""
        with self._changed:
            self._is_suspected = True
            self._is_certain = self._is_certain or is_certain
            self._changed.notify_all()

    def end(self) -> None:
        """Note that the database works."""
        # No lock for reading, because each request passes here.
        if self._is_suspected:
            with self._changed:
                self._is_suspected = self._is_certain = False
                self._changed.notify_all()

    def _enter(self) -> bool:
        if not self._is_suspected:
            return False
        with self._changed:
            if self._is_suspected and self._is_probed and not self._is_certain:
                self._changed.wait_for(lambda: not self._is_suspected or self._is_certain, _MAX_WAIT_SECONDS)
            if not self._is_suspected:
                return False
            if self._is_probed:
                raise psycopg.OperationalError("the database does not answer; another request looks out for it")
            self._is_probed = True
            return True
