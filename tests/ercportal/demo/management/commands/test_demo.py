"""`manage.py demo` as a newcomer runs it: in processes of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from ercportal.demo.samples import SAMPLE_SEARCHES
from tests.support.paths import ROOT
from tests.support.ports import free_port
from tests.support.signals import with_signals_ignored


def start(tmp_path: Path, *arguments: str, debug: str = "1", is_ignoring: bool = False) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "ercportal.settings",
        "ENV_FILE": os.devnull,
        "DEBUG": debug,
        "SECRET_KEY": "a-key-of-many-different-signs-0123456789-abcdefghijklmnop",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'demo.sqlite3'}",
        "ERC_API_BASE_URL": "http://127.0.0.1:1",
        "ERC_TOKEN_URL": "http://127.0.0.1:1/oauth/token",
        "ERC_CLIENT_ID": "somebody",
        "ERC_CLIENT_SECRET": "secret",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, str(ROOT / "manage.py"), "demo", *arguments]
    return subprocess.Popen(
        with_signals_ignored(command) if is_ignoring else command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def read_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            return said
    pytest.fail(f"ended without saying {words!r}:\n{said}")


@pytest.mark.parametrize("is_ignoring", [False, True], ids=["", "ignored"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_demo_starts_all_says_where_and_stops_all(
    tmp_path: Path, how: signal.Signals, *, is_ignoring: bool
) -> None:
    port, sandbox_port, desktop_port = free_port(), free_port(), free_port()
    ports = {"--port": port, "--sandbox-port": sandbox_port, "--desktop-port": desktop_port}
    arguments = [text for pair in ports.items() for text in map(str, pair)]
    process = start(tmp_path, *arguments, is_ignoring=is_ignoring)

    said = read_until(process, "admin / admin-demo")
    with urlopen(f"http://127.0.0.1:{port}/login/", timeout=5) as answer:
        status = answer.status
    with urlopen(f"http://localhost:{desktop_port}/launch-token?customer_id=C-1001", timeout=5) as answer:
        token = answer.read().decode()
    with urlopen(f"http://127.0.0.1:{port}/embed/?token={token}", timeout=5) as answer:
        policy = answer.headers["Content-Security-Policy"]
    process.send_signal(how)
    process.communicate(timeout=15)

    assert status == 200
    assert f"http://127.0.0.1:{port}/" in said
    assert f"http://localhost:{desktop_port}/" in said
    assert f"frame-ancestors http://localhost:{desktop_port};" in policy + ";"
    assert "Ctrl-C stops all three servers." in said
    assert process.returncode == 0
    for one in ports.values():
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", one)) != 0


def test_demo_says_what_to_type_and_ends_with_the_address_and_the_sign_in(tmp_path: Path) -> None:
    port, sandbox_port = free_port(), free_port()
    process = start(
        tmp_path,
        *("--port", str(port), "--sandbox-port", str(sandbox_port), "--desktop-port", str(free_port())),
    )

    said = read_until(process, "admin / admin-demo")
    process.terminate()
    process.communicate(timeout=15)

    lines = said.partition("The portal is ready.")[2].splitlines()
    for search in SAMPLE_SEARCHES:
        assert any(line.strip().startswith(search.text) and line.endswith(search.about) for line in lines)
    assert any("C-FAULTS F-500" in line and f"http://127.0.0.1:{sandbox_port}/" in line for line in lines)
    assert "/orders/?" not in said
    assert len(lines) < 40
    address_and_below = lines[lines.index(f"  Address   http://127.0.0.1:{port}/") :]
    assert len(address_and_below) < 10
    assert "agent / agent-demo" in "\n".join(address_and_below)


@pytest.mark.parametrize(
    ("option", "variable"),
    [("--port", "PORT"), ("--sandbox-port", "SANDBOX_PORT"), ("--desktop-port", "DESKTOP_PORT")],
)
def test_demo_on_a_taken_port_says_how_to_choose_another(tmp_path: Path, option: str, variable: str) -> None:
    ports = {"--port": free_port(), "--sandbox-port": free_port(), "--desktop-port": free_port()}
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ports[option] = taken.getsockname()[1]

        process = start(tmp_path, *[text for pair in ports.items() for text in map(str, pair)])
        said, _ = process.communicate(timeout=30)

    assert process.returncode != 0
    assert f"Port {ports[option]} cannot be used" in said
    assert f" {variable}=" in said
    assert "Traceback" not in said


def test_demo_without_debug_is_no_command_and_makes_no_sign_ins(tmp_path: Path) -> None:
    process = start(tmp_path, debug="0")

    said, _ = process.communicate(timeout=30)

    assert process.returncode != 0
    assert "Unknown command: 'demo'" in said
    assert not (tmp_path / "demo.sqlite3").exists()
