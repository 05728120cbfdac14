"""Instances of the portal as production runs them: gunicorn with the repository's configuration."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.portal.running import ROOT, free_port
from tests.cluster.waiting import wait_for, wait_until_free

_GUNICORN = str(Path(sys.executable).with_name("gunicorn"))


class Instance:
    """One of them, with one worker, which may be lost and started again at the same address."""

    def __init__(self, env: Mapping[str, str], log: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._env = {**env, "PORT": str(self.port), "WEB_ADDRESS": "127.0.0.1", "WEB_WORKERS": "1"}
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Run it until it answers, unless it runs."""
        if self._process and self._process.poll() is None:
            return
        command = [_GUNICORN, "--config", "gunicorn.conf.py", "ercportal.wsgi"]
        with self._log.open("ab") as log:
            # A session of its own, so that a loss takes the worker along.
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._env, stdout=log, stderr=log, start_new_session=True
            )
        wait_for(self.port, self._process, self._log.read_text)
        # It listens before its worker is there to answer.
        urllib.request.urlopen(f"{self.address}/healthz", timeout=30).close()

    @property
    def pid(self) -> int:
        """The process that the workers are children of."""
        assert self._process
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process is not None and self._process.poll() is None

    def said(self) -> str:
        """All that it logged so far."""
        return self._log.read_text()

    def kill(self) -> None:
        """Lose it, as with the power cut off."""
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
            # The worker takes a moment longer than the process that is waited for.
            wait_until_free(self.port)

    def ask_to_stop(self) -> subprocess.Popen[bytes]:
        """SIGTERM, as a service manager sends; the process that is to end by itself."""
        assert self._process
        self._process.terminate()
        return self._process
