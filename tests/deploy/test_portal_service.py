"""What must hold of deploy/portal.service, and what systemd itself says of it where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from tests.support.kinds import needs
from tests.support.paths import ROOT

UNIT = ROOT / "deploy/portal.service"
ANALYZE = shutil.which("systemd-analyze") or ""
# In tenths, 100 is no protection at all. The network, which the portal needs, is most of what is left.
_MAX_EXPOSURE = "15"

needs_systemd = needs(ANALYZE, "systemd")


def options() -> dict[str, list[str]]:
    """The values of each option, in their order."""
    found = defaultdict(list)
    for name, value in re.findall(r"^(\w+)=(.*)$", UNIT.read_text(), re.MULTILINE):
        found[name].append(value)
    return found


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with a portal that is there, since systemd looks for its command."""
    gunicorn = tmp_path / "portal/.venv/bin/gunicorn"
    gunicorn.parent.mkdir(parents=True)
    gunicorn.write_text("#!/bin/sh\n")
    gunicorn.chmod(0o755)
    copy = tmp_path / "portal.service"
    copy.write_text(UNIT.read_text().replace("/opt/portal", str(tmp_path / "portal")))
    return copy


def test_portal_runs_as_its_own_user_without_rights_in_a_system_that_is_read_only() -> None:
    unit = options()

    assert unit["User"] == unit["Group"] == ["portal"]
    assert unit["CapabilityBoundingSet"] == [""]
    assert unit["ProtectSystem"] == ["strict"]
    assert unit["PrivateTmp"] == unit["NoNewPrivileges"] == ["yes"]
    assert "ReadWritePaths" not in unit


def test_service_waits_for_requests_under_way_and_stays_down_with_settings_that_cannot_be_used() -> None:
    graceful = re.findall(r"^graceful_timeout = (\d+)", (ROOT / "gunicorn.conf.py").read_text(), re.MULTILINE)[0]

    unit = options()

    assert int(unit["TimeoutStopSec"][0]) > int(graceful)
    assert unit["KillMode"] == ["mixed"]
    # tests/ercportal/test_image.py has the server exit with it.
    assert unit["RestartPreventExitStatus"] == ["4"]


@needs_systemd
def test_systemd_finds_no_mistake(unit: Path) -> None:
    done = subprocess.run([ANALYZE, "verify", unit], capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stderr) == (0, "")


@needs_systemd
def test_systemd_finds_little_that_the_service_could_do_to_the_machine(unit: Path) -> None:
    command = [ANALYZE, "security", "--offline=true", f"--threshold={_MAX_EXPOSURE}", str(unit)]

    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 0, done.stdout[-200:]
