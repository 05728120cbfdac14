"""One launch token, many at once: exactly one opens the panel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.support.launching import AUDIENCE, host, token
from tests.support.paths import ROOT
from tests.support.postgres_server import needs_postgres, postgres

# Launches ten times at once with the others, from the given moment on, and prints the statuses.
PROCESS = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
import django
django.setup()
from django.test import Client

def launch(_number):
    return Client().post("/embed/launch", {"token": sys.argv[2]}).status_code

time.sleep(max(0.0, float(sys.argv[1]) - time.time()))
with ThreadPoolExecutor(10) as pool:
    print(*pool.map(launch, range(10)))
"""


@pytest.mark.parametrize("server", ["sqlite", pytest.param("postgresql", marks=needs_postgres)])
def test_of_fifty_launches_at_once_in_five_processes_without_a_shared_cache_one_opens(
    tmp_path: Path, server: str
) -> None:
    with postgres() if server == "postgresql" else nullcontext(f"sqlite:///{tmp_path / 'db'}") as database:
        statuses = launched_at_once(database)

    assert sorted(statuses) == ["200"] + ["401"] * 49


def launched_at_once(database: str) -> list[str]:
    """What fifty launches of one token answer, ten in each of five processes that share this database alone."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "ercportal.settings",
        "ENV_FILE": os.devnull,
        "DEBUG": "1",
        "ALLOWED_HOSTS": "testserver",
        "DATABASE_URL": database,
        "CACHE_URL": "locmemcache://",
        "EMBED_HOSTS": json.dumps([host()]),
        "EMBED_AUDIENCE": AUDIENCE,
        "PYTHONPATH": str(ROOT),
    }
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
    spent, start_at = token(), str(time.time() + 4)

    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, start_at, spent],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for _ in range(5)
    ]
    said = [process.communicate(timeout=60)[0].split() for process in processes]
    return [status for statuses in said for status in statuses]
