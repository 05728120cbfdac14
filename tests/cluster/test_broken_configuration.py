"""Configuration that breaks while the portal runs, and a worker that is lost just then."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from ercportal.demo.desktop.host import Host
from tests.cluster.instances import Instance
from tests.cluster.site import AUDIENCE, fresh_token, launched
from tests.support.paths import ROOT
from tests.support.portal_client import client

_HOST = Host(issuer="desk", kid="desk-1", secret="a-secret-of-the-desk-" + "x" * 32, origin="https://desk.example")
_WAIT_SECONDS = 60


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """What one instance on SQLite starts with; the hosts and some settings are in files."""
    hosts, settings = tmp_path / "hosts.json", tmp_path / "env"
    hosts.write_text(json.dumps([_HOST.registration()]))
    settings.write_text("ERC_CLIENT_ID=client\nERC_CLIENT_SECRET=secret\n")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ERC_", "OIDC_"))}
    return {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "tests.support.uncollected_settings",
        "ENV_FILE": str(settings),
        "DEBUG": "0",
        "SECRET_KEY": "only-for-this-test-" + "x" * 40,
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}",
        "CACHE_URL": "locmemcache://",
        "ERC_API_BASE_URL": "http://127.0.0.1:9",
        "ERC_TOKEN_URL": "http://127.0.0.1:9/oauth/token",
        "EMBED_HOSTS": "",
        "EMBED_HOSTS_FILE": str(hosts),
        "EMBED_AUDIENCE": AUDIENCE,
    }


@pytest.fixture
def instance(environment: dict[str, str], tmp_path: Path) -> Iterator[Instance]:
    """A portal that runs with good files."""
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
    running = Instance(environment, tmp_path / "log")
    running.start()
    yield running
    running.kill()


def worker(instance: Instance) -> int:
    """The process id of the one worker; 0 where there is none at the moment."""
    master = instance.pid
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return int(children[0]) if children else 0


def replaced(instance: Instance) -> None:
    """Lose the worker, and wait until another has taken its place and answers."""
    lost = worker(instance)
    os.kill(lost, signal.SIGKILL)
    ends = time.monotonic() + _WAIT_SECONDS
    while worker(instance) in (0, lost):
        assert time.monotonic() < ends, instance.said()
        assert instance.is_running, instance.said()
        time.sleep(0.05)
    urllib.request.urlopen(f"{instance.address}/healthz", timeout=_WAIT_SECONDS).close()


@pytest.mark.parametrize("content", ["{ broken by a typo", None, "[]x"])
def test_worker_that_starts_with_a_broken_hosts_file_serves_the_last_good_hosts(
    instance: Instance, environment: dict[str, str], content: str | None
) -> None:
    file = Path(environment["EMBED_HOSTS_FILE"])
    if content is None:
        file.unlink()
    else:
        file.write_text(content)

    replaced(instance)

    assert launched(instance.address, _HOST, fresh_token(_HOST)).status_code == 200
    with client() as session:
        ready = session.get(f"{instance.address}/readyz", timeout=30)
    assert (ready.status_code, "EMBED_HOSTS_FILE" in ready.text) == (200, True)
    assert _HOST.secret not in instance.said()


@pytest.mark.parametrize(
    "content",
    ["ERC_CLIENT_ID=client\nERC_CLIENT_SECRET=secret\nDEBUG=perhaps\n", "ERC_PRIVATE_KEY=half\n", "", None],
)
def test_worker_starts_with_the_settings_that_the_server_started_with(
    instance: Instance, environment: dict[str, str], content: str | None
) -> None:
    file = Path(environment["ENV_FILE"])
    if content is None:
        file.unlink()
    else:
        file.write_text(content)

    replaced(instance)

    assert launched(instance.address, _HOST, fresh_token(_HOST)).status_code == 200


def test_settings_of_the_file_count_after_a_hang_up(instance: Instance, environment: dict[str, str]) -> None:
    file = Path(environment["ENV_FILE"])
    file.write_text(f"{file.read_text()}METRICS=1\n")
    first = worker(instance)

    with client() as session:
        before = session.get(f"{instance.address}/metrics", timeout=30).status_code
        os.kill(instance.pid, signal.SIGHUP)
        ends = time.monotonic() + _WAIT_SECONDS
        while worker(instance) in (0, first):
            assert time.monotonic() < ends, instance.said()
            time.sleep(0.05)
        after = session.get(f"{instance.address}/metrics", timeout=30).status_code

    assert (before, after) == (404, 200)
