"""What must hold of the daily deletion under systemd, and what systemd itself says of it where it is installed."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.deploy.test_portal_service import ANALYZE, UNIT, needs_systemd
from tests.support.paths import ROOT

SERVICE, TIMER = ROOT / "deploy/portal-daily.service", ROOT / "deploy/portal-daily.timer"
# What shields the machine from the service has these names.
_SHIELD = re.compile(r"^((?:Protect|Private|Restrict|SystemCallA|NoNew|Cap|Lock|Memory)\w*=.*)$", re.MULTILINE)


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """Both with a portal that is there, since systemd looks for its command."""
    python = tmp_path / "portal/.venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\n")
    python.chmod(0o755)
    copies = [tmp_path / one.name for one in (SERVICE, TIMER)]
    for one, copy in zip((SERVICE, TIMER), copies, strict=True):
        copy.write_text(one.read_text().replace("/opt/portal", str(tmp_path / "portal")))
    return copies


def test_day_deletes_old_rows_and_sessions_as_the_documents_say() -> None:
    run = re.findall(r"^ExecStart=/opt/portal/\.venv/bin/python (.*)$", SERVICE.read_text(), re.MULTILINE)

    assert run == ["manage.py prune_access_log", "manage.py clearsessions"]


def test_service_is_shielded_as_the_portal_is() -> None:
    shield, of_portal = (_SHIELD.findall(one.read_text()) for one in (SERVICE, UNIT))

    assert shield == of_portal


def test_timer_catches_up_after_a_day_off() -> None:
    assert "\nPersistent=yes\n" in TIMER.read_text()


@needs_systemd
def test_systemd_finds_no_mistake_in_service_and_timer(units: list[Path]) -> None:
    done = subprocess.run([ANALYZE, "verify", *units], capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stderr) == (0, "")
