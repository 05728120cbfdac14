"""Gives a database of the settings its limits, so that none keeps an agent waiting for long."""

from __future__ import annotations

from typing import Any, NamedTuple


class DatabaseLimits(NamedTuple):
    """How long a request waits for a connection and for an answer, and how many connections a process has."""

    wait_seconds: float
    answer_seconds: float
    connections: int


def limit_database(config: dict[str, Any], limits: DatabaseLimits) -> dict[str, Any]:
    """The configuration with the portal's own engine and the limits; that of another engine as it is."""
    match config["ENGINE"]:
        case "django.db.backends.postgresql":
            return _limit_postgresql(config, limits)
        case "django.db.backends.sqlite3":
            return _limit_sqlite(config, limits)
        case _:
            return config


def _limit_postgresql(config: dict[str, Any], limits: DatabaseLimits) -> dict[str, Any]:
    # Only here, because SQLite does without psycopg.
    from ercportal.postgresql.connections import BoundedConnection

    # A connection costs more than a page; each process keeps some, at most one for each of its threads.
    pool = {
        "connection_class": BoundedConnection,
        "min_size": 1,
        "max_size": limits.connections,
        "timeout": limits.wait_seconds,
        "max_lifetime": 1800,
        # Past that a new connection is made when somebody asks for one; the pool would wait longer each time.
        "reconnect_timeout": 1,
    }
    options = {
        "connect_timeout": round(limits.wait_seconds),
        "answer_seconds": limits.answer_seconds,
        # A peer that is gone is noticed within a minute on a connection that waits, at once on one that sends.
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
        # A transaction that begins by reading could not wait for another that writes: it would fail at once.
        "transaction_mode": "IMMEDIATE",
        # Who reads is not held up by who writes.
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL",
    }
    return {**config, "ENGINE": "ercportal.sqlite3", "OPTIONS": {**options, **config.get("OPTIONS", {})}}
