"""The portal's own scripts stay small, as production serves them: each by itself, compressed with brotli."""

from __future__ import annotations

import brotli

from tests.support.paths import ROOT

STATIC = ROOT / "static"
_OF_THE_HOST = "host.js"


def compressed_sizes() -> dict[str, int]:
    """The bytes of each script by its name."""
    return {script.name: len(brotli.compress(script.read_bytes())) for script in sorted(STATIC.rglob("*.js"))}


def test_scripts_of_portal_and_panel_stay_below_10_kb() -> None:
    sizes = compressed_sizes()
    sizes.pop(_OF_THE_HOST)

    assert len(sizes) >= 8
    assert sum(sizes.values()) < 10_000


def test_all_own_scripts_stay_below_11_2_kb() -> None:
    sizes = compressed_sizes()

    assert _OF_THE_HOST in sizes
    assert sum(sizes.values()) < 11_200
