"""What the trial of the core modules names is there: modules, tests, and lines that may change unnoticed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.mutation.equivalents import entries
from tests.support.paths import ROOT

TOOL: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutmut"]


def modules() -> list[str]:
    """The modules that are changed."""
    found = [path for pattern in TOOL["only_mutate"] for path in sorted(ROOT.glob(pattern))]
    return [path.relative_to(ROOT).as_posix() for path in found]


def lines(module: str) -> Iterator[str]:
    return (line.strip() for line in (ROOT / module).read_text().splitlines())


@pytest.mark.parametrize("pattern", TOOL["only_mutate"])
def test_module_to_change_is_there(pattern: str) -> None:
    assert list(ROOT.glob(pattern))


@pytest.mark.parametrize("path", TOOL["pytest_add_cli_args_test_selection"] + TOOL["also_copy"])
def test_path_to_run_or_copy_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["before"])
def test_equivalent_change_is_of_a_line_that_is_there(entry: dict[str, Any]) -> None:
    named = entry.get("modules", modules())

    assert set(named) <= set(modules())
    assert any(re.search(entry["before"], line) for module in named for line in lines(module))
