"""docs/nginx_watch.py, beside the nginx of a test."""

from __future__ import annotations

import importlib.util
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cluster.nginx import CONFIGURATION
from tests.support.paths import ROOT

_PROGRAM = ROOT / "docs" / "nginx_watch.py"
_START_SECONDS = 20

_spec = importlib.util.spec_from_file_location("nginx_watch", _PROGRAM)
assert _spec
assert _spec.loader
nginx_watch = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(nginx_watch)

needs_cutting = pytest.mark.skipif(
    not shutil.which("ss") or not nginx_watch.can_cut(),
    reason="connections cannot be cut: CAP_NET_ADMIN, ss or CONFIG_INET_DIAG_DESTROY is missing",
)


class Watching:
    """A watch that runs; `said` is all that it logged so far."""

    def __init__(self, servers: Path, process: subprocess.Popen[bytes], log: Path) -> None:
        self._servers = servers
        self._process = process
        self._log = log

    def said(self) -> str:
        """All that it logged so far."""
        return self._log.read_text()

    def marked(self) -> list[str]:
        """The addresses that are down now, as nginx is told."""
        lines = map(str.strip, self._servers.read_text().splitlines())
        return [line.split()[1] for line in lines if line.startswith("server ") and line.endswith(" down;")]

    def wait_for(self, marked: Sequence[str], seconds: float) -> float:
        """Return once exactly these are down; how long that took."""
        began = time.monotonic()
        while self.marked() != list(marked):
            assert time.monotonic() < began + seconds, (self.marked(), self.said())
            time.sleep(0.01)
        return time.monotonic() - began

    def stop(self) -> None:
        """End it as a service manager does."""
        self._process.send_signal(signal.SIGTERM)
        assert self._process.wait(10) == 0, self.said()


@contextmanager
def watching(folder: Path, reload: str, log: Path) -> Iterator[Watching]:
    """Watch the instances of the nginx that runs in this folder while the block lasts."""
    servers = folder / CONFIGURATION
    command = [sys.executable, str(_PROGRAM), str(servers), "--name", "localhost", "--reload", reload]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    running = Watching(servers, process, log)
    try:
        ends = time.monotonic() + _START_SECONDS
        while "watches" not in running.said():
            assert process.poll() is None, running.said()
            assert time.monotonic() < ends, running.said()
            time.sleep(0.02)
        yield running
    finally:
        if process.poll() is None:
            running.stop()
