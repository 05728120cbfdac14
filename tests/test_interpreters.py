"""The versions of Python: what is declared is what `make` takes, each with an environment of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.support.paths import ROOT


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command that whoever runs the tests, perhaps `make PYTHON=…`, has no say in."""
    env = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "PYTHON")}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)


def test_make_uses_the_interpreter_that_is_named_in_an_environment_of_its_version() -> None:
    version = "{}.{}".format(*sys.version_info)

    chosen = run("make", "-n", "types", f"PYTHON={sys.executable}")
    usual = run("make", "-n", "types")

    assert f".venv-{version}/bin/mypy " in chosen.stdout
    assert " .venv/bin/mypy " in usual.stdout


def test_make_refuses_an_interpreter_that_does_not_start() -> None:
    done = run("make", "-n", "types", "PYTHON=/nowhere/python3")

    assert done.returncode != 0
    assert "PYTHON=/nowhere/python3 does not start" in done.stderr


def test_environment_is_not_made_with_a_version_that_is_not_tested(tmp_path: Path) -> None:
    old = tmp_path / "python3.10"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)

    done = run("sh", ".ci/make-venv", str(tmp_path / "venv"), str(old))

    assert done.returncode == 1
    assert "Python 3.11, 3.12 or 3.13 is needed" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_versions_that_are_declared_are_those_of_the_script_that_looks_for_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    declared = re.findall(r":: Python :: (3\.\d+)", " ".join(project["classifiers"]))
    looked_for = re.findall(r"python(3\.\d+)", (ROOT / ".ci/make-venv").read_text())

    assert sorted(set(looked_for)) == declared == ["3.11", "3.12", "3.13"]
    assert project["requires-python"] == ">=3.11,<3.14"
