"""Many wrong passwords at once, in several processes on one SQLite file, which gives up under such a load."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.support.passwords import PASSWORD
from tests.support.paths import ROOT

# Tries thirty wrong passwords for one name at once, from the given moment on; prints the statuses, and a line for
# each password that was looked at.
PROCESS = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
import django
django.setup()
from django.contrib.auth.models import User
from django.test import Client

def looked_at(self, _password):
    print("looked at", flush=True)
    time.sleep(0.02)
    return False

User.check_password = looked_at

def sign_in(_number):
    client = Client(raise_request_exception=False)
    return client.post("/login/", {"username": "agent", "password": "wrong"}).status_code

time.sleep(max(0.0, float(sys.argv[1]) - time.time()))
with ThreadPoolExecutor(30) as pool:
    print(*pool.map(sign_in, range(30)))
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """What each process starts with; the account is there."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "ercportal.settings",
        "ENV_FILE": os.devnull,
        "DEBUG": "1",
        "ALLOWED_HOSTS": "testserver",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db'}",
        "CACHE_URL": "locmemcache://",
        "PYTHONPATH": str(ROOT),
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }
    account = ["createsuperuser", "--noinput", "--username", "agent", "--email", ""]
    for command in (["migrate"], account):
        subprocess.run(
            [sys.executable, "manage.py", *command, "--verbosity", "0"], cwd=ROOT, env=environment, check=True
        )
    return environment


def test_of_sixty_wrong_passwords_at_once_none_is_looked_at_without_being_counted(
    environment: dict[str, str],
) -> None:
    start_at = str(time.time() + 4)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, start_at],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[0].splitlines() for process in processes]

    looked_at = sum(line == "looked at" for lines in said for line in lines)
    statuses = Counter(status for lines in said for status in lines[-1].split())
    counted = subprocess.run(
        [sys.executable, "-c", _COUNTED], env=environment, capture_output=True, text=True, check=True
    )
    assert sum(statuses.values()) == 60
    assert set(statuses) <= {"200", "429", "503"}
    assert 0 < looked_at <= min(10, int(counted.stdout))


_COUNTED = """
import django
django.setup()
from axes.models import AccessAttempt
print(sum(AccessAttempt.objects.values_list("failures_since_start", flat=True)))
"""
