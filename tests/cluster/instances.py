"""Instances of the portal as production runs them: gunicorn with the repository's configuration."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from tests.cluster.waiting import wait_for, wait_until_free
from tests.support.paths import ROOT
from tests.support.ports import free_port

_START_SECONDS = 60
_GUNICORN = str(Path(sys.executable).with_name("gunicorn"))


class Instance:
    """One of them, which may be lost and started again at the same address. A context manager: inside, it runs.

    `inside` is a command that runs another one, for example in a network of its own, where `host` is the address.
    """

    def __init__(
        self,
        env: Mapping[str, str],
        log: Path,
        workers: int = 1,
        *,
        inside: Sequence[str] = (),
        host: str = "127.0.0.1",
    ) -> None:
        self.host = host
        self.port = free_port()
        self.host_and_port = f"{host}:{self.port}"
        self.address = f"http://{self.host_and_port}"
        self.env = {**env, "WEB_ADDRESS": host, "PORT": str(self.port), "WEB_WORKERS": str(workers)}
        self._inside = inside
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Instance:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def workers(self) -> list[int]:
        """The processes that answer."""
        assert self._process
        pid = self._process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def wait_for_other_workers(self, gone: Collection[int], count: int) -> None:
        """Until there are so many, and none of those that are gone."""
        ends = time.monotonic() + _START_SECONDS
        while len(set(self.workers()) - set(gone)) < count:
            assert time.monotonic() < ends, self._log.read_text()
            time.sleep(0.05)

    def start(self) -> None:
        """Run it until it answers, unless it runs."""
        if self._process and self._process.poll() is None:
            return
        command = [*self._inside, _GUNICORN, "--config", "gunicorn.conf.py", "ercportal.wsgi"]
        with self._log.open("ab") as log:
            # A session of its own, so that a loss takes the worker along.
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
            )
        wait_for(self.port, self._process, self._log.read_text, self.host)
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
            wait_until_free(self.port, self.host)

    def freeze(self) -> None:
        """Let none of its processes go on, while their connections stand."""
        os.killpg(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let all of them go on."""
        os.killpg(self.pid, signal.SIGCONT)

    def ask_to_stop(self) -> subprocess.Popen[bytes]:
        """SIGTERM, as a service manager sends; the process that is to end by itself."""
        assert self._process
        self._process.terminate()
        return self._process
