"""The vendors' own clients, as npm delivers them to those who build apps: package.json pins them."""

from __future__ import annotations

import subprocess
from functools import cache

from tests.support.paths import ROOT

TOOLS = ROOT / ".venv/tools"


@cache
def bundled(source: str) -> str:
    """A script that runs in a browser, of a module that imports packages. Fails where they are not installed."""
    esbuild = TOOLS / "node_modules/.bin/esbuild"
    assert esbuild.exists(), "what package.json pins is not installed: make browser installs it"
    built = subprocess.run(
        [esbuild, "--bundle", "--format=iife", "--log-level=error"],
        input=source,
        cwd=TOOLS,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return built.stdout
