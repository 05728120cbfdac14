"""The benchmark of the portal starts by itself: what it measures runs in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.support.paths import ROOT


def test_benchmark_needs_no_settings_to_start() -> None:
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}

    started = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.portal", "--help"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode == 0, started.stderr
    assert started.stdout.startswith("usage:")
