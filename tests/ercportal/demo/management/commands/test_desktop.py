"""`manage.py desktop` starts, and ends when it is told to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from urllib.request import urlopen

import pytest

from tests.support.paths import ROOT
from tests.support.signals import with_signals_ignored


def start(port: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "manage.py"), "desktop", "--port", str(port)]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        with_signals_ignored(command), cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_command_serves_until_it_is_told_to_end_whatever_it_inherited(sent: signal.Signals) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with start(port) as process:
        assert process.stdout
        said = process.stdout.readline()
        with urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
            status = answer.status

        process.send_signal(sent)
        rest, _ = process.communicate(timeout=10)

    assert "embeds the panel" in said
    assert status == 200
    assert "Desktop stopped." in rest
    assert process.returncode == 0
