"""The portal's database on a real PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.support.paths import ROOT
from tests.support.postgres_server import needs_postgres, postgres

# What SQLite takes and PostgreSQL does not: NUL, long values in an index, values of another type.
SENSITIVE = (
    "tests/orders/admin/test_offered.py",
    "tests/orders/test_migrations.py",
    "tests/orders/accounts/test_identities.py",
    "tests/ercportal/test_odd_requests.py",
    "tests/orders/portal/test_recent.py",
    "tests/orders/admin/test_log_search.py",
    "tests/orders/audit/test_searches.py",
    "tests/orders/audit/test_searches_at_once.py",
)


@needs_postgres
def test_logs_are_listed_filtered_exported_and_pruned_on_postgresql() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.access_log", "--rows", "20000"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )

    assert "search: correlation id" in done.stdout, done.stderr
    assert "export" in done.stdout, done.stderr
    assert "prune" in done.stdout, done.stderr


@needs_postgres
@pytest.mark.timeout(900)
def test_what_a_database_may_refuse_is_answered_on_postgresql() -> None:
    with postgres() as url:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", *SENSITIVE],
            cwd=ROOT,
            env={**os.environ, "TEST_DATABASE_URL": url},
            capture_output=True,
            text=True,
            timeout=850,
            check=False,
        )

    assert done.returncode == 0, done.stdout[-2000:]
