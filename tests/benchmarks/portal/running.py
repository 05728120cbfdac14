"""Starts what is measured: PostgreSQL, Redis, the stub upstream, and the portal as it runs in production."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.support.paths import ROOT
from tests.support.ports import free_port
from tests.support.postgres_server import postgres
from tests.support.redis_server import Redis

_START_SECONDS = 60
_TICKS = os.sysconf("SC_CLK_TCK")


class Process(NamedTuple):
    """A server with its workers, at an address."""

    address: str
    popen: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        """The processes that answer: the children, or the process itself where there are none."""
        children = Path(f"/proc/{self.popen.pid}/task/{self.popen.pid}/children").read_text().split()
        return [int(pid) for pid in children] or [self.popen.pid]

    def cpu_seconds(self) -> float:
        """What the workers have used so far."""
        used = 0
        for pid in self.workers():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            used += int(fields[11]) + int(fields[12])
        return used / _TICKS

    def memory_mb(self) -> float:
        """The largest worker's resident memory."""
        pages = max(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self.workers())
        return pages * os.sysconf("SC_PAGESIZE") / 1e6


@contextmanager
def running(
    command: list[str], address: str, path: str, env: Mapping[str, str] | None = None
) -> Iterator[Process]:
    """A server that answers at `path` of its address; ends with the block."""
    popen = subprocess.Popen(
        command, cwd=ROOT, env=dict(env or os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(address + path, popen)
        yield Process(address, popen)
    finally:
        popen.terminate()
        try:
            popen.wait(20)
        except subprocess.TimeoutExpired:
            popen.kill()
            popen.wait()


def _wait(url: str, popen: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + _START_SECONDS
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            if time.monotonic() > ends or popen.poll() is not None:
                raise
            time.sleep(0.1)
        else:
            return


class Surroundings(NamedTuple):
    """What the portal needs: the stub's address, and the environment for its settings."""

    stub: str
    env: dict[str, str]


@contextmanager
def surroundings(*, is_static_collected: bool = True) -> Iterator[Surroundings]:
    """Servers of the benchmark's own, with an empty database that is migrated, and production settings.

    Static files are collected into the repository's folder, unless what is measured needs none.
    """
    with ExitStack() as stack:
        redis = Redis()
        redis.start()
        stack.callback(redis.stop)
        database = stack.enter_context(postgres())
        port = free_port()
        stub = f"http://127.0.0.1:{port}"
        stack.enter_context(running([sys.executable, "-m", "tests.benchmarks.portal.stub", str(port)], stub, "/"))
        env = {
            **os.environ,
            "ENV_FILE": "/dev/null",
            "MALLOC_ARENA_MAX": "1",
            "DEBUG": "0",
            "SECRET_KEY": "only-for-the-benchmark-" + "x" * 40,
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": database,
            "CACHE_URL": redis.url,
            "ERC_API_BASE_URL": stub,
            "ERC_TOKEN_URL": f"{stub}/oauth/token",
            "ERC_CLIENT_ID": "bench",
            "SEARCH_LIMIT": "0",
            "ERC_CLIENT_SECRET": "bench",
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.portal.site"
            if is_static_collected
            else "tests.support.uncollected_settings",
        }
        commands = [["migrate"], ["collectstatic", "--noinput"]] if is_static_collected else [["migrate"]]
        for command in commands:
            subprocess.run(
                [sys.executable, "manage.py", *command, "--verbosity", "0"], cwd=ROOT, env=env, check=True
            )
        yield Surroundings(stub, env)


def signed_in(around: Surroundings) -> str:
    """The cookie of an agent who is signed in."""
    command = [sys.executable, "-m", "tests.benchmarks.portal.account"]
    ran = subprocess.run(command, cwd=ROOT, env=around.env, stdout=subprocess.PIPE, text=True, check=True)
    return f"sessionid={ran.stdout.split()[-1]}"


@contextmanager
def portal(around: Surroundings, **settings: str) -> Iterator[Process]:
    """The portal under its production server; `settings` are more variables of the environment."""
    with _served(around, ["gunicorn", "--config", "gunicorn.conf.py", "ercportal.wsgi"], settings) as process:
        yield process


@contextmanager
def granian(around: Surroundings, **settings: str) -> Iterator[Process]:
    """The portal under another server, with as many threads."""
    command = ["granian", "--interface", "wsgi", "--workers", "1", "--no-access-log", "--log-level", "error"]
    command += ["--blocking-threads", settings["WEB_THREADS"], "ercportal.wsgi:application"]
    with _served(around, command, settings) as process:
        yield process


@contextmanager
def _served(around: Surroundings, command: list[str], settings: Mapping[str, str]) -> Iterator[Process]:
    port = str(free_port())
    env = {**around.env, "PORT": port, "GRANIAN_PORT": port, **settings}
    program = str(Path(sys.executable).with_name(command[0]))
    with running([program, *command[1:]], f"http://127.0.0.1:{port}", "/healthz", env) as process:
        yield process
