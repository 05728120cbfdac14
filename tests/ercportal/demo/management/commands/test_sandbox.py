"""`manage.py sandbox` starts, says how to connect, and ends cleanly."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import requests

from tests.support.paths import ROOT
from tests.support.signals import with_signals_ignored

if TYPE_CHECKING:
    from collections.abc import Iterator

MANAGE = ROOT / "manage.py"


def _start(*options: str, is_ignoring: bool = False) -> subprocess.Popen[str]:
    command = [sys.executable, str(MANAGE), "sandbox", *options]
    return subprocess.Popen(
        with_signals_ignored(command) if is_ignoring else command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONUNBUFFERED": "1"},
        cwd=MANAGE.parent,
    )


def _greeting(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "ERC_PRIVATE_KEY" in line:
            break
    return "".join(lines)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield int(taken.getsockname()[1])


@pytest.mark.parametrize("is_ignoring", [False, True], ids=["", "ignored"])
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_command_serves_until_it_is_told_to_end(sent: signal.Signals, *, is_ignoring: bool) -> None:
    with _start("--port", "0", is_ignoring=is_ignoring) as process:
        greeting = _greeting(process)
        address = re.search(r"http://127\.0\.0\.1:\d+", greeting)
        assert address is not None
        answer = requests.get(f"{address[0]}/healthz?secret=1", timeout=5)

        process.send_signal(sent)
        _, log = process.communicate(timeout=60)

    assert answer.status_code == 200
    assert process.returncode == 0
    assert "ERC_CLIENT_ID=sandbox-client" in greeting
    assert "GET /healthz 200" in log
    assert "secret" not in log
    assert "Traceback" not in log


def test_command_with_taken_port_says_which_and_what_to_do(taken_port: int) -> None:
    with _start("--port", str(taken_port)) as process:
        _, error = process.communicate(timeout=60)

    assert process.returncode == 1
    assert f"Port {taken_port} is taken. Choose another one with --port." in error
    assert "Traceback" not in error


def test_command_with_a_delay_answers_that_much_later() -> None:
    with _start("--port", "0", "--quiet", "--delay-ms", "150") as process:
        address = re.search(r"http://127\.0\.0\.1:\d+", _greeting(process))
        assert address is not None

        answer = requests.get(f"{address[0]}/healthz", timeout=5)

        process.terminate()
        process.communicate(timeout=60)

    assert answer.status_code == 200
    assert answer.elapsed.total_seconds() >= 0.15


@pytest.mark.parametrize("delay", ["-1", "slow", "1.5", "1000000", ""])
def test_command_with_a_delay_that_is_none_says_so(delay: str) -> None:
    with _start("--delay-ms", delay) as process:
        _, error = process.communicate(timeout=60)

    assert process.returncode == 2
    assert "is no number of milliseconds" in error
    assert "Traceback" not in error
