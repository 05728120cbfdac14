"""Until a server listens."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable

_START_SECONDS = 60


def wait_for(port: int, process: subprocess.Popen[bytes], said: Callable[[], str]) -> None:
    """Return once something listens there. Fails with what the process `said` if it ends or takes too long."""
    ends = time.monotonic() + _START_SECONDS
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, said()
        assert time.monotonic() < ends, said()
        time.sleep(0.05)
