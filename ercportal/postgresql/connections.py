"""Connections to PostgreSQL with a bounded wait for each result."""

from __future__ import annotations

import select
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

import psycopg
from psycopg import errors
from psycopg.abc import RV, PQGen
from psycopg.pq import TransactionStatus

# First the server ends a slow statement itself, which a frozen or unreachable server cannot.
_GRACE_SECONDS = 1.0
_CHECK_SECONDS = 1.0


class BoundedConnection(psycopg.Connection[Any]):
    """A connection that closes itself when no result comes.

    A frozen server still acknowledges packets, so that neither TCP's time-outs nor `statement_timeout` end the
    wait.
    """

    answer_seconds: float | None = None
    """How long a result may take; None sets no limit."""

    @classmethod
    def connect(cls, conninfo: str = "", **kwargs: Any) -> Self:
        """Connect as psycopg does; each statement then has `answer_seconds`, where they are given."""
        answer_seconds: float | None = kwargs.pop("answer_seconds", None)
        if answer_seconds is not None:
            bound = f"-c statement_timeout={round(answer_seconds * 1000)}"
            kwargs["options"] = f"{bound} {kwargs.get('options', '')}".strip()
        connection = super().connect(conninfo, **kwargs)
        if answer_seconds is not None:
            connection.answer_seconds = answer_seconds + _GRACE_SECONDS
        return connection

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for a result. Raises Silent, and closes the connection, when none comes in time."""
        try:
            return super().wait(gen, interval, self.answer_seconds if timeout is None else timeout)
        except errors.ReadOnlySqlTransaction:
            # The server has become a replica; the next connection finds the primary.
            self.close()
            raise
        except psycopg.OperationalError as error:
            if self.pgconn.transaction_status != TransactionStatus.ACTIVE:
                raise
            # A late result would be taken for that of the next statement.
            self.close()
            raise Silent("PostgreSQL gave no answer in time") from error

    @contextmanager
    def _limit_wait(self, seconds: float) -> Iterator[None]:
        usual, self.answer_seconds = self.answer_seconds, seconds
        try:
            yield
        finally:
            self.answer_seconds = usual

    def has_news(self) -> bool:
        """Whether the server has sent something unasked, or has ended the connection.

        False for a connection that this side has closed: a request that waited in vain must not wait for another.
        """
        if self.closed:
            return False
        poll = select.poll()
        poll.register(self.fileno(), select.POLLIN)
        return bool(poll.poll(0))

    def check(self) -> None:
        """Send an empty statement. Raises OperationalError without a result within a second."""
        with self._limit_wait(_CHECK_SECONDS):
            self.execute("")


class Silent(psycopg.OperationalError):
    """The server sent no result in time, although the connection stands."""
