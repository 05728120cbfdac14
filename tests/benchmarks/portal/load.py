"""Puts load on an address with wrk (Debian's package of that name) and reads what came of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

_SCRIPT = Path(__file__).with_name("report.lua")


class Load(NamedTuple):
    """What came of it; times of an answer in milliseconds."""

    requests: int
    seconds: float
    failed: int
    p50: float
    p95: float
    p99: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds


class LoadFailedError(RuntimeError):
    """Some requests were answered with an error, late or not at all."""


def put(url: str, *, seconds: int, connections: int = 1, cookie: str = "", **script: str) -> Load:
    """Ask over and over; NNN in the address becomes another text each time.

    `script` are variables of report.lua. Raises LoadFailedError.
    """
    wrk = shutil.which("wrk")
    assert wrk, "wrk is not installed: make bench installs it"
    headers = ["-H", "Accept-Encoding: gzip", *(["-H", f"Cookie: {cookie}"] if cookie else [])]
    ran = subprocess.run(
        [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "-s", _SCRIPT, *headers, url],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **script},
    )
    load = Load(**json.loads(ran.stdout.rpartition("JSON")[2]))
    if load.failed or not load.requests:
        raise LoadFailedError(f"{load.failed} of {load.requests} requests failed at {url}:\n{ran.stdout}")
    return load
