"""Until a server listens, or does so no more."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable

_START_SECONDS = 60


def wait_for(
    port: int, process: subprocess.Popen[bytes], said: Callable[[], str], host: str = "127.0.0.1"
) -> None:
    """Return once something listens there. Fails with what the process `said` if it ends or takes too long."""
    ends = time.monotonic() + _START_SECONDS
    while True:
        if _is_open(host, port):
            return
        assert process.poll() is None, said()
        assert time.monotonic() < ends, said()
        time.sleep(0.05)


def wait_until_free(port: int, host: str = "127.0.0.1") -> None:
    """Return once nothing listens there."""
    ends = time.monotonic() + _START_SECONDS
    while _is_open(host, port):
        assert time.monotonic() < ends, f"something still listens at {port}"
        time.sleep(0.02)


def _is_open(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0
