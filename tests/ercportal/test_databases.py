from __future__ import annotations

import os
from pathlib import Path

import pytest

from ercportal.databases import DatabaseLimits, default_database, limit_database

LIMITS = DatabaseLimits(wait_seconds=2.5, answer_seconds=4, connections=7)


def test_postgresql_has_the_limits_of_waits_and_connections() -> None:
    config = limit_database({"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"sslmode": "require"}}, LIMITS)

    options = config["OPTIONS"]
    assert config["ENGINE"] == "ercportal.postgresql"
    assert (options["pool"]["timeout"], options["pool"]["max_size"]) == (2.5, 7)
    assert (options["answer_seconds"], options["tcp_user_timeout"]) == (4, 4000)
    assert options["sslmode"] == "require"


def test_sqlite_has_the_limit_of_the_wait_unless_its_address_names_one() -> None:
    limited = limit_database({"ENGINE": "django.db.backends.sqlite3"}, LIMITS)
    chosen = limit_database({"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {"timeout": 9}}, LIMITS)

    assert limited["ENGINE"] == "ercportal.sqlite3"
    assert (limited["OPTIONS"]["timeout"], chosen["OPTIONS"]["timeout"]) == (2.5, 9)


def test_other_database_is_left_as_it_is() -> None:
    config = {"ENGINE": "django.db.backends.mysql", "NAME": "portal"}

    assert limit_database(config, LIMITS) == config


def test_default_is_sqlite_where_its_file_can_be_written(tmp_path: Path) -> None:
    assert default_database(tmp_path) == f"sqlite:///{tmp_path}/portal.sqlite3"


def test_default_is_none_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write anywhere, so the tests cannot take the right away.
    monkeypatch.setattr(os, "access", lambda folder, mode: (folder, mode) != (tmp_path, os.W_OK))

    assert default_database(tmp_path) is None
