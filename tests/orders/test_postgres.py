"""The portal's database on a real PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.postgres_server import needs_postgres

ROOT = Path(__file__).parents[2]


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
