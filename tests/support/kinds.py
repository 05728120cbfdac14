"""The kinds of tests that `make quick` leaves out: `server` starts processes, `slow` takes long."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

_TESTS = Path(__file__).parents[1]
# The sandbox's many tests are for those who change it.
_KINDS_OF_FOLDERS = {
    "browser": "server",
    "cluster": "server",
    "benchmarks": "server",
    "fuzz": "slow",
    "ercportal/demo": "slow",
}
_FIXTURES_OF_SERVERS = frozenset({"redis", "_provider"})


def needs(program: str | None, name: str) -> pytest.MarkDecorator:
    """Marks a test that starts this server; it is skipped where the program was not found."""
    return pytest.mark.server(missing="" if program else f"{name} is not installed")


def mark_kind(test: pytest.Item) -> None:
    """Mark a test where its folder, its fixtures or its module show of which kind it is; skip what cannot run."""
    for folder, kind in _KINDS_OF_FOLDERS.items():
        if test.path.is_relative_to(_TESTS / folder):
            test.add_marker(kind)
    if _starts_processes(test):
        test.add_marker("server")
    for mark in test.iter_markers("server"):
        if reason := mark.kwargs.get("missing"):
            test.add_marker(pytest.mark.skip(reason=reason))


def _starts_processes(test: pytest.Item) -> bool:
    if not _FIXTURES_OF_SERVERS.isdisjoint(getattr(test, "fixturenames", ())):
        return True
    module = test.getparent(pytest.Module)
    return module is not None and subprocess in vars(module.obj).values()
