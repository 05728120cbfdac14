"""The database where none is set, and limits, so that agents never wait long for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple


class DatabaseLimits(NamedTuple):
    """How long a request waits for a connection and for a result, and how many connections a process has."""

    wait_seconds: float
    answer_seconds: float
    connections: int


def default_database(folder: Path) -> str | None:
    """Give the URL of an SQLite database in a folder; None where nothing may be written there, as in an image."""
    return f"sqlite:///{folder / 'portal.sqlite3'}" if os.access(folder, os.W_OK) else None


def limit_database(config: dict[str, Any], limits: DatabaseLimits) -> dict[str, Any]:
    """Add the portal's backend and limits to a configuration; leave other engines as they are."""
    match config["ENGINE"]:
        case "django.db.backends.postgresql":
            return _limit_postgresql(config, limits)
        case "django.db.backends.sqlite3":
            return _limit_sqlite(config, limits)
        case _:
            return config


def _limit_postgresql(config: dict[str, Any], limits: DatabaseLimits) -> dict[str, Any]:
    # Imported only here, because SQLite needs no psycopg.
    from ercportal.postgresql.connections import BoundedConnection

    # A connection costs more than a page, so each process pools some, at most one per thread.
    pool = {
        "connection_class": BoundedConnection,
        "min_size": 1,
        "max_size": limits.connections,
        "timeout": limits.wait_seconds,
        "max_lifetime": 1800,
        # After that, the next request opens a connection; the pool would wait longer each time.
        "reconnect_timeout": 1,
    }
    options = {
        "connect_timeout": round(limits.wait_seconds),
        "answer_seconds": limits.answer_seconds,
        # Detects a lost peer within a minute on an idle connection.
        "keepalives": 1,
        "keepalives_idle": 30,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": round(limits.answer_seconds * 1000),
    }
    return {
        **config,
        "ENGINE": "ercportal.postgresql",
        "OPTIONS": {**options, **config.get("OPTIONS", {}), "pool": pool},
    }


def _limit_sqlite(config: dict[str, Any], limits: DatabaseLimits) -> dict[str, Any]:
    options = {
        "timeout": limits.wait_seconds,
        # A deferred transaction that reads first would fail at once while another writes.
        "transaction_mode": "IMMEDIATE",
        # Readers do not wait for writers.
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL",
    }
    return {**config, "ENGINE": "ercportal.sqlite3", "OPTIONS": {**options, **config.get("OPTIONS", {})}}
