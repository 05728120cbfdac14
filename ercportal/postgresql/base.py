"""The backend, under the name that Django looks for."""

from __future__ import annotations

import time
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from ercportal.postgresql.connections import BoundedConnection, Silent
from ercportal.postgresql.outage import Outage

_outage = Outage()


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's wrapper, whose pool gives a connection that works, or an error within seconds."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Give a pooled connection that has just passed a check. Raises OperationalError."""
        if not self.pool:
            # The commands that create or drop a database connect without it.
            conn_params.pop("answer_seconds", None)
            return super().get_new_connection(conn_params)
        # The pool's own check pauses longer and longer after each stale connection, and after a restart
        # of the server all of them are stale.
        until = time.monotonic() + self.pool.timeout
        while time.monotonic() <= until:
            with _outage.guard() as is_probe:
                connection: BoundedConnection = super().get_new_connection(conn_params)
                if self._is_working(connection, is_probe=is_probe):
                    _outage.end()
                    return connection
        raise psycopg.OperationalError("no connection to the database works")

    def close_if_health_check_failed(self) -> None:
        """Close a connection that the server has ended while the request waited for the API or the like.

        Django calls this before each statement. Within a transaction a new connection would be of no use.
        """
        connection: Any = self.connection
        if isinstance(connection, BoundedConnection) and not self.in_atomic_block and connection.has_news():
            try:
                connection.check()
            except psycopg.Error:
                self.close()

    def _is_working(self, connection: BoundedConnection, *, is_probe: bool) -> bool:
        try:
            connection.check()
        except psycopg.Error as error:
            if isinstance(error, Silent):
                _outage.suspect(is_certain=is_probe)
            self.pool.putconn(connection)
            return False
        return True
