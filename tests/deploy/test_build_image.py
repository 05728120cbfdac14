"""`.ci/build-image` with engines that only write down how they are called."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.support.paths import ROOT

_ENGINE = """#!/bin/sh
[ "$1" = info ] && exit {info}
echo "$(basename "$0") $*"
"""


def build(folder: Path, engines: dict[str, int], **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script where nothing but these engines is installed, each with what its `info` exits with."""
    for name, info in engines.items():
        engine = folder / name
        engine.write_text(_ENGINE.format(info=info))
        engine.chmod(0o755)
    (folder / "basename").symlink_to("/usr/bin/basename")
    return subprocess.run(
        ["/bin/sh", ".ci/build-image", "portal:9"],
        cwd=ROOT,
        env={"PATH": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_image_is_built_with_docker_where_its_daemon_runs(tmp_path: Path) -> None:
    done = build(tmp_path, {"docker": 0, "podman": 0})

    assert done.stdout.splitlines()[-1] == "docker build --tag portal:9 ."


def test_image_has_its_health_check_where_another_engine_stands_in_for_a_docker_without_daemon(
    tmp_path: Path,
) -> None:
    done = build(tmp_path, {"docker": 1, "podman": 0})

    assert done.stdout.splitlines()[-1] == "podman build --format docker --tag portal:9 ."
    assert 'docker is installed, but "docker info" fails' in done.stderr


def test_image_is_built_with_the_engine_and_the_base_that_are_named(tmp_path: Path) -> None:
    done = build(tmp_path, {"docker": 0, "buildah": 0}, ENGINE="buildah", BASE="registry.example/python:3.13")

    assert done.stdout.splitlines()[-1] == (
        "buildah build --format docker --build-arg BASE=registry.example/python:3.13 --tag portal:9 ."
    )


def test_missing_engine_is_told_with_what_to_install(tmp_path: Path) -> None:
    done = build(tmp_path, {})

    assert done.returncode == 1
    assert done.stdout == ""
    assert "No container engine works here" in done.stderr
    assert "apt-get install podman" in done.stderr
